# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What the schedulers are to do, unit of time by unit of time, from the manual's page on pools alone; and random
descriptions to compare with."""

import random

UNIT = 500000   # ns; every time of the descriptions is a multiple


class Vcpu:
    """A vCPU: its slots' owner, or in the pool; times in units."""

    def __init__(self, name, period=0, capacity=0, deadline=0, offset=0, pooled=True, load=100):
        self.name, self.period, self.capacity = name, period, capacity
        self.deadline, self.offset, self.pooled, self.load = deadline, offset, pooled, load
        self.release = self.due = self.left = self.todo = 0
        self.open = False
        self.jobs = {"released": 0, "finished": 0, "overruns": 0, "missed": 0}
        self.responses = []
        self.time = 0


class System:
    """One plan [(start, end, vCPU's index or None: the pool)] and its vCPUs; real-time ones stand first."""

    def __init__(self, frame, slots, vcpus, quantum):
        self.frame, self.slots, self.vcpus, self.quantum = frame, slots, vcpus, quantum
        self.turn, self.turn_left = 0, 0

    def release(self, now):
        """Jobs that are released now."""
        for v in self.vcpus:
            if v.period and now >= v.offset and (now - v.offset) % v.period == 0:
                v.release, v.due, v.left, v.open = now, now + v.deadline, v.capacity, True
                v.jobs["released"] += 1

    def in_pool(self):
        """Who runs in a unit of a pool's slot."""
        jobs = [v for v in self.vcpus if v.open]
        if jobs:
            return min(jobs, key=lambda v: v.due)   # the first of equal ones
        others = [v for v in self.vcpus if v.pooled and not v.period]
        if not others:
            return None
        if self.turn_left == 0:
            self.turn = (self.turn + 1) % len(others)
            self.turn_left = self.quantum
        self.turn_left -= 1
        return others[self.turn]

    def run(self, length):
        """[(start, end, index of the vCPU)]: who had the processor."""
        spans = []
        for now in range(length):
            for v in self.vcpus:
                if v.open and now >= v.due:
                    v.open = False
                    v.jobs["missed"] += 1
            self.release(now)
            slot = next((s for s in self.slots if s[0] <= now % self.frame < s[1]), None)
            who = None
            if slot is not None:
                who = self.in_pool() if slot[2] is None else self.vcpus[slot[2]]
            if who is None:
                continue
            index = self.vcpus.index(who)
            if spans and spans[-1][1] == now and spans[-1][2] == index:
                spans[-1][1] = now + 1
            else:
                spans.append([now, now + 1, index])
            who.time += 1
            if who.open:
                self.compute(who, now)
        return spans

    @staticmethod
    def compute(v, now):
        """A unit of a job: it ends when it has done what it wants, else when its capacity is used up."""
        if v.todo == 0:
            v.todo = v.capacity * v.load // 100
        v.todo -= 1
        v.left -= 1
        if v.todo == 0:
            v.open = False
            v.jobs["finished"] += 1
            v.responses.append(now + 1 - v.release)
        elif v.left == 0 and now + 1 < v.due:   # at its deadline it is that which ends it
            v.open = False
            v.jobs["overruns"] += 1

    def xml(self, board):
        """The description."""
        slots = "".join('        <Slot start="%dns" duration="%dns" %s/>\n' % (
            a * UNIT, (b - a) * UNIT, 'pool="shared"' if w is None else 'partition="%s"' % self.vcpus[w].name)
            for a, b, w in self.slots)
        partitions = ""
        for n, v in enumerate(self.vcpus):
            vcpu = '<Vcpu pool="shared"/>' if v.pooled else ""
            if v.period:
                vcpu = '<Vcpu pool="shared" period="%dns" capacity="%dns" deadline="%dns" offset="%dns"/>' % (
                    v.period * UNIT, v.capacity * UNIT, v.deadline * UNIT, v.offset * UNIT)
            partitions += """    <Partition id="%d" name="%s" flags="boot" image="p.elf">
      <Memory><Area name="ram" start="ram+%dKiB" size="8KiB" rights="rwx"/></Memory>
      <Stack vcpu="0" area="ram" size="4KiB"/>
      %s
    </Partition>
""" % (n, v.name, 1024 + 8 * n, vcpu)
        return """<?xml version="1.0" encoding="UTF-8"?>
<SystemDescription xmlns="urn:septum:system:1" name="simulated">
  <Board name="%s"/>
  <Hypervisor start="ram" size="512KiB"/>
  <Processors>
    <Processor id="0">
      <Plan name="only" majorFrame="%dns">
%s      </Plan>
    </Processor>
  </Processors>
  <Pools>
    <Pool name="shared" processor="0" quantum="%dns"/>
  </Pools>
  <Partitions>
%s  </Partitions>
</SystemDescription>
""" % (board, self.frame * UNIT, slots, self.quantum * UNIT, partitions)


def instance(seed):
    """A random system; it may be one that is not admitted."""
    rng = random.Random(seed)
    frame = rng.choice([20, 40])
    cyclic = rng.random() < 0.5
    vcpus = []
    for n in range(rng.randint(1, 4)):
        period = rng.choice([10, 16, 20, 40, 80])
        deadline = period - rng.choice([0, 0, 2, 4])
        capacity = min(deadline, rng.choice([1, 2, 3, 4, 6, 8]))
        load = rng.choice([100, 100, 50, 150] if capacity % 2 == 0 else [100, 200])
        vcpus.append(Vcpu("t%d" % n, period, capacity, deadline, rng.choice([0, 0, rng.randrange(8)]), load=load))
    for n in range(rng.randint(0, 3)):
        vcpus.append(Vcpu("b%d" % n))
    slots = [(0, frame, None)]
    if cyclic:
        vcpus.append(Vcpu("slots", pooled=False))
        gap = rng.choice([0, 1])
        slots = [(0, frame // 2 - 3 - gap, None), (frame // 2 - 3, frame // 2, len(vcpus) - 1),
                 (frame // 2, frame, None)]
    return System(frame, slots, vcpus, rng.choice([2, 3, 8]))
