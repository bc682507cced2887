# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Checks what `septum plan make` answered, without anything of the tool: a plan against what was wanted,
granule by granule, and the interval that is said to prove that there is none against the demand in it.

    plan_checker.py DESCRIPTION.xml PLAN.json [COST_NS]
"""

import bisect
import json
import math
import re
import sys
import xml.etree.ElementTree as ElementTree

NS = "{urn:septum:system:1}"
UNITS = {"ns": 1, "us": 1000, "ms": 1000000, "s": 1000000000}
SHORTEST = 50000


def time(text):
    """Nanoseconds of a time with a unit."""
    number, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()
    return int(number) * UNITS[unit]


def wanted(path):
    """{partition: (period, duration, deadline, [predecessors])} and [(chain's steps, limit)]."""
    root = ElementTree.parse(path).getroot()
    wants = {}
    for p in root.iter(NS + "Partition"):
        t = p.find(NS + "TemporalRequirements")
        wants[p.get("name")] = (time(t.get("period")), time(t.get("duration")),
                                time(t.get("deadline") or t.get("period")),
                                [a.get("partition") for a in t.iter(NS + "After")])
    chains = [([s.get("partition") for s in c], time(c.get("maxLatency")))
              for c in root.iter(NS + "Chain")]
    return wants, chains


class Plan:
    """Slots by partition, useful time only."""

    def __init__(self, data, cost):
        self.frame, self.wrong, self.useful = data["major_frame"], [], {}
        for cpu in data["processors"]:
            end = 0
            for s in cpu["slots"]:
                if s["start"] < end:
                    self.wrong.append("slots overlap at %d" % s["start"])
                if s["duration"] < SHORTEST:
                    self.wrong.append("a slot of %d ns at %d" % (s["duration"], s["start"]))
                end = s["start"] + s["duration"]
                if s["duration"] > cost:
                    self.useful.setdefault(s["partition"], []).append((s["start"] + cost, end))
            if end > self.frame:
                self.wrong.append("a slot ends behind the frame")

    def job(self, name, opens, closes, duration):
        """(begin, end) of a duration inside a window; end None: it is not all there."""
        got, begin = 0, None
        for a, b in self.pieces(name, opens, closes):
            begin = a if begin is None else begin
            if got + b - a >= duration:
                return begin, a + duration - got
            got += b - a
        return begin, None

    def pieces(self, name, opens, closes):
        """Useful pieces inside a window, the frame repeated."""
        slots = self.useful.get(name, [])
        for n in range(opens // self.frame, (closes - 1) // self.frame + 1):
            start = n * self.frame
            for at in range(max(0, bisect.bisect(slots, (opens - start,)) - 1), len(slots)):
                a, b = max(slots[at][0] + start, opens), min(slots[at][1] + start, closes)
                if slots[at][0] + start >= closes:
                    break
                if a < b:
                    yield a, b


def check_wants(plan, wants):
    """What each window lacks."""
    for name, (period, duration, deadline, after) in wants.items():
        if plan.frame % period:
            yield "%s: the frame is no multiple of its period" % name
        for opens in range(0, plan.frame, period):
            begin, end = plan.job(name, opens, opens + period, duration)
            if end is None or end > opens + deadline:
                yield "%s lacks time in the window at %d" % (name, opens)
                continue
            for other in after:
                last = plan.job(other, opens, opens + period, wants[other][1])[1]
                if last is None or begin < last:
                    yield "%s begins at %d before %s ends at %s" % (name, begin, other, last)


def check_chain(plan, wants, steps, limit):
    """The periods from which a chain takes too long."""
    period = wants[steps[0]][0]
    for k in range(math.lcm(plan.frame, *[wants[s][0] for s in steps]) // period):
        now = plan.job(steps[0], k * period, (k + 1) * period, wants[steps[0]][1])[1]
        for step in steps[1:]:
            mine = wants[step][0]
            window = now // mine
            begin, end = plan.job(step, window * mine, (window + 1) * mine, wants[step][1])
            if begin is None or begin < now:
                window += 1
                _, end = plan.job(step, window * mine, (window + 1) * mine, wants[step][1])
            now = end
        if now - k * period > limit:
            yield "chain %s takes %d from %d" % (">".join(steps), now - k * period, k * period)


def problems(path, data, cost):
    """Everything that is wrong with a plan."""
    wants, chains = wanted(path)
    plan = Plan(data, cost)
    found = plan.wrong + list(check_wants(plan, wants))
    for steps, limit in [] if found else chains:
        found += check_chain(plan, wants, steps, limit)
    return found


def windows(wants, chains):
    """{partition: (earliest begin, latest end)} within a period, after precedence and short chains."""
    after = {n: set(w[3]) for n, w in wants.items()}
    late = {n: w[2] for n, w in wants.items()}
    for steps, limit in chains:
        if len({wants[s][0] for s in steps}) == 1 and limit <= wants[steps[0]][0]:
            late[steps[-1]] = min(late[steps[-1]], limit)
            for a, b in zip(steps, steps[1:]):
                after[b].add(a)
    early = {n: 0 for n in wants}
    for _ in wants:   # as often as the longest way can be
        for n in wants:
            for a in after[n]:
                early[n] = max(early[n], early[a] + wants[a][1])
                late[a] = min(late[a], late[n] - wants[n][1])
    return {n: (early[n], late[n]) for n in wants}


def places(path):
    """{partition: its processor}."""
    root = ElementTree.parse(path).getroot()
    return {p.get("name"): int(p.find(NS + "TemporalRequirements").get("processor") or 0)
            for p in root.iter(NS + "Partition")}


def demand(path, processor, start, end):
    """Time that must be given on a processor inside [start, end), and the partitions that need it."""
    wants, chains = wanted(path)
    total, who, where = 0, set(), places(path)
    for name, (early, late) in windows(wants, chains).items():
        if where[name] != processor:
            continue
        period, duration = wants[name][0], wants[name][1]
        for k in range(max(0, (start - early) // period), end // period + 1):
            if k * period + early >= start and k * period + late <= end:
                total += duration
                who.add(name)
    return total, who


def main(argv):
    """A plan from a file."""
    with open(argv[2], encoding="utf-8") as source:
        found = problems(argv[1], json.load(source), int(argv[3]) if len(argv) > 3 else 0)
    print("\n".join(found) or "the plan gives what is wanted")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
