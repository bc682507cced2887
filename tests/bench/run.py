# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""./dev bench: measures a preset and prints every number with both measurements and its limit."""

import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import bench_all      # noqa: E402  (after the path is set)
import bench_hellfire  # noqa: E402
import bench_jailhouse  # noqa: E402
import bench_paper    # noqa: E402
import bench_profile  # noqa: E402


def run(ctx, preset):
    """What ./dev bench calls: rows {preset, name, value, unit}, and what is wrong."""
    numbers = bench_all.measure(ctx, preset)
    bench_all.show(numbers)
    wrong = ["%s: %s" % (n.name, what) for n in numbers for what in n.wrong]
    return [n.row(preset) for n in numbers], wrong


def paper(ctx, preset):
    """What ./dev bench paper calls: rows as above, with what was published, and no problems."""
    rows = bench_paper.measure(ctx, preset)
    bench_paper.show(rows)
    print("\nThe picture of it: " + bench_paper.write(ctx, preset, rows))
    return rows, []


def hellfire(ctx, preset):
    """What ./dev bench hellfire calls: the same."""
    rows = bench_hellfire.measure(ctx, preset)
    bench_hellfire.show(rows)
    print("\nThe page of it: " + bench_hellfire.write(ctx, preset, rows))
    return rows, []


def jailhouse(ctx, preset):
    """What ./dev bench jailhouse calls: rows as above, and no problems."""
    rows = bench_jailhouse.measure(ctx, preset)
    bench_jailhouse.show(rows)
    return rows, []


def profile(ctx, preset, system, what):
    """What ./dev bench --profile calls."""
    ctx.build(preset)
    bench_profile.show(ctx, preset, system, what)
    return 0
