# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""bench_timeline for a timer that is a comparison with a counter, where a tick is an instruction.

The counter's readings are seen by nobody. But the emulated timer says what it is compared with, and the
counting plugin behind how many instructions that was written. The counter goes on by one with every
instruction and stops for none, but jumps while the processor waits: what ends a wait by the timer, and
the first interrupt, say where it stands then.
"""

import bisect
import collections
import re

from bench_system import MeasureError

WRITTEN = re.compile(r"gt_cval_write: timer (\d+) value 0x([0-9a-f]+)")
NEVER = (1 << 64) - 1
PENDING = 8     # ticks between expiry and interrupt
SOON = 500      # instructions

Fired = collections.namedtuple("Fired", "taken_at expired_at target")


class Timeline:
    """Comparisons and expiries, in ticks and in instructions."""

    def __init__(self, board, trace, values):
        self.tick = 1
        self.tick_ns = board["timer"]["tick_ns"]
        self.anchor_at, self.anchors = [], []   # instructions, ticks
        self.armed_at, self.targets = [], []    # None: never
        self.fired = []
        self._walk(trace, [int(m[2], 16) for m in WRITTEN.finditer(values)
                           if int(m[1]) == board["timer"]["index"]])
        self.taken_at = [f.taken_at for f in self.fired]

    def _anchor(self, count, ticks):
        self.anchor_at.append(count)
        self.anchors.append(ticks)

    def _walk(self, trace, values):
        events = [e[1:3] for e in trace.events if e[0] == "log" and e[1] in ("armed", "woke", "interrupt")]
        if sum(name == "armed" for name, _ in events) != len(values):
            raise MeasureError("the timer tells of %d comparisons, the plugin of %d"
                               % (len(values), sum(name == "armed" for name, _ in events)))
        values, woke, lost = iter(values), None, True
        for name, count in events:
            target = self.targets[-1] if self.targets else None
            if name == "woke":
                woke, lost = count, True
            elif name == "interrupt" and lost and target is not None:
                self._anchor(count, target)
                lost = False
            elif name == "armed":
                value = next(values)
                if value == NEVER and target is not None:
                    if woke is not None:
                        self._anchor(woke, target)
                        lost = False
                    self._fire(count, woke, target)
                    woke = None
                self.armed_at.append(count)
                self.targets.append(None if value == NEVER else value)

    def _fire(self, count, woke, target):
        if self.anchor_at:
            expired = self.anchor_at[-1] + target - self.anchors[-1]
            self.fired.append(Fired(count, expired if woke is None else woke, target))

    def ticks(self, count):
        """The counter behind so many instructions; no waiting in between."""
        at = bisect.bisect_right(self.anchor_at, count) - 1
        return self.anchors[at] + count - self.anchor_at[at]

    def _expired(self, count):
        """What expired last before so many instructions."""
        return self.fired[bisect.bisect_right(self.taken_at, count) - 1]

    def since_expiry(self, count):
        """Instructions from the timer's last expiry, which is the tick that it was armed for."""
        since = count - self._expired(count).expired_at
        return since, since

    def unwatched(self, counts):
        """How many of these points the timer had expired at, and was not armed again."""
        late = 0
        for count in counts:
            at = bisect.bisect_right(self.armed_at, count) - 1
            late += at >= 0 and (self.targets[at] is None or
                                 (self.targets[at] < self.ticks(count) - PENDING and
                                  not self._fires_soon(at, count)))
        return late

    def _fires_soon(self, at, count):
        """Whether a comparison's interrupt comes right behind a point: a level that stands cannot be lost, and the
        ticks of the point are as inexact as instructions were counted twice since the last interrupt."""
        return at + 1 < len(self.targets) and self.targets[at + 1] is None and \
            self.armed_at[at + 1] - count < SOON

    def origin(self, counts, starts, frame):
        """Ticks of a frame's start: what most expiries before these points agree on, each for one of
        the starts (ns) of its frame (ns)."""
        offsets = collections.Counter()
        for count, start in zip(counts, starts):
            offsets[(self._expired(count).target - start // self.tick_ns) % (frame // self.tick_ns)] += 1
        return offsets.most_common(1)[0][0]

    def behind(self, count, start, frame, origin):
        """Instructions between a nominal start and a point."""
        return (self.ticks(count) - origin - start // self.tick_ns) % (frame // self.tick_ns)


def words(system):
    """What the plugin is to log."""
    timer = system.board["timer"]
    return ["log=armed:%#x" % a for a in system.instructions(timer["arm"])] + \
        ["log=woke:%#x" % (a + 4) for a in system.instructions(timer["wait"])] + \
        ["log=interrupt:%#x" % a for a in system.addresses("interrupts")]
