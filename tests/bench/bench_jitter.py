# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""How much the first instruction of a slot varies: the systems `jitter` and `jitter-calls`."""

from bench_number import both
from bench_system import NS, System, numbers


def _jitter(ctx, preset, name, number, note):
    system = System(ctx, preset, name)
    names = system.partition_symbols("probe")
    sources, trace = system.run(["log=first:%#x" % names["bench_wake_first"]])
    starts = [s[0] for s in system.slots()]
    events = [e for e in trace.events if e[:2] in (("log", "first"), ("load", "clock"))]
    firsts = [i for i, e in enumerate(events) if e[1] == "first"]
    inside, outside = [], []
    for (slot, frame, time), at in zip(numbers(sources["probe"], "slot"), firsts):
        nominal = frame + starts[slot]
        inside.append((time - nominal) / NS)
        outside.append(inside[-1] - (events[at + 1][2] - events[at][2]))
    yield both(number, max(inside) - min(inside), max(outside) - min(outside),
               "%s, %d slots, first instruction %d to %d behind the nominal start"
               % (note, len(outside), round(min(outside)), round(max(outside))))


def measure(ctx, preset):
    """slot_jitter and slot_jitter_hypercalls."""
    yield from _jitter(ctx, preset, "jitter", "slot_jitter", "neighbours compute")
    yield from _jitter(ctx, preset, "jitter-calls", "slot_jitter_hypercalls",
                       "neighbours make hypercalls")
