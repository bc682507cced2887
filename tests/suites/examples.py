# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Every example boots and says what its expected.txt says."""

import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)

TITLE = "every example boots and prints what its expected.txt says"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "CMakeLists.txt", "tests/qemu/harness.py"]
ORDER = 60


def run(ctx):
    """One check per example and preset."""
    for preset in ctx.presets:
        yield from harness.check_folder(ctx, preset, os.path.join("sdk", "examples"), "example-")
