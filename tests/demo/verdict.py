# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The verdict on a run of the demo, computed from what the partitions and the hypervisor printed.

guidance and telemetry print "stamp <frame> <ns>": the clock at the first instruction that they ran
in their slot of that major frame. Nominal is the mission's own plan, in system.xml. The mission is
kept when every stamp of a partition lies within LIMIT instructions of its nominal time, as far as
that follows from the partition's own earliest stamp; and when the partitions' earliest ones fit each
other to within WAY instructions, for the way from the timer to a partition's first instruction is
not the same for all (one follows an idle processor, the other a partition that computes).
"""

import re
import xml.etree.ElementTree as ElementTree

LIMIT = 100                   # instructions
WAY = 450                     # instructions: what timer_to_slot may take
SHIFT = 5                     # of the instruction clock: 2^SHIFT ns each
WITNESSES = ("guidance", "telemetry")
CULPRIT = "payload"
VICTIM = "guidance"
STAMPS_MIN = 15               # the attack comes in the sixth frame

NAMESPACE = "{urn:septum:system:1}"
UNITS = {"ns": 1, "us": 1000, "ms": 1000000, "s": 1000000000}
STAMP = re.compile(r"stamp (\d+) (\d+)")
EVENT = re.compile(r"HM: (\S+) event (\S+) action (\S+) ")
ADDRESS = re.compile(r"HM: (\S+) address (0x[0-9a-f]+) known to (\d+) bytes")


class Plan:
    """The mission's first plan: its frame and where each partition's slot starts, in ns."""

    def __init__(self, path):
        plan = ElementTree.parse(path).getroot().find(".//%sPlan" % NAMESPACE)
        self.frame = _time(plan.get("majorFrame"))
        self.start = {s.get("partition"): _time(s.get("start")) for s in plan}


def _time(text):
    match = re.fullmatch(r"(\d+)(ns|us|ms|s)", text)
    return int(match[1]) * UNITS[match[2]]


class Verdict:
    """Lines to print, and what is wrong; the mission was kept when nothing is."""

    def __init__(self):
        self.lines, self.wrong = [], []

    @property
    def kept(self):
        """Whether nothing is wrong."""
        return not self.wrong


def _offsets(plan, name, lines):
    """How far each stamp of a partition lies behind its nominal time, but for a constant."""
    stamps = [tuple(map(int, m.groups())) for m in map(STAMP.fullmatch, lines) if m]
    return stamps, [ns - frame * plan.frame - plan.start[name] for frame, ns in stamps]


def _judge_schedule(verdict, plan, sources):
    offsets = {}
    for name in WITNESSES:
        stamps, offsets[name] = _offsets(plan, name, sources.get(name, []))
        frames = [frame for frame, _ in stamps]
        if len(frames) < STAMPS_MIN:
            verdict.wrong.append("%s: %d stamps, at least %d are needed"
                                 % (name, len(frames), STAMPS_MIN))
        elif frames != list(range(frames[0], frames[0] + len(frames))):
            verdict.wrong.append("%s: its stamps leave frames out: %s" % (name, frames))
    if verdict.wrong:
        return
    first = min(min(o) for o in offsets.values())
    for name in WITNESSES:
        way = (min(offsets[name]) - first) / 2 ** SHIFT
        late = (max(offsets[name]) - min(offsets[name])) / 2 ** SHIFT
        verdict.lines.append(
            "%-10s %3d slots, each at its time to within %.0f instructions" %
            (name, len(offsets[name]), late))
        if late > LIMIT:
            verdict.wrong.append("%s: %.0f instructions late, %d are allowed"
                                 % (name, late, LIMIT))
        if way > WAY:
            verdict.wrong.append("%s: its slots are %.0f instructions from their place in the plan"
                                 % (name, way))


def _judge_fault(verdict, sources, victim_memory):
    lines = sources.get("septum", [])
    events = [m.groups() for m in map(EVENT.match, lines) if m]
    addresses = [m.groups() for m in map(ADDRESS.match, lines) if m]
    if events != [(CULPRIT, "mem-protection", "halt")]:
        verdict.wrong.append("not exactly one event, mem-protection of %s, halted: %s"
                             % (CULPRIT, events))
        return
    if len(addresses) != 1 or addresses[0][0] != CULPRIT:
        verdict.wrong.append("the fault record has no address")
        return
    address = int(addresses[0][1], 16)
    start, size = victim_memory
    verdict.lines.append("%-10s halted for an access at 0x%08x, memory of %s"
                         % (CULPRIT, address, VICTIM))
    if not start <= address < start + size:
        verdict.wrong.append("0x%x is not in the memory of %s" % (address, VICTIM))
    if any(line.startswith("READ") for line in sources.get(CULPRIT, [])):
        verdict.wrong.append("%s has read what is not its own" % CULPRIT)


def judge(plan, status, sources, victim_memory):
    """The verdict on a run: exit status, lines by source, (start, size) of the victim's memory."""
    verdict = Verdict()
    if status != 0:
        verdict.wrong.append("the run ended with status %s" % status)
    _judge_schedule(verdict, plan, sources)
    _judge_fault(verdict, sources, victim_memory)
    return verdict
