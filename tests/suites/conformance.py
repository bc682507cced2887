# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The suite that every architecture has to pass: systems below tests/qemu/conformance."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)

TITLE = "the conformance systems, the same on every architecture"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "CMakeLists.txt", "tests/qemu/**"]
ORDER = 61

FOLDER = os.path.join("tests", "qemu", "conformance")
# Other machines that the same images run on: words for the emulator.
MACHINES = {"arm64": {"arm64-gicv2": ["-M", "virt,gic-version=2"]}}


def run(ctx):
    """One check per system and preset."""
    for preset in ctx.presets:
        yield from harness.check_folder(ctx, preset, FOLDER, "conformance-")
        for label, words in MACHINES.get(preset, {}).items():
            yield from harness.check_folder(ctx, preset, FOLDER, "conformance-", words, label)
