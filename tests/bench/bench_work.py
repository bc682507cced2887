# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What slicing costs a partition that computes: the system `work`."""

from bench_number import Number
from bench_system import NS, MeasureError, System, numbers, SHIFT

SLOT = 80000       # instructions


def _overlap(system, begin, end, frame):
    """Time of the worker's slots between two clock readings, and how many begin between them."""
    total, count = 0, 0
    for start, duration, partition in system.slots():
        if partition != "worker":
            continue
        low, high = frame + start, frame + start + duration
        total += max(0, min(high, end) - max(low, begin))
        count += begin < low < end
    return total, count


def measure(ctx, preset):
    """work_lost_ppm of a slot of SLOT instructions."""
    system = System(ctx, preset, "work")
    loop = system.partition_symbols("work")["bench_loop"]
    sources, trace = system.run(["seq=1", "log=loop:%#x" % loop])
    lines = sources["worker"]
    gap, step = numbers(lines, "constants")[0]
    call = numbers(lines, "twice")[0][0] / NS - gap
    steps, begin, end = numbers(lines, "alone")[0]
    alone = (end - begin) / NS - call - gap
    if abs(alone - steps * step) > 2:
        raise MeasureError("work: alone, %d steps took %.1f instructions" % (steps, alone))
    steps, begin, end = numbers(lines, "sliced")[0]
    own, count = _overlap(system, begin, end, numbers(lines, "frame")[0][0])
    lost = (own / NS - call - gap - steps * step) / count
    sliced = trace.counts("log", "loop")[1]
    outside = [e[4] for e in trace.events if e[:2] == ("other", "worker") and e[2] > sliced][:count]
    yield Number("work_lost", round(lost), clock=lost, plugin=sum(outside) / count,
                 note="per slot, mean of %d" % count)
    yield Number("work_lost_ppm", round(lost * 1e6 / SLOT), "ppm",
                 note="slots of %d instructions, %.2f ms at shift %d" % (SLOT, SLOT * NS / 1e6, SHIFT))
