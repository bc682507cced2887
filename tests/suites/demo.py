# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The demo's verdict: good on the mission's plan, bad with two slots swapped."""

import os
import sys

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "demo"))
import mission  # noqa: E402  (after the path is set)

TITLE = "the demo's mission is kept, and not kept with two slots swapped"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "tests/demo/**",
         "tests/limits.json", "tests/qemu/harness.py"]
ORDER = 59


def run(ctx):
    """Both packings of the mission."""
    for preset in ctx.presets:
        out, it = mission.fly(ctx, preset, "example-demo")
        if it.kept:
            yield passed(preset + "/kept", "; ".join(it.lines))
        else:
            yield failed(preset + "/kept", "\n".join(it.wrong) + "\n" + out)
        out, it = mission.fly(ctx, preset, "example-demo-swapped")
        place = [w for w in it.wrong if "from their place in the plan" in w]
        if place and place == it.wrong:
            yield passed(preset + "/swapped")
        else:
            yield failed(preset + "/swapped", "wrong: %s\n%s" % (it.wrong, out))
