# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""./dev bench: measures a preset and prints every number with both measurements and its limit."""

import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import bench_calls   # noqa: E402  (after the path is set)
import bench_jitter  # noqa: E402
import bench_memory  # noqa: E402
import bench_number  # noqa: E402
import bench_profile  # noqa: E402
import bench_switch  # noqa: E402
import bench_work    # noqa: E402

PARTS = (bench_calls, bench_switch, bench_jitter, bench_work, bench_memory)


def measure(ctx, preset):
    """Every number of a preset, in order."""
    ctx.build(preset)
    numbers = []
    for part in PARTS:
        ctx.say("measure %s: %s" % (preset, part.__name__[len("bench_"):]))
        numbers += part.measure(ctx, preset)
    return numbers


def _text(value):
    return "" if value is None else "%.1f" % value


def show(numbers, limits):
    """The table; returns what is wrong, a line each."""
    wrong = []
    print("\n%-30s %8s %8s %9s %9s  %-13s %s"
          % ("name", "value", "limit", "by clock", "by plugin", "unit", ""))
    for n in numbers:
        limit = limits.get(n.name)
        mark = ""
        if not n.agrees:
            mark = "THE TWO DISAGREE "
            wrong.append("%s: %.1f by the clock, %.1f by the plugin" % (n.name, n.clock, n.plugin))
        if bench_number.over(n, limit):
            mark += "ABOVE THE LIMIT "
            wrong.append("%s: %s %s, at most %s" % (n.name, n.value, n.unit, limit))
        print("%-30s %8s %8s %9s %9s  %-13s %s%s"
              % (n.name, n.value, "" if limit is None else limit, _text(n.clock),
                 _text(n.plugin), n.unit, mark, n.note))
    return wrong


def run(ctx, preset):
    """What ./dev bench calls: rows {preset, name, value, unit}, and what is wrong."""
    numbers = measure(ctx, preset)
    wrong = show(numbers, bench_number.limits(preset))
    return [n.row(preset) for n in numbers], wrong


def profile(ctx, preset, system, what):
    """What ./dev bench --profile calls."""
    ctx.build(preset)
    bench_profile.show(ctx, preset, system, what)
    return 0
