# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Every number of a preset, and what is wrong with them."""

import bench_calls
import bench_fast
import bench_fault
import bench_jitter
import bench_linux
import bench_memory
import bench_number
import bench_pool
import bench_section
import bench_switch
import bench_work

PARTS = (bench_calls, bench_fault, bench_switch, bench_pool, bench_fast, bench_jitter, bench_work,
         bench_section, bench_memory, bench_linux)
ROW = "%-30s %8s %8s %9s %9s  %-13s %s"


def measure(ctx, preset):
    """Every number of a preset, in order."""
    ctx.build(preset)
    numbers = []
    for part in PARTS:
        ctx.say("measure %s: %s" % (preset, part.__name__[len("bench_"):]))
        numbers += part.measure(ctx, preset)
    numbers += bench_pool.add_bounds(ctx, preset, numbers)
    bench_number.set_limits(preset, numbers)
    return numbers


def _text(value):
    return "" if value is None else "%.1f" % value


def show(numbers):
    """Print the table."""
    print("\n" + ROW % ("name", "value", "limit", "by clock", "by plugin", "unit", ""))
    for n in numbers:
        limit = "" if n.limit is None else n.limit
        marks = "".join("[%s] " % what for what in n.wrong)
        print(ROW % (n.name, n.value, limit, _text(n.clock), _text(n.plugin), n.unit,
                     marks + n.note))
