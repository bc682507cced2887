# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""How much the first instruction of a slot varies: the systems `jitter` and `jitter-calls`."""

import bench_timeline
from bench_calls import listed
from bench_number import Number, both
from bench_system import NS, MeasureError, System, numbers

REFUSED = ("system_halt", "system_reset")   # to the neighbour that makes them
UNKNOWN = 95                                # programs/caller.c: numbers above


def _calls_made(ctx, system, lines):
    """That every hypercall was made, succeeded or did not come back; what was made, in words."""
    made = {}
    for number, *counts in numbers(lines, "made"):
        made[number] = [a + b for a, b in zip(counts, made.get(number, [0, 0, 0]))]
    known = listed(ctx, system.board)
    wrong = ["%s never made" % name for number, name in known.items() if number not in made]
    wrong += ["%s never succeeded" % name for number, name in known.items()
              if number in made and sum(made[number][1:]) == 0 and name not in REFUSED]
    if wrong or UNKNOWN not in made:
        raise MeasureError("%s: %s" % (system.name, "; ".join(wrong or ["no unknown call made"])))
    seldom = min((made[number][0], name) for number, name in known.items())
    return "%d hypercalls of all %d and of unknown ones, least %d of %s, %d that did not come back, " \
        "%d starts" % (sum(c[0] for c in made.values()), len(known), seldom[0], seldom[1],
                       sum(c[2] for c in made.values()),
                       sum(starts for starts, in numbers(lines, "starts")))


def _watched(trace, line, number):
    """How often a partition went on while no timer was armed: never."""
    late = line.unwatched([e[2] for e in trace.events if e[0] not in ("log", "load", "io")])
    return Number(number, late, "times", note="a partition went on without an armed timer",
                  fault="nothing would have ended its slot" if late else "")


def _jitter(ctx, preset, name, number, note):
    system = System(ctx, preset, name)
    names = system.partition_symbols("probe")
    sources, trace, line = bench_timeline.run(system, ["seq=1", "log=first:%#x" % names["bench_wake_first"]])
    slots = numbers(sources["probe"], "slot")
    starts = [s[0] for s in system.slots()]
    firsts = trace.counts("log", "first")[:len(slots)]
    # By the clock: what reading it takes is the same every time.
    inside = [(time - frame - starts[slot]) / NS for slot, frame, time in slots]
    begins = [starts[slot] for slot, _, _ in slots]
    origin = line.origin(firsts, begins, system.frame)
    outside = [line.behind(first, begin, system.frame, origin)
               for first, begin in zip(firsts, begins)]
    if name != "jitter":
        note = _calls_made(ctx, system, sources["probe"])
    yield _watched(trace, line, number.replace("slot_jitter", "timer_unarmed"))
    yield both(number, max(inside) - min(inside), max(outside) - min(outside),
               "%s, %d slots, first instruction %d to %d behind the nominal start"
               % (note, len(outside), round(min(outside)), round(max(outside))))


def measure(ctx, preset):
    """slot_jitter and slot_jitter_hypercalls."""
    yield from _jitter(ctx, preset, "jitter", "slot_jitter", "neighbours compute")
    yield from _jitter(ctx, preset, "jitter-calls", "slot_jitter_hypercalls",
                       "neighbours make hypercalls")
