# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Debian's unmodified Linux as a partition: the example linux, booted on the hypervisor.

Beside two real-time partitions, on a GICv3: Linux must find what its description gives it and nothing
else, complain of nothing, and exchange messages with one of them; these two exchange messages as well,
and their slots begin on time until all end. Twice, on a GICv2: both come to a shell, which answers what
is typed for it at the one console.
"""

import os
import sys

from debian import FetchError
from linux import Linux
from suites import failed, passed, skipped

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "demo"))
import linux_boots  # noqa: E402  (after the path is set)

TITLE = "Debian's Linux as a partition: messages with real-time ones that keep their slots; twice, each at a shell"
PRESETS = ["arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/arm/**", "sdk/**", "configs/**", "cmake/**",
         "scripts/dev/debian.py", "scripts/dev/linux.py", "scripts/dev/ramdisk.py", "tests/demo/linux_boots.py",
         "tests/limits.json"]
ORDER = 62


def run(ctx):
    """One boot for each interrupt controller."""
    try:
        guest = Linux(ctx.root)
    except FetchError as error:
        yield skipped("packages", str(error))
        return
    ctx.say("  " + guest.versions())
    parts = linux_boots.Parts(ctx, guest)
    for name, boot in (("beside", linux_boots.beside), ("twice", linux_boots.twice)):
        verdict = boot(ctx, parts)
        if verdict.kept:
            yield passed(name, "; ".join(verdict.lines))
        else:
            yield failed(name, "\n".join(verdict.wrong) + "\n" + verdict.out[-6000:])
