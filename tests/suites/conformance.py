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

def run(ctx):
    """One check per system and machine."""
    for preset in ctx.presets:
        yield from harness.check_folder(ctx, preset, FOLDER, "conformance-")
        for label, words, _ in harness.MACHINES.get(preset, []):
            yield from harness.check_folder(ctx, preset, FOLDER, "conformance-", words, label)
