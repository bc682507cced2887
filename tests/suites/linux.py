# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Debian's unmodified Linux started as `septum build` packs it, on QEMU's virt without a hypervisor.

That shows image, ramdisk, device tree and start argument by themselves: what the tree promises the
machine has, so whatever Linux misses or complains about is the tool's fault.
"""

import os
import re
import shutil
import sys

from debian import FetchError
from linux import Linux
from suites import failed, passed, skipped

TITLE = "Debian's Linux boots with the device tree that the tool made, on both interrupt controllers"
PRESETS = ["arm64"]
WATCH = ["sdk/tools/**", "sdk/examples/linux/**", "scripts/dev/debian.py", "scripts/dev/linux.py",
         "scripts/dev/ramdisk.py", "tests/compiler/unmodified/**", "tests/tools/native.py",
         "tests/negative/boards/**"]
ORDER = 61

FOLDER = os.path.join("tests", "compiler", "unmodified")
SCRIPT = """
echo HERE model $(cat /proc/device-tree/model)
echo HERE processors $(grep -c processor /proc/cpuinfo)
echo HERE memory $(grep 'System RAM' /proc/iomem)
echo HERE clock $(cat /sys/class/rtc/rtc0/name)
for f in 27 33 34; do echo HERE interrupt $(grep " $f Level" /proc/interrupts | sed 's/.* //'); done
for n in /proc/device-tree/shared-area@*; do echo HERE shared $(cat $n/label); done
echo HERE messages $(dmesg -r | grep -c '^<[4-7]>' | sed 's/...*/many/')
echo HERE complaints $(dmesg -r | grep -c '^<[0-3]>')
dmesg -r | grep '^<[0-3]>'
exchange /proc/device-tree/shared-area@60000000 alone
"""
EXPECTED = ["model linux of mixed", "processors 2", "memory 44000000-51ffffff : System RAM",
            "clock rtc-pl031 9010000.rtc", "interrupt arch_timer", "interrupt uart-pl011",
            "interrupt rtc-pl031", "shared exchange", "shared status", "shared mute",
            "messages many", "complaints 0"]
EXCHANGED = re.compile(r"exchange: (\d+) bytes, 100 rounds, ticks least \d+ mean \d+ most \d+")


def text(console):
    """What the kernel wrote, without the returns of a terminal."""
    return console.replace("\r", "")


def judge(name, done):
    """The lines of the script, the exchanges, and the end of the machine."""
    out = text(done.out)
    here = re.findall(r"^HERE (.*?) *$", out, re.MULTILINE)
    sizes = EXCHANGED.findall(out)
    if done.code != 0 or done.timed_out or here != EXPECTED or sizes != ["16", "32", "64"]:
        return failed(name, "status %s, lines %s, exchanged %s\n%s"
                      % ("timeout" if done.timed_out else done.code, here, sizes, out[-4000:]))
    return passed(name)


def build(ctx, guest, program, board, gic):
    """The system for a board, and QEMU's command line to start its Linux."""
    import fake_hypervisor
    import native
    folder = os.path.join(ctx.tmp, board)
    shutil.copytree(ctx.path(FOLDER), folder)
    for name, data in (
            ("hypervisor.elf", fake_hypervisor.hypervisor(start=0x40200000,
                                                          arch=fake_hypervisor.ARM64["arch"])),
            ("control.elf", fake_hypervisor.image(text=0x40000000,
                                                  machine=fake_hypervisor.AARCH64)),
            ("initrd.gz", guest.ramdisk(SCRIPT, {"bin/exchange": program}))):
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)
    done = ctx.run([ctx.tool(), "build", "--board", board, "--board-path",
                    ctx.path("tests", "negative", "boards"), "--hypervisor", "hypervisor.elf",
                    "--partition", "Image=" + guest.kernel, "--keep", "kept", "-o", "system.elf",
                    "system.xml"], cwd=folder)
    if not done.ok:
        raise RuntimeError(done.out)
    parts = []
    for name in ("system.cfg", "system.blobs"):
        with open(os.path.join(folder, "kept", name), "rb") as source:
            parts.append(source.read())
    return native.command(folder, "linux", parts[0], parts[1], gic)


def run(ctx):
    """One boot for each interrupt controller."""
    sys.path.insert(0, ctx.path("tests", "tools"))
    try:
        guest = Linux(ctx.root)
    except FetchError as error:
        yield skipped("packages", str(error))
        return
    ctx.say("  " + guest.versions())
    folder = ctx.build("arm64", "example-linux-program")
    with open(os.path.join(folder, "sdk", "examples", "linux", "exchange"), "rb") as source:
        program = source.read()
    for board, gic in (("bench64", 3), ("bench64v2", 2)):
        command = build(ctx, guest, program, board, gic)
        yield judge("gicv%d" % gic, ctx.run(command, timeout=300))
