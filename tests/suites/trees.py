# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Unmodified operating systems: what septum build makes of the system of tests/compiler/unmodified.

The device tree is taken apart by dtc and compared with the text beside the description; records of
the configuration are checked against what the description says.
"""

import hashlib
import json
import os
import shutil
import sys

import jsonschema

from suites import failed, passed

TITLE = "unmodified operating systems: device trees as expected, images and ramdisks in their places"
PRESETS = ["host"]
WATCH = ["sdk/tools/**", "sdk/include/**", "tests/compiler/unmodified/**", "tests/tools/**",
         "tests/negative/boards/**", "tests/suites/trees.py"]

FOLDER = os.path.join("tests", "compiler", "unmodified")
RAMDISK = bytes(range(200)) * 30
IMAGE_SIZE = 0x280000
GRANULE = 4096
BASE = 0x44000000  # of the partition's memory, which it sees where it is


class Wrong(Exception):
    """What a check found."""


def expect(what, got, want):
    """Compare, or say what differs."""
    if got != want:
        raise Wrong("%s: got\n%s\nexpected\n%s" % (what, got, want))


class System:
    """The system built for a board in a folder of its own."""

    def __init__(self, ctx, fake, board, name=None):
        self.ctx, self.folder = ctx, os.path.join(ctx.tmp, name or board)
        shutil.copytree(ctx.path(FOLDER), self.folder)
        start = 0x40200000
        for name, data in (("hypervisor.elf", fake.hypervisor(start=start, arch=fake.ARM64["arch"])),
                           ("Image", fake.kernel(image_size=IMAGE_SIZE)), ("initrd.gz", RAMDISK),
                           ("control.elf", fake.image(text=0x40000000, machine=fake.AARCH64))):
            with open(os.path.join(self.folder, name), "wb") as out:
                out.write(data)
        done = ctx.run([ctx.tool(), "build", "--board", board, "--board-path",
                        ctx.path("tests", "negative", "boards"), "--hypervisor", "hypervisor.elf",
                        "--keep", "kept", "-o", "system.elf", "system.xml"], cwd=self.folder)
        if not done.ok:
            raise Wrong(done.out)

    def read(self, name):
        """A file of the folder."""
        with open(os.path.join(self.folder, name), "rb") as source:
            return source.read()

    def tree(self):
        """The device tree as dtc tells it, with its warnings in front."""
        return self.ctx.run(["dtc", "-q", "-q", "-I", "dtb", "-O", "dts", "kept/linux.dtb"],
                            cwd=self.folder, split=True).out

    def warnings(self):
        """What dtc has against the tree."""
        return self.ctx.run(["dtc", "-I", "dtb", "-O", "dtb", "-o", "again.dtb", "kept/linux.dtb"],
                            cwd=self.folder, split=True).err


def uncommented(path):
    """A file of device tree source without its first comment."""
    with open(path, encoding="utf-8") as source:
        return source.read().split("*/\n", 1)[1]


def check_tree(ctx, system, board):
    """The whole tree, and nothing that dtc warns of."""
    expect("tree", system.tree(), uncommented(ctx.path(FOLDER, board + ".dts")))
    expect("warnings", system.warnings(), "")


def check_segments(system, reader):
    """Image, ramdisk and tree follow each other in the first area; what is copied is what was given."""
    records = reader.read(system.read("kept/system.cfg"), "<")
    linux = records["partition"][0]
    blobs = reader.many(records, "blob", linux["blobs"])
    base = records["system"][0]["blobs_start"]
    image, tree = system.read("Image"), system.read("kept/linux.dtb")
    ramdisk = BASE + IMAGE_SIZE
    at = ramdisk + (len(RAMDISK) + GRANULE - 1) // GRANULE * GRANULE
    expect("blobs", [(b["name"], b["kind"], b["sha256"]) for b in blobs],
           [(name, kind, hashlib.sha256(data).digest()) for name, kind, data in
            (("Image", 0, image), ("initrd.gz", 3, RAMDISK), (".dtb", 4, tree))])
    segments = reader.many(records, "segment", linux["segments"])
    expect("segments", [(s["target"], s["file_size"], s["memory_size"]) for s in segments],
           [(BASE, len(image), IMAGE_SIZE), (ramdisk, len(RAMDISK), len(RAMDISK)),
            (at, len(tree), len(tree))])
    packed = system.read("kept/system.blobs")
    expect("bytes", [packed[s["source"] - base:s["source"] - base + s["file_size"]] for s in segments],
           [image, RAMDISK, tree])
    expect("start", (linux["entry"], linux["start_argument"], linux["flags"]), (BASE, at, 0x26))


def check_devices(system, reader, controller, lent):
    """Virtual devices in the order of the kinds; the other partition has none, and its information.

    lent: areas of registers that are the hardware's: (virtual, physical, size)."""
    records = reader.read(system.read("kept/system.cfg"), "<")
    linux, control = records["partition"]
    expect("devices", [(d["kind"], d["start"], d["size"], d["interrupt"])
                       for d in reader.many(records, "vdevice", linux["vdevices"])],
           controller + [(4, 0x09000000, 0x1000, 33), (5, 0x0b000000, 0x8000, 232)])
    expect("others", (control["vdevices"][1], control["flags"]), (0, 4))
    areas = list(reader.many(records, "area", linux["areas"]))
    expect("lent", [(a["virtual_start"], a["physical_start"], a["size"]) for a in areas
                    if a["name"] == ".interface"], lent)
    expect("areas", [a["name"] for a in areas][len(lent):], ["rtc", "own", "ram", "more", "exchange", "status", "mute"])
    expect("stacks", [v["stack_size"] for v in records["vcpu"]], [0, 0, 0x2000])


def check_list(ctx, system):
    """The listing names what is there, and follows its schema."""
    done = ctx.run([ctx.tool(), "list", "--json", "system.elf"], cwd=system.folder, split=True)
    with open(ctx.path("sdk", "tools", "schema", "list.schema.json"), encoding="utf-8") as source:
        told = json.loads(done.out)
        jsonschema.validate(told, json.load(source), jsonschema.Draft202012Validator)
    linux, control = told["partitions"]
    expect("listed", (linux["unmodified"], control["unmodified"],
                      [b["kind"] for b in linux["blobs"]],
                      [d["kind"] for d in linux["virtual_devices"]]),
           (True, False, ["image", "ramdisk", "tree"],
            ["gicv3-distributor", "gicv3-redistributors", "pl011", "doorbells"]))
    done = ctx.run([ctx.tool(), "report", "--json", "--hypervisor", "hypervisor.elf", "system.elf"],
                   cwd=system.folder, split=True)
    with open(ctx.path("sdk", "tools", "schema", "report.schema.json"), encoding="utf-8") as source:
        told = json.loads(done.out)
        jsonschema.validate(told, json.load(source), jsonschema.Draft202012Validator)
    expect("reported", [(p["unmodified"], p["virtual_devices"]) for p in told["partitions"]],
           [(True, linux["virtual_devices"]), (False, [])])
    text = ctx.run([ctx.tool(), "list", "system.elf"], cwd=system.folder, split=True).out
    for line in ("partition 0 'linux' boot fp unmodified, resets any",
                 "  virtual device 0x0b000000       32768 bytes  doorbells, interrupt 232"):
        expect("listed", line in text.splitlines(), True)


def check_program(ctx, fake, reader):
    """An ELF file as an operating system, without ramdisk and arguments: the tree lies behind it."""
    folder = os.path.join(ctx.tmp, "program")
    shutil.copytree(os.path.join(ctx.tmp, "bench64"), folder)
    base = BASE + 0x10000
    with open(os.path.join(folder, "Image"), "wb") as out:
        out.write(fake.image(text=base, data=base + 0x1000, data_size=64, bss=0x800,
                             machine=fake.AARCH64))
    path = os.path.join(folder, "system.xml")
    with open(path, encoding="utf-8") as source:
        text = source.read()
    begin = text.index("<OperatingSystem")
    end = text.index("/>", begin)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text[:begin] + "<OperatingSystem" + text[end:])
    done = ctx.run([ctx.tool(), "build", "--board-path", ctx.path("tests", "negative", "boards"),
                    "--hypervisor", "hypervisor.elf", "--keep", "kept", "-o", "system.elf",
                    "system.xml"], cwd=folder)
    if not done.ok:
        raise Wrong(done.out)
    with open(os.path.join(folder, "kept", "system.cfg"), "rb") as source:
        records = reader.read(source.read(), "<")
    linux = records["partition"][0]
    expect("program", (linux["entry"], linux["start_argument"], linux["segments"][1],
                       linux["blobs"][1]), (base, base + 0x2000, 3, 2))
    told = ctx.run(["dtc", "-q", "-q", "-I", "dtb", "-O", "dts", "kept/linux.dtb"], cwd=folder).out
    expect("chosen", [word in told for word in ("bootargs", "initrd", "stdout-path")],
           [False, False, True])


def check_again(ctx, fake, system):
    """The same bytes from another folder."""
    other = System(ctx, fake, "bench64", "again")
    for name in ("kept/linux.dtb", "kept/system.cfg", "kept/system.blobs", "system.elf"):
        if system.read(name) != other.read(name):
            raise Wrong(name + " differs")


def check_placing(ctx, fake, reader):
    """An offset of the header counts from a multiple of 2 MiB; an area without room is passed over."""
    folder = os.path.join(ctx.tmp, "placing")
    shutil.copytree(os.path.join(ctx.tmp, "bench64"), folder)
    with open(os.path.join(folder, "Image"), "wb") as out:
        out.write(fake.kernel(text_offset=0x80000, image_size=16 << 20))
    text = open(os.path.join(folder, "system.xml"), encoding="utf-8").read()
    with open(os.path.join(folder, "system.xml"), "w", encoding="utf-8") as out:
        out.write(text.replace('start="ram+64MiB" size="192MiB"',
                               'start="ram+0x4001000" size="18428KiB"').replace(
                                   'start="ram+256MiB" size="32MiB"',
                                   'start="ram+256MiB" size="32MiB" mappedAt="0x80001000"'))
    done = ctx.run([ctx.tool(), "build", "--board-path", ctx.path("tests", "negative", "boards"),
                    "--hypervisor", "hypervisor.elf", "--keep", "kept", "-o", "system.elf",
                    "system.xml"], cwd=folder)
    if not done.ok:
        raise Wrong(done.out)
    with open(os.path.join(folder, "kept", "system.cfg"), "rb") as source:
        records = reader.read(source.read(), "<")
    # The area sees its physical start + 0x1fffff there; with the offset no room is left in the first.
    expect("placed", (records["partition"][0]["entry"], records["segment"][0]["target"]),
           (0x80280000, 0x5027f000))


def run(ctx):
    """Both interrupt controllers."""
    sys.path.insert(0, ctx.path("tests", "tools"))
    import cfgreader
    import fake_hypervisor as fake
    v3 = [(0, 0x08000000, 0x10000, 0), (1, 0x080a0000, 0x40000, 0)]
    v2 = [(2, 0x08000000, 0x1000, 0), (3, 0x08011000, 0x1000, 0)]
    page = [(0x08010000, 0x08040000, 0x1000)]
    for board, controller, lent in (("bench64", v3, []), ("bench64v2", v2, page)):
        system = System(ctx, fake, board)
        checks = [("tree", lambda s=system, b=board: check_tree(ctx, s, b)),
                  ("devices", lambda s=system, c=controller, a=lent: check_devices(s, cfgreader, c, a))]
        if board == "bench64":
            checks += [("segments", lambda s=system: check_segments(s, cfgreader)),
                       ("list", lambda s=system: check_list(ctx, s)),
                       ("program", lambda: check_program(ctx, fake, cfgreader)),
                       ("again", lambda s=system: check_again(ctx, fake, s)),
                       ("placing", lambda: check_placing(ctx, fake, cfgreader))]
        for name, check in checks:
            try:
                check()
                yield passed("%s/%s" % (board, name))
            except Wrong as error:
                yield failed("%s/%s" % (board, name), str(error))
