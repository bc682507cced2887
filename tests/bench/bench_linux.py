# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What the hypervisor takes of Debian's Linux that runs alone: share of instructions, from Linux' first one to its end.

linux_el2_ppm: the board's UART is Linux' own; linux_el2_vconsole_ppm: it has the emulated one. Loading is
not counted.
"""

import glob
import os

from bench_number import Number
from bench_system import HERE, MeasureError
import harness
import plugin
from debian import FetchError
from linux import Linux
from elftools.elf.elffile import ELFFile

PRESET = "arm64"
TIMEOUT = 300
SAYS = "HERE is a shell"
ENDED = "the emulator ended with status 0 before the system halted"
SYSTEMS = (("linux_el2_ppm", "assigned"), ("linux_el2_vconsole_ppm", "console"))


def _pack(ctx, guest, name):
    """An image of linux/<name>.xml with Debian's kernel; its path."""
    ramdisk, image = (os.path.join(ctx.tmp, name + end) for end in (".gz", ".elf"))
    with open(ramdisk, "wb") as out:
        out.write(guest.ramdisk("echo %s\n" % SAYS))
    hypervisor = os.path.join(ctx.root, "build", PRESET, "septum-%s.elf" % harness.board_of(ctx, PRESET))
    done = ctx.run([ctx.tool(), "build", "--hypervisor", hypervisor, "--partition", "Image=" + guest.kernel,
                    "--partition", "initrd.gz=" + ramdisk, "-o", image,
                    os.path.join(HERE, "linux", name + ".xml")])
    if not done.ok:
        raise MeasureError(done.out)
    return image


def _code(image):
    """First and last address of the hypervisor's code: the first segment of an image."""
    with open(image, "rb") as source:
        segment = next(s for s in ELFFile(source).iter_segments() if s["p_type"] == "PT_LOAD")
        return segment["p_paddr"], segment["p_paddr"] + segment["p_memsz"]


def _share(ctx, image, counter):
    """Instructions of the hypervisor, and of Linux."""
    counts = image + ".counts"
    words = ["-plugin", "%s,out=%s,range=%x-%x" % ((counter, counts) + _code(image))]
    done = ctx.run([ctx.tool(), "run", "--timeout", str(TIMEOUT), image, "--"] + harness.STEADY + words,
                   timeout=TIMEOUT + 60)
    # A console in memory tells nobody of the halt: the emulator ended by itself.
    if not (done.ok or ENDED in done.out) or SAYS not in done.out:
        raise MeasureError("%s: status %s\n%s" % (image, done.code, done.out[-2000:]))
    with open(counts, encoding="utf-8") as source:
        return tuple(map(int, source.read().split()))


def measure(ctx, preset):
    """Both numbers, where there is such a partition."""
    if preset != PRESET:
        return []
    try:
        guest = Linux(ctx.root)
        counter = plugin.build(ctx, "share", glob.glob(os.path.join(HERE, "share", "*.c")) +
                               glob.glob(os.path.join(plugin.API, "*.h")))
    except (FetchError, RuntimeError) as error:
        raise MeasureError(str(error)) from error
    numbers = []
    for name, system in SYSTEMS:
        hypervisor, linux = _share(ctx, _pack(ctx, guest, system), counter)
        numbers.append(Number(name, round(1000000 * hypervisor / (hypervisor + linux)), "ppm",
                              note="%d of %d instructions; %s" % (hypervisor, hypervisor + linux, guest.versions())))
    return numbers
