# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Two simulated processors as threads, all that they share looked at by ThreadSanitizer."""

import os

from suites import failed, passed

TITLE = "kernel and services on two processors that are threads, under ThreadSanitizer"
PRESETS = ["host"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/host/**", "sdk/include/**", "tests/threads/**",
         "tests/unit/system.*", "configs/host.config", "cmake/**", "CMakeLists.txt"]
ORDER = 21


def run(ctx):
    """One run; any report of the sanitizer fails it."""
    program = os.path.join(ctx.build("host"), "tests", "threads", "threads")
    done = ctx.run(["env", "TSAN_OPTIONS=halt_on_error=1", program], timeout=120)
    if done.ok:
        yield passed("together")
    else:
        yield failed("together", done.out)
