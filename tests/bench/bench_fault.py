# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""From an illegal load to the first instruction of the partition's handler, a record written."""

from bench_number import both
from bench_system import NS, MeasureError, System, numbers


def measure(ctx, preset):
    """fault_to_action: the action propagate."""
    system = System(ctx, preset, "fault")
    names = system.partition_symbols("fault")
    words = ["log=load:%#x" % names["bench_fault_load"],
             "log=taken:%#x" % names["bench_fault_taken"]]
    sources, trace = system.run(["seq=1"] + words)
    lines = sources["faulty"]
    twice, gap, head, records = numbers(lines, "constants")[0]
    call = twice / NS - gap
    clock = [(taken - begin) / NS - call - head for begin, taken in numbers(lines, "fault")]
    loads, taken = trace.counts("log", "load"), trace.counts("log", "taken")
    if len(loads) != len(clock) or len(taken) != len(clock) or records != len(clock):
        raise MeasureError("fault: %d faults, %d loads, %d handlers, %d records"
                           % (len(clock), len(loads), len(taken), records))
    # Behind the load that did not happen, up to the handler's first one.
    inside = [t - b for b, t in zip(loads, taken)]
    yield both("fault_to_action", sum(clock) / len(clock), sum(inside) / len(inside),
               "illegal load to handler, record written, worst of %d" % len(inside),
               value=max(inside))
