# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What the report says of every example is what the kernel prints; a ROM image boots like its ELF."""

import glob
import io
import json
import os
import re
import sys

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)

TITLE = "code_bytes and ram_bytes of the report are the kernel's, to the byte; a ROM image boots"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "tests/qemu/harness.py"]
ORDER = 60

PRINTED = re.compile(r"^\[septum\] memory code_bytes (\d+) ram_bytes (\d+)$", re.M)
ROM_SYSTEM = "example-hello"


def example(ctx, tool, hypervisor, image):
    """One example: printed and reported."""
    name = os.path.basename(image)[:-4]
    run = harness.run_example(ctx, image)
    printed = PRINTED.search(run.out)
    report = ctx.run([tool, "report", image, "--hypervisor", hypervisor, "--json"])
    if not printed or not report.ok:
        return failed(name, run.out + report.out)
    footprint = json.loads(report.out)["footprint"]
    want = tuple(int(n) for n in printed.groups())
    got = (footprint["code_bytes"], footprint["ram_bytes"])
    return passed(name, "%d and %d bytes" % got) if got == want else \
        failed(name, "the kernel prints %s, the report says %s" % (want, got))


def parts(image, listed, folder):
    """Configuration and packed images of an ELF image, as files."""
    from elftools.elf.elffile import ELFFile
    with open(image, "rb") as file:
        elf = ELFFile(io.BytesIO(file.read()))
    pieces = {s["p_paddr"]: s.data() for s in elf.iter_segments()}
    paths = []
    for name, start in (("system.cfg", listed["configuration"]["start"]),
                        ("system.blobs", listed["blobs"]["start"])):
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "wb") as file:
            file.write(pieces[int(start, 16)])
    return paths


def rom(ctx, tool, folder, board, image):
    """The same system from ROM says the same."""
    loader = os.path.join(folder, "septum-%s-rom.elf" % board)
    if not os.path.exists(loader):
        return failed("rom", "%s was not built" % loader)
    listed = json.loads(ctx.run([tool, "list", image, "--json"]).out)
    config, blobs = parts(image, listed, ctx.tmp)
    output = os.path.join(ctx.tmp, "system.rom")
    done = ctx.run([tool, "pack", "--hypervisor", os.path.join(folder, "septum-%s.elf" % board),
                    "--config", config, "--blobs", blobs, "--format", "rom",
                    "--rom-loader", loader, "-o", output])
    if not done.ok:
        return failed("rom", done.out)
    runs = [ctx.run([tool, "run", name, "--timeout", "60"]) for name in (image, output)]
    good = runs[0].ok and runs[1].ok and runs[0].out == runs[1].out
    return passed("rom") if good else failed("rom", "ELF:\n%s\nROM:\n%s" % (runs[0].out,
                                                                          runs[1].out))


def run(ctx):
    """Every example of every preset."""
    tool = ctx.tool()
    for preset in ctx.presets:
        folder = ctx.build(preset)
        board = harness.board_of(ctx, preset)
        hypervisor = os.path.join(folder, "septum-%s.elf" % board)
        images = sorted(glob.glob(os.path.join(folder, "sdk", "examples", "**", "example-*.elf"),
                                  recursive=True))
        if not images:
            yield failed("examples", "there are none")
            continue
        yield from ctx.map(lambda image: example(ctx, tool, hypervisor, image), images)
        if not os.path.isdir(ctx.path("arch", harness.isa_of(ctx, preset), "boards", board, "rom")):
            continue
        for image in images:
            if os.path.basename(image) == ROM_SYSTEM + ".elf":
                yield rom(ctx, tool, folder, board, image)
                break
        else:
            yield failed("rom", "there is no %s" % ROM_SYSTEM)
