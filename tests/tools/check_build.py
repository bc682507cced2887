# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum build: a description becomes an image, or nothing is written."""

import json
import os
import struct

import fake_hypervisor
import fixtures
from tooling import Tool, refused, same

# Sizes of a made-up hypervisor's run-time structs and tables.
SIZES = {key: value for key, value in fake_hypervisor.INFO.items()
         if key not in fixtures.INFO_VALUES}

DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<SystemDescription xmlns="urn:septum:system:1" name="small">
  <Board name="leon3"/>
  <Hypervisor start="ram" size="512KiB" console="uart0"/>
  <Processors><Processor id="0"><Plan name="only" majorFrame="10ms">
    <Slot start="0ms" duration="4ms" partition="one"/>
  </Plan></Processor></Processors>
  <Partitions>
    <Partition id="0" name="one" flags="boot" console="1KiB" image="one.elf">
      <Memory><Area name="ram" start="0x40100000" size="64KiB" rights="rwx"/></Memory>
      <Stack vcpu="0" area="ram" size="8KiB"/>
    </Partition>
  </Partitions>
</SystemDescription>
"""


def partition(address):
    """A partition's ELF file that starts at an address."""
    elf = bytearray(fixtures.rom_loader(256))
    struct.pack_into(">I", elf, 24, address)
    struct.pack_into(">II", elf, 52 + 8, address, address)
    return bytes(elf)


def run(ctx):
    """All checks of build."""
    tool = Tool(ctx, "build")
    tool.write("hv.elf", fixtures.hypervisor(**SIZES))
    tool.write("small.xml", DESCRIPTION)
    tool.write("one.elf", partition(0x40100000))
    boards = ctx.path("configs", "boards")

    def build(*words):
        return tool.run("build", "small.xml", "--hypervisor", "hv.elf", "--board-path", boards,
                        *words)

    done = build("-o", "small.elf", "--keep", "kept", "--depfile", "small.d")
    yield same("status", (done.code, done.out, done.err), (0, "", ""))
    done = tool.run("pack", "--hypervisor", "hv.elf", "--config", "kept/system.cfg", "--blobs",
                    "kept/system.blobs", "-o", "packed.elf")
    yield same("like-compile-and-pack", tool.read("packed.elf") == tool.read("small.elf"), True)
    listed = json.loads(tool.run("list", "small.elf", "--json").out)
    yield same("listed", (listed["system"], listed["board"], listed["partitions"][0]["entry"]),
               ("small", "leon3", "0x40100000"))
    rule = tool.read("small.d").decode().replace("\\\n", " ").split()
    yield same("depfile", [os.path.basename(word) for word in rule],
               ["small.elf:", "small.xml", "leon3.xml", "hv.elf", "one.elf"])
    done = build("-o", "small.rom", "--format", "rom", "--rom-loader", tool.files["loader"])
    yield same("rom", (done.code, json.loads(tool.run("list", "small.rom", "--json").out)["format"]),
               (0, "rom"))
    tool.write("two.elf", partition(0x40100000)[:-4] + b"\0\0\0\1")
    build("-o", "other.elf", "--partition", "one.elf=two.elf")
    yield same("other-partition", tool.read("other.elf") == tool.read("small.elf"), False)
    outputs = [tool.path(name) for name in ("new.elf", "new.d", "new-kept")]
    tool.write("small.xml", DESCRIPTION.replace("4ms", "40ms").replace('size="64KiB"', 'size="9"'))
    done = build("-o", "new.elf", "--keep", "new-kept", "--depfile", "new.d")
    yield refused("wrong", done, "small.xml:6: error:", "small.xml:10: error:", absent=outputs)
    done = build("-o", "new.elf", "--json")
    yield same("wrong-json", (done.code, len(json.loads(done.out)["errors"]) >= 2), (1, True))
    yield refused("no-hypervisor", tool.run("build", "small.xml", "-o", "x"), "--hypervisor", code=2)
