# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Programs that know the architecture and nothing of the hypervisor, each a partition, and what interrupts cost them.

One tick of the board's counter is one instruction, so what such a program measures are instructions; the numbers
are the same in every run.
"""

import json
import os
import re
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)
from suites import failed, passed  # noqa: E402

TITLE = "unmodified programs find the machine that the architecture promises; interrupts within their limits"
PRESETS = ["arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/arm/**", "sdk/**", "configs/**", "cmake/**", "CMakeLists.txt",
         "tests/qemu/**"]
ORDER = 62

FOLDER = os.path.join("tests", "qemu", "unmodified")
PART = re.compile(r"^\[\S+\] a processor of part (\d+)$", re.M)
MEASURED = re.compile(r"^\[\S+\] measured (\S+) (\d+) to (\d+)$", re.M)


# By interrupt controller: label, beginning of targets, limits.
CONTROLLERS = [("arm64", "unmodified-", "limits.json"), ("arm64-gicv2", "unmodified-gicv2-", "limits-gicv2.json")]


def within(ctx, preset, label, prefix, limits_name):
    """The numbers of `strict` against its limits: each is measured, none is larger."""
    with open(ctx.path(FOLDER, limits_name), encoding="utf-8") as source:
        limits = json.load(source)
    done = harness.run_image(ctx, harness.image_path(ctx, preset, FOLDER, prefix + "strict"))
    numbers = {name: int(most) for name, _, most in MEASURED.findall(done.out)}
    for name in sorted(set(limits) | set(numbers)):
        check = "%s/%s" % (label, name)
        if name not in numbers or name not in limits:
            yield failed(check, "measured: %s, limit: %s" % (numbers.get(name), limits.get(name)))
        elif numbers[name] > limits[name]:
            yield failed(check, "%d instructions, at most %d" % (numbers[name], limits[name]))
        else:
            yield passed(check, "%d of %d instructions" % (numbers[name], limits[name]))


def processor(ctx, preset, label, words, part):
    """A machine has the processor that its label says: what passes on it passed there."""
    image = harness.image_path(ctx, preset, FOLDER, "unmodified-strict")
    found = PART.findall(harness.run_image(ctx, image, emulator=words).out)
    if found == [str(part)]:
        return passed("%s/processor" % label, "part %#x" % part)
    return failed("%s/processor" % label, "part %s, not %d" % (found, part))


def run(ctx):
    """One check per system and machine that can have it, then the numbers."""
    for preset in ctx.presets:
        for label, prefix, limits in CONTROLLERS:
            yield from harness.check_folder(ctx, preset, FOLDER, prefix, label=label)
            yield from within(ctx, preset, label, prefix, limits)
        for label, words, part in harness.MACHINES.get(preset, []):
            if not any("gic-version=2" in word for word in words):
                yield from harness.check_folder(ctx, preset, FOLDER, "unmodified-", words, label)
                yield processor(ctx, preset, label, words, part)
