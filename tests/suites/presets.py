# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The workflow preset, as someone without ./dev would use it."""

import shutil

from suites import failed, passed, skipped

TITLE = "cmake --workflow works for the presets"
PRESETS = ["host", "leon3", "arm64"]
WATCH = ["CMakeLists.txt", "CMakePresets.json", "cmake/**", "**/CMakeLists.txt"]
ORDER = 90


def run(ctx):
    """Configure, build and test each preset in the folders that the presets name."""
    if shutil.which("cmake") is None:
        yield skipped("workflow", "cmake is not installed")
        return
    for preset in ctx.presets:
        ctx.build(preset)
        with ctx.builder.lock(preset):
            done = ctx.run(["cmake", "--workflow", "--preset", preset], timeout=1200)
        yield passed(preset) if done.ok else failed(preset, done.out)
