# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Seeded instances for `septum plan`: what partitions want, and the description that says so."""

import math
import random

US = 1000
MS = 1000 * US
SLOT = 50 * US   # the shortest slot


class Want:
    """What one partition wants of a processor, in nanoseconds."""

    def __init__(self, period, capacity, deadline=None, after=(), processor=0):
        self.period, self.capacity, self.deadline = period, capacity, deadline or period
        self.after, self.processor = list(after), processor


class Chain:
    """Partitions one behind the other, and how long that may take."""

    def __init__(self, steps, limit):
        self.steps, self.limit = list(steps), limit


class Instance:
    """Wants and chains under a name."""

    def __init__(self, name, wants, chains=(), cost=0, granule=None):
        self.name, self.wants, self.chains = name, wants, list(chains)
        self.cost, self.granule = cost, granule

    def frame(self):
        """The hyperperiod."""
        return math.lcm(*[w.period for w in self.wants])

    def words(self):
        """Options of the command line that belong to the instance."""
        words = ["--switch-cost", "%dns" % self.cost] if self.cost else []
        return words + (["--granule", "%dns" % self.granule] if self.granule else [])

    def partition(self, index):
        """A partition's element."""
        want = self.wants[index]
        after = "".join('<After partition="p%d"/>' % a for a in want.after)
        ports = "".join('<Port name="o%d" type="sampling" direction="source"/>' % k
                        for k, c in enumerate(self.chains) if index in c.steps[:-1])
        ports += "".join('<Port name="i%d" type="sampling" direction="destination"/>' % k
                         for k, c in enumerate(self.chains) if index in c.steps[1:])
        return """    <Partition id="%d" name="p%d" flags="boot" image="p.elf">
      <Memory><Area name="ram" start="ram+%dKiB" size="8KiB" rights="rwx"/></Memory>
      <Stack vcpu="0" area="ram" size="4KiB"/>
      <TemporalRequirements period="%dns" duration="%dns" deadline="%dns" processor="%d">%s</TemporalRequirements>
      %s
    </Partition>
""" % (index, index, 1024 + 8 * index, want.period, want.capacity, want.deadline, want.processor,
       after, ports)

    def channels(self):
        """The channels that chains lead over."""
        text = ""
        for number, chain in enumerate(self.chains):
            for k, (a, b) in enumerate(zip(chain.steps, chain.steps[1:])):
                text += """    <SamplingChannel name="c%d_%d" messageSize="8B">
      <Source partition="p%d" port="o%d"/><Destination partition="p%d" port="i%d"/>
    </SamplingChannel>
""" % (number, k, a, number, b, number)
        return "  <Channels>\n%s  </Channels>\n" % text if text else ""

    def xml(self):
        """The description; its plan is still to be made."""
        cpus = 1 + max(w.processor for w in self.wants)
        processors = "".join('    <Processor id="%d">\n      <Plan name="nominal" majorFrame="1ms"/>\n'
                             "    </Processor>\n" % n for n in range(cpus))
        chains = "".join('    <Chain name="chain%d" maxLatency="%dns">%s</Chain>\n' % (
            n, c.limit, "".join('<Step partition="p%d"/>' % s for s in c.steps))
            for n, c in enumerate(self.chains))
        return """<?xml version="1.0" encoding="UTF-8"?>
<SystemDescription xmlns="urn:septum:system:1" name="%s">
  <Board name="bench"/>
  <Hypervisor start="ram" size="256KiB"/>
  <Processors>
%s  </Processors>
  <Partitions>
%s  </Partitions>
%s%s</SystemDescription>
""" % (self.name, processors, "".join(self.partition(i) for i in range(len(self.wants))),
            self.channels(), "  <Chains>\n%s  </Chains>\n" % chains if chains else "")


def uunifast(rng, count, total):
    """Loads that sum up to a total, uniformly distributed (Bini and Buttazzo, 2005)."""
    loads, left = [], total
    for n in range(count - 1, 0, -1):
        rest = left * rng.random() ** (1.0 / n)
        loads.append(left - rest)
        left = rest
    return loads + [left]


HARMONIC = [100 * 2 ** k * SLOT for k in range(10)]    # 5 ms to 2.56 s: a frame of 51200 slots
# Divisors of 100000 slots, none a multiple of all others.
OTHERS = [n * SLOT for n in (625, 800, 1000, 1250, 2000, 2500, 3125, 5000, 6250, 12500, 20000, 25000)]


def large(seed, count, periods, cost=0):
    """So many partitions with loads of 0.70 to 0.95 in all."""
    rng = random.Random(seed)
    total = rng.uniform(0.70, 0.95)
    wants = []
    for load in uunifast(rng, count, total):
        # A period in which a load of this size is at least about a slot.
        fitting = [p for p in periods if p * load >= SLOT] or [max(periods)]
        period = rng.choice(fitting)
        wants.append(Want(period, max(SLOT, int(period * load) // SLOT * SLOT)))
    return Instance("seed%d" % seed, wants, cost=cost)


def constrained(seed, count, periods):
    """The same with deadlines before the period's end, precedence and a chain: some have no plan."""
    rng = random.Random(seed)
    instance = large(rng.randrange(1 << 30), count, periods)
    instance.name = "constrained%d" % seed
    for i, want in enumerate(instance.wants):
        if rng.random() < 0.4:
            least = want.capacity + (want.period - want.capacity) * rng.choice([1, 2, 3, 4]) // 5
            want.deadline = max(want.capacity, least // SLOT * SLOT)
        same = [k for k in range(i) if instance.wants[k].period == want.period]
        if same and rng.random() < 0.3:
            want.after = [rng.choice(same)]
    return instance


def spread(seed, count, periods):
    """Two processors, each with loads of 0.70 to 0.95; some precedence, on one processor or between them."""
    rng = random.Random(seed)
    wants = []
    for processor in range(2):
        for want in large(rng.randrange(1 << 30), count, periods).wants:
            want.processor = processor
            wants.append(want)
    for i, want in enumerate(wants):
        same = [k for k in range(i) if wants[k].period == want.period and
                (seed % 4 == 0 or wants[k].processor == want.processor)]
        if same and rng.random() < 0.1:
            want.after = [rng.choice(same)]
    return Instance("spread%d" % seed, wants)


def small(seed):
    """At most 6 partitions and few slots: a solver can decide whether there is a plan."""
    rng = random.Random(seed)
    count = rng.choice([2, 2, 3, 3, 4, 5, 6])
    granule = rng.choice([SLOT, SLOT, SLOT // 2])
    cost = rng.choice([0, 1, 1]) * granule
    periods = rng.choice([[6, 12], [8], [5, 10], [4, 8], [4, 12], [3, 6, 12]])
    wants = []
    for i, load in enumerate(uunifast(rng, count, rng.uniform(0.3, 1.0 if cost == 0 else 0.8))):
        period = rng.choice(periods)
        capacity = min(period, max(1, round(load * period)))
        deadline = rng.randint(capacity, period) if rng.random() < 0.3 else period
        same = [k for k in range(i) if wants[k].period == period * granule]
        after = [rng.choice(same)] if same and rng.random() < 0.35 else []
        wants.append(Want(period * granule, capacity * granule, deadline * granule, after))
    return Instance("small%d" % seed, wants, cost=cost, granule=granule)
