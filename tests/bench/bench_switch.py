# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""From one partition to the next at the end of a slot: the system `switch`, and the same with timers,
devices, waiting console text, floating point."""

import bench_timeline
from bench_number import both, Number
from bench_system import NS, MeasureError, System, numbers

LIMIT = 5000       # programs/spin.c
SKIPPED = 5        # slots of `wake` in which others may still be loaded
RUNNING = [("spin", "wake"), ("compute", "spin"), ("spin", "compute")]
BURDENS = {"timer": "all timers armed, one expired before each slot of wake",
           "device": "3 or 4 device lines each",
           "fpu": "all use floating point: before its first instruction of that"}


def _mean(values):
    return sum(values) / len(values)


class _Run:
    """One run of a system, its slots of `wake` in which nothing is loaded any more."""

    def __init__(self, ctx, preset, name):
        self.system = System(ctx, preset, name)
        names = self.system.partition_symbols("wake")
        self.timer = self.system.entry("timer")
        sources, self.trace, self.line = bench_timeline.run(
            self.system, ["seq=1", "log=first:%#x" % names["bench_wake_first"],
                          "log=timer:%#x" % self.timer])
        self.lines = sources["wake"]
        self.constants = numbers(self.lines, "constants")[0]
        self.call = numbers(self.lines, "twice")[0][0] / NS - self.constants[1]
        self.firsts = self.trace.counts("log", "first")
        self.slots = [s + [f] for s, f in zip(numbers(self.lines, "slot"), self.firsts)][SKIPPED:]

    def by_clock(self):
        """Clock, steps (interrupted on average in the middle of one), switch, clock."""
        wake_head, _, spin_head, spin_step = self.constants[:4]
        return _mean([(time - start) / NS - self.call - spin_head - (LIMIT - left) * spin_step
                      - (spin_step - 1) / 2 - wake_head
                      for _, _, time, start, left, _, _ in self.slots if 0 < left < LIMIT])

    def excursions(self, pairs):
        """Lengths of the hypervisor's excursions between two partitions in the measured time, entered
        by the timer's interrupt: not those in which a hypercall was under way."""
        return [e[4] for e in self.trace.events
                if e[:2] in pairs and e[3] == self.timer
                and self.firsts[SKIPPED] <= e[2] <= self.firsts[-1]]

    def _reading(self):
        """Instructions from the first one to the load of the clock: the same in every slot."""
        events = [e for e in self.trace.events if e[:2] in (("log", "first"), ("load", "clock"))]
        found = {events[i + 1][2] - e[2] for i, e in enumerate(events) if e[1] == "first"}
        if len(found) != 1:
            raise MeasureError("reading the clock takes %s instructions" % sorted(found))
        return found.pop()

    def lateness(self, undisturbed=True):
        """[(by the clock; from the expiry and in all, by the timer unit and the plugin)] of each slot: from the
        nominal start, which is what the timer was armed for, to the first instruction."""
        slot = next(s[0] for s in self.system.slots() if s[2] == "wake")
        reading = self._reading()
        return [((time - frame - slot) / NS - reading,) + self.line.since_expiry(first)
                for _, frame, time, _, left, _, first in self.slots
                if not undisturbed or 0 < left < LIMIT]

    def timer_to_slot(self, suffix="", note="", undisturbed=True):
        """The row of lateness."""
        late = self.lateness(undisturbed)
        return both("timer_to_slot" + suffix, _mean([c for c, _, _ in late]),
                    _mean([p for _, _, p in late]), "nominal start to first instruction, worst of %d, "
                    "from the timer's interrupt %d%s; the columns: mean"
                    % (len(late), round(max(e for _, e, _ in late)), note),
                    value=max(c for c, _, _ in late))

    def partition_switch(self, suffix="", note=""):
        """The row of what lies between two partitions."""
        return both("partition_switch" + suffix, self.by_clock(),
                    _mean(self.excursions([("spin", "wake")])), "worst of %s%s" % (", ".join(
                        "%s to %s" % pair for pair in RUNNING), note),
                    value=max(self.excursions(RUNNING)))


def _fp_taken(run):
    """What the first instruction of floating point in a slot costs, the unit's owner another."""
    gap = run.constants[4]
    clock = _mean([fp / NS - run.call - gap for _, _, _, _, _, fp, _ in run.slots])
    spread = run.trace.spread(["wake"], [run.system.entry("fp_disabled")], ["wake"])
    return both("fpu_taken", clock, spread.mean, "first floating-point instruction of a slot, worst "
                "of %d" % spread.number, value=spread.most)


def _console(ctx, preset):
    """Text waits: the console's interrupts come without an end, and the timer's between them."""
    run = _Run(ctx, preset, "switch-console")
    marks = [e for e in run.trace.events if e[:2] in (("log", "first"), ("log", "timer"))]
    lengths = [e[2] - marks[i - 1][2] for i, e in enumerate(marks)
               if e[1] == "first" and e[2] > run.firsts[SKIPPED] and marks[i - 1][1] == "timer"]
    yield Number("partition_switch_console", max(lengths), plugin=max(lengths),
                 note="text of the neighbours waits: timer's entry to first instruction, worst of %d"
                 % len(lengths))
    yield run.timer_to_slot("_console", ", text of the neighbours waits", undisturbed=False)


def measure(ctx, preset):
    """partition_switch and timer_to_slot, bare and with each burden."""
    run = _Run(ctx, preset, "switch")
    yield run.partition_switch()
    yield run.timer_to_slot()
    for burden, note in BURDENS.items():
        run = _Run(ctx, preset, "switch-" + burden)
        yield run.partition_switch("_" + burden, "; " + note)
        yield run.timer_to_slot("_" + burden)
        if burden == "fpu":
            yield _fp_taken(run)
    yield from _console(ctx, preset)
