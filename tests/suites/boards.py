# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Boards that no emulator here has: hypervisor and examples are built, the tool packs them, nothing is run."""

import json
import os

from suites import failed, passed

TITLE = "boards without an emulator: hypervisor and examples build, images lie where the board has memory"
PRESETS = ["rpi4"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/arm/**", "sdk/**", "configs/**", "cmake/**", "CMakeLists.txt",
         "CMakePresets.json"]
ORDER = 66

# Where the linker script must have put the hypervisor; an example that must be among the images.
START = {"rpi4": 0x200000}
EXAMPLE = "example-hello.elf"


def image(ctx, preset, path):
    """One packed image as the tool reads it."""
    name = "%s/%s" % (preset, os.path.basename(path))
    done = ctx.run([ctx.tool(), "list", "--json", path], split=True)
    if not done.ok:
        return failed(name, done.err)
    found = json.loads(done.out)
    if found["board"] != preset or int(found["reserved"]["start"], 16) != START[preset]:
        return failed(name, "board %s, hypervisor at %s" % (found["board"], found["reserved"]["start"]))
    return passed(name)


def run(ctx):
    """Everything that the preset builds."""
    for preset in ctx.presets:
        folder = os.path.join(ctx.build(preset), "sdk", "examples")
        found = sorted(os.path.join(where, name) for where, _, names in os.walk(folder)
                       for name in names if name.startswith("example-") and name.endswith(".elf"))
        if EXAMPLE not in map(os.path.basename, found):
            yield failed(preset, "%s was not built" % EXAMPLE)
        for path in found:
            yield image(ctx, preset, path)
