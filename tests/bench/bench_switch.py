# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""From one partition to the next at the end of a slot: the system `switch`."""

from bench_number import both
from bench_system import NS, System, numbers

LIMIT = 5000       # programs/spin.c
SKIPPED = 5        # slots of `wake` in which others may still be loaded


def _samples(lines):
    """Slots in which `spin` was interrupted while it stepped: (frame, time, start, steps)."""
    return [(frame, time, start, LIMIT - left)
            for _, frame, time, start, left in numbers(lines, "slot") if 0 < left < LIMIT]


def _mean(values):
    return sum(values) / len(values)


def _excursions(trace, timer, pairs):
    """Lengths of the hypervisor's excursions between two partitions in the measured time, entered
    by the timer's interrupt: not those in which a hypercall was under way."""
    marks = trace.counts("log", "first")
    return [e[4] for e in trace.events
            if e[:2] in pairs and e[3] == timer and marks[SKIPPED] <= e[2] <= marks[-1]]


def _lateness(system, lines, trace):
    """Instructions from the nominal start to the first instruction, by the reading that follows."""
    slot = next(s[0] for s in system.slots() if s[2] == "wake")
    events = [e for e in trace.events if e[:2] in (("log", "first"), ("load", "clock"))]
    firsts = [i for i, e in enumerate(events) if e[1] == "first"]
    return [(time - frame - slot) / NS - (events[at + 1][2] - events[at][2])
            for (_, frame, time, _, left), at in zip(numbers(lines, "slot"), firsts)
            if 0 < left < LIMIT]


def measure(ctx, preset):
    """partition_switch and timer_to_slot."""
    system = System(ctx, preset, "switch")
    names = system.partition_symbols("wake")
    sources, trace = system.run(["seq=1", "log=first:%#x" % names["bench_wake_first"]])
    lines = sources["wake"]
    wake_head, twice_gap, spin_head, spin_step = numbers(lines, "constants")[0]
    call = numbers(lines, "twice")[0][0] / NS - twice_gap
    # Inside: clock, steps (interrupted on average in the middle of one), switch, clock.
    inside = _mean([(time - start) / NS - call - spin_head - steps * spin_step
                    - (spin_step - 1) / 2 - wake_head
                    for _, time, start, steps in _samples(lines)])
    timer = system.entry("timer")
    outside = _mean(_excursions(trace, timer, [("spin", "wake")]))
    running = [("spin", "wake"), ("compute", "spin"), ("spin", "compute")]
    worst = max(_excursions(trace, timer, running))
    yield both("partition_switch", inside, outside, "worst of %s" % ", ".join(
        "%s to %s" % pair for pair in running), value=worst)
    late = max(_lateness(system, lines, trace))
    yield both("timer_to_slot", inside, outside, "nominal start to first instruction, worst; "
               "the columns: from the interrupted instruction", value=late)
