# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Memory of the hypervisor: what the tool predicts and what the kernel prints, for the demo."""

import glob
import os
import re

from bench_number import Number
from bench_system import MeasureError, System
import damage   # in tests/qemu, which bench_system puts on the path
import harness
import variant

# A line of the linker's map, or two: section, address, size, object.
PIECE = re.compile(r"^ \.(?:text|rodata)\S*\s+0x[0-9a-f]+\s+0x([0-9a-f]+)\s+"
                   r"\S*/septum_service_(\w+)\.dir/", re.MULTILINE)
# The same of LLVM's linker: two addresses, size, alignment, object and section.
PIECE_LLD = re.compile(r"^ *[0-9a-f]+ +[0-9a-f]+ +([0-9a-f]+) +\d+ +\S*/septum_service_(\w+)\.dir/"
                       r"\S+:\(\.(?:text|rodata)", re.MULTILINE)
LINE = re.compile(r"memory code_bytes (\d+) ram_bytes (\d+)")
TEST_BUILDS = ("bench-fast.elf",)   # on the board's test build


def compare(ctx, preset, image, hypervisor=None):
    """((code, ram) of the report, (code, ram) printed at boot) of an example's image."""
    system = System(ctx, preset, os.path.basename(image), image, hypervisor)
    footprint = system.report["footprint"]
    done = harness.run_example(ctx, image)
    match = LINE.search(done.out)
    if match is None:
        raise MeasureError("%s prints no line 'memory', status %s:\n%s"
                           % (image, done.status, done.out[:2000]))
    return (footprint["code_bytes"], footprint["ram_bytes"]), tuple(map(int, match.groups()))


def _code(image):
    """The first segment of a system image: the hypervisor's code."""
    it = damage.Image(image)
    offset, _, size = it.segments[0]
    return bytes(it.data[offset:offset + size])


def _services(ctx, preset):
    """Bytes of code and constants that the linker took from the services' libraries, by its map."""
    found = {}
    folder = os.path.join(ctx.root, "build", preset)
    for path in glob.glob(os.path.join(folder, "septum-*.map")):
        with open(path, encoding="utf-8") as source:
            text = source.read()
        _, gnu, used = text.partition("Linker script and memory map")
        for size, service in PIECE.findall(used) if gnu else PIECE_LLD.findall(text):
            found[service] = found.get(service, 0) + int(size, 16)
    if not found:
        raise MeasureError("no map of the hypervisor in %s names a service" % folder)
    return found


def _printed(names, numbers, of):
    for name, said, value in zip(names, *numbers):
        if said != value:
            raise MeasureError("%s: the report says %d, the kernel %d" % (name, said, value))
        yield Number(name, value, "bytes", note=of + "; the report says the same")


def _hello(ctx, preset):
    """The example hello on a hypervisor of one processor, without pools and unmodified operating systems."""
    lean = variant.Variant(ctx, preset, [p for p in variant.can_lack(ctx, preset)
                                         if p in ("pools", "unmodified", "smp")])
    wrong = lean.build()
    if wrong:
        raise MeasureError(wrong)
    folder = os.path.join("sdk", "examples", "hello")
    image = lean.image(ctx.path(folder, "system.xml"), ctx.path("build", preset, folder),
                       os.path.join(ctx.tmp, "example-hello.elf"))
    yield from _printed(("code_bytes_hello", "ram_bytes_hello"), compare(ctx, preset, image, lean.hypervisor),
                        "hello, " + lean.name)


def measure(ctx, preset):
    """code_bytes and ram_bytes of the demo, whose hypervisor is the one that was measured."""
    image = os.path.join(ctx.root, "build", preset, "sdk", "examples", "demo", "example-demo.elf")
    for other in glob.glob(os.path.join(ctx.root, "build", preset, "tests", "bench", "bench-*.elf")):
        if os.path.basename(other) not in TEST_BUILDS and _code(other) != _code(image):
            raise MeasureError("%s holds another hypervisor than the demo" % other)
    yield from _printed(("code_bytes", "ram_bytes"), compare(ctx, preset, image), "demo")
    yield from _hello(ctx, preset)
    found = _services(ctx, preset)
    yield Number("code_bytes_services", sum(found.values()), "bytes", note="of them: " + ", ".join(
        "%s %d" % item for item in sorted(found.items())))
