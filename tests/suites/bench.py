# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The numbers of ./dev bench against tests/limits.json, and the predicted memory of each example."""

import json
import os
import sys

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "..", "bench"), os.path.join(HERE, "..", "qemu")]
import bench_all     # noqa: E402  (after the path is set)
import bench_memory  # noqa: E402
import bench_number  # noqa: E402
import bench_system  # noqa: E402
import harness       # noqa: E402

TITLE = "instruction counts within their limits, two measurements agree; memory is as predicted"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "CMakeLists.txt", "tests/bench/**", "tests/limits.json", "tests/qemu/harness.py",
         "tests/qemu/board/**"]
ORDER = 70

EXAMPLES = os.path.join("sdk", "examples")


def memory(ctx, preset, name):
    """What `septum report` says of an example's memory equals what the kernel prints."""
    image = harness.image_path(ctx, preset, EXAMPLES, "example-" + name)
    label = "%s/memory/%s" % (preset, name)
    try:
        report, printed = bench_memory.compare(ctx, preset, image)
    except bench_system.MeasureError as error:
        return failed(label, str(error))
    if report != printed:
        return failed(label, "code and RAM: the report says %d, %d, the kernel %d, %d"
                      % (report + printed))
    return passed(label, "code %d, RAM %d" % printed)


def bounds(ctx, preset):
    """What `septum report` says of the board is what was measured."""
    said, measured = (ctx.path(*words) for words in (("configs", "bounds", harness.board_of(ctx, preset) + ".json"),
                                                     ("build", preset, "bounds.json")))
    with open(said, encoding="utf-8") as a, open(measured, encoding="utf-8") as b:
        return passed(preset + "/bounds") if json.load(a) == json.load(b) else \
            failed(preset + "/bounds", "%s is not what was measured: copy %s" % (said, measured))


def run(ctx):
    """Every number, then every example."""
    for preset in ctx.presets:
        try:
            numbers = bench_all.measure(ctx, preset)
        except bench_system.MeasureError as error:
            yield failed(preset, str(error))
            continue
        for number in numbers:
            name = "%s/%s" % (preset, number.name)
            yield failed(name, "; ".join(number.wrong)) if number.wrong else \
                passed(name, str(number.value))
        for name in sorted(set(bench_number.limits(preset)) - {n.name for n in numbers}):
            yield failed("%s/%s" % (preset, name), "tests/limits.json has it, but nobody measures it")
        yield bounds(ctx, preset)
        yield from ctx.map(lambda n, p=preset: memory(ctx, p, n), harness.systems(ctx, EXAMPLES))
