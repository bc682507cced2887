# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""When the board's timer unit reached which count, in instructions, seen from outside.

Two lists of the same accesses, made by two that know nothing of each other: the counting plugin says
behind how many instructions the hypervisor reads or writes a register of the timer unit, the emulated
unit says which value. No clock of the hypervisor's and no arithmetic of a partition is in them.
"""

import bisect
import collections
import os
import re

import bench_compare
from bench_system import NS, MeasureError

ACCESS = re.compile(r"_(readl|writel) timer:-?\d+ addr 0x([0-9a-f]+) 0x([0-9a-f]+)")
WRAP = 1 << 32
PENDING = 8     # ticks between expiry and interrupt


class Arming:
    """The one-shot timer was armed: where the counter was read before (instructions, ticks), how many
    ticks from there on were asked for, and where it began to count. So it interrupts later than asked
    for, by what lies between reading and beginning."""

    def __init__(self, read_at, read, wait, armed_at):
        self.read_at, self.armed_at = read_at, armed_at
        self.target = read + wait     # ticks


class Timeline:
    """Counter readings and expiries of the one-shot timer, in ticks and in instructions."""

    def __init__(self, board, trace, values):
        self.timer = board["timer"]
        self.tick = self.timer["tick_ns"] / NS    # in instructions
        self.read_at, self.read = [], []          # instructions, ticks
        self.armings = []
        reload = 0
        for count, store, register, value in _join(trace, values):
            if not store and register == self.timer["count"]:
                self._reading(count, ~value % WRAP)
            elif store and register == self.timer["reload"]:
                reload = value
            elif store and register == self.timer["control"] and value & self.timer["enable"]:
                # It interrupts one tick after it has reached 0.
                self.armings.append(Arming(self.read_at[-1], self.read[-1], reload + 1, count))
        self._every = list(self.armings)
        self._keep_expired()

    def _reading(self, count, ticks):
        before = self.read[-1] if self.read else 0
        self.read_at.append(count)
        self.read.append(before + (ticks - before) % WRAP)

    def _expiry(self, arming):
        """Ticks at which it interrupts."""
        return arming.target + (arming.armed_at - arming.read_at) / self.tick

    def _keep_expired(self):
        """Forget what was armed anew before it expired."""
        following = [self.ticks(a.armed_at) for a in self.armings[1:]]
        self.armings = [a for a, n in zip(self.armings, following) if self._expiry(a) <= n]
        self.armed_at = [a.armed_at for a in self.armings]

    def ticks(self, count):
        """The counter behind so many instructions, by its last reading; no waiting in between."""
        at = bisect.bisect_right(self.read_at, count) - 1
        return self.read[at] + (count - self.read_at[at]) / self.tick

    def _expired(self, count):
        """What expired last before so many instructions."""
        ticks, at = self.ticks(count), bisect.bisect_right(self.armed_at, count) - 1
        while self._expiry(self.armings[at]) > ticks:
            at -= 1
        return self.armings[at]

    def since_expiry(self, count):
        """Instructions from the timer's last expiry, and from the tick that it was armed for, to a
        later point: counted on from where it was armed, the processor has not waited since then."""
        arming = self._expired(count)
        read = self.read[bisect.bisect_right(self.read_at, arming.read_at) - 1]
        target = count - arming.read_at - (arming.target - read) * self.tick
        return target - (arming.armed_at - arming.read_at), target

    def unwatched(self, counts):
        """How many of these points (instructions) the one-shot timer had expired at, and was not armed
        again: a partition that goes on there may go on behind its slot's end."""
        armed_at = [a.armed_at for a in self._every]
        late = 0
        for count in counts:
            at = bisect.bisect_right(armed_at, count) - 1
            late += at >= 0 and self._expiry(self._every[at]) < self.ticks(count) - PENDING
        return late

    def origin(self, counts, starts, frame):
        """Ticks of a frame's start: what most armings before these points agree on, each for one of
        the starts (ns) of its frame (ns)."""
        tick = self.timer["tick_ns"]
        offsets = collections.Counter()
        for count, start in zip(counts, starts):
            offsets[(self._expired(count).target - start // tick) % (frame // tick)] += 1
        return offsets.most_common(1)[0][0]

    def behind(self, count, start, frame, origin):
        """Instructions between a nominal start and a point, by the last reading before it."""
        tick = self.timer["tick_ns"]
        return ((self.ticks(count) - origin - start // tick) % (frame // tick)) * self.tick


def _join(trace, values):
    """(instructions, store, register, value) of each access; what came before the hypervisor ran in
    its own addresses is known to the unit alone."""
    counted = [(e[2], e[4] == 1, e[3]) for e in trace.events if e[:2] == ("io", "timer")]
    said = [(m[1] == "writel", int(m[2], 16), int(m[3], 16)) for m in ACCESS.finditer(values)]
    if not counted or len(said) < len(counted):
        raise MeasureError("the timer unit tells of %d accesses, the plugin of %d"
                           % (len(said), len(counted)))
    said = said[-len(counted):]
    for (_, store, register), (wrote, there, _) in zip(counted, said):
        if (store, register) != (wrote, there):
            raise MeasureError("the timer unit and the plugin tell of different accesses")
    return [(count, store, register, value)
            for (count, store, register), (_, _, value) in zip(counted, said)]


def run(system, words):
    """Run a system: the partitions' lines, the trace and the timeline."""
    path = os.path.join(system.ctx.tmp, "timer-%s-%s.txt" % (system.preset, system.name))
    compared = system.board["timer"].get("kind") == "compare"
    more = bench_compare.words(system) if compared else \
        ["io=timer:" + system.board["timer"]["registers"]]
    sources, trace = system.run(words + more, timer=path)
    with open(path, encoding="utf-8") as source:
        values = source.read()
    os.unlink(path)
    kind = bench_compare.Timeline if compared else Timeline
    return sources, trace, kind(system.board, trace, values)
