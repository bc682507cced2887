# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Debian's unmodified Linux as a partition: the example linux, booted on the hypervisor.

Linux must find what its description gives it and nothing else, complain of nothing, and exchange
messages with the real-time partition; then both end.
"""

import os
import re

from debian import FetchError
from linux import Linux
from suites import failed, passed, skipped

TITLE = "Debian's Linux boots as a partition and exchanges messages with a real-time partition"
PRESETS = ["arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/arm/**", "sdk/**", "configs/**", "cmake/**",
         "scripts/dev/debian.py", "scripts/dev/linux.py", "scripts/dev/ramdisk.py"]
ORDER = 62

BOARDS = ["qemu-virt", "qemu-virt-gicv2"]
ROUNDS = 20
SCRIPT = """
echo HERE model $(cat /proc/device-tree/model)
echo HERE processors $(grep -c processor /proc/cpuinfo)
echo HERE memory $(grep 'System RAM' /proc/iomem)
for f in 27 33; do echo HERE interrupt $(grep " $f Level" /proc/interrupts | sed 's/.* //'); done
echo HERE shared $(cat /proc/device-tree/shared-area@60000000/label)
echo HERE messages $(dmesg -r | grep -c '^<[4-7]>' | sed 's/...*/many/')
echo HERE complaints $(dmesg -r | grep -c '^<[0-3]>')
dmesg -r | grep '^<[0-3]>'
exchange /proc/device-tree/shared-area@60000000 %d
""" % ROUNDS
EXPECTED = ["model linux of linux", "processors 1", "memory 48000000-57ffffff : System RAM",
            "interrupt arch_timer", "interrupt uart-pl011", "shared exchange", "messages many",
            "complaints 0"]
EXCHANGED = re.compile(r"^\[linux\] exchange: (\d+) bytes, %d rounds, ticks " % ROUNDS, re.MULTILINE)
CONTROL = ["control is up", "Linux has ended, %d requests answered" % (3 * ROUNDS)]


def lines(out, source, begin=""):
    """What a partition said, of lines that begin with something."""
    return re.findall(r"^\[%s\] %s(.*?)[ \r]*$" % (source, begin), out, re.MULTILINE)


def build(ctx, guest, board):
    """The example for a board, with Debian's kernel and a ramdisk that holds its program; its path, or None."""
    folder = ctx.build("arm64", "septum-qemu-virt")
    for target in ("example-linux-control", "example-linux-program"):
        ctx.build("arm64", target)
    parts = os.path.join(folder, "sdk", "examples", "linux")
    ramdisk, image = os.path.join(ctx.tmp, "initrd.gz"), os.path.join(ctx.tmp, board + ".elf")
    with open(os.path.join(parts, "exchange"), "rb") as source:
        program = source.read()
    with open(ramdisk, "wb") as out:
        out.write(guest.ramdisk(SCRIPT, {"bin/exchange": program}))
    done = ctx.run([ctx.tool(), "build", "--board", board, "--hypervisor", os.path.join(folder, "septum-qemu-virt.elf"),
                    "--search-path", parts, "--partition", "Image=" + guest.kernel, "--partition",
                    "initrd.gz=" + ramdisk, "-o", image,
                    ctx.path("sdk", "examples", "linux", "linux.xml")])
    if "[SEP8019]" in done.out:
        return None
    if not done.ok:
        raise RuntimeError(done.out)
    return image


def run(ctx):
    """One boot for each interrupt controller."""
    try:
        guest = Linux(ctx.root)
    except FetchError as error:
        yield skipped("packages", str(error))
        return
    ctx.say("  " + guest.versions())
    for board in BOARDS:
        image = build(ctx, guest, board)
        if image is None:
            yield skipped(board, "this hypervisor runs no unmodified operating systems")
        else:
            yield judge(ctx, board, image)


def judge(ctx, board, image):
    """Runs one to its end."""
    done = ctx.run([ctx.tool(), "run", "--timeout", "300", image], timeout=400)
    here = lines(done.out, "linux", "HERE ")
    sizes, control = EXCHANGED.findall(done.out), lines(done.out, "control")
    if not done.ok or here != EXPECTED or sizes != ["16", "32", "64"] or control != CONTROL:
        return failed(board, "status %s, lines %s, exchanged %s, control %s\n%s"
                      % (done.code, here, sizes, control, done.out[-4000:]))
    return passed(board)
