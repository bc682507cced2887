# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The verdict on a run of the demo, computed from what the partitions and the hypervisor printed.

guidance and telemetry print "stamp <frame> <frame start> <ns>": where the frame began, as the
hypervisor says, and the clock at the first instruction that they ran in their slot of that frame.
A slot's nominal time is its frame's start and, from the mission's own plan in system.xml, the slot's.
The mission was kept when

- frame starts are exactly one major frame apart, and the same for both partitions;
- no stamp is before its slot's nominal time, and none further behind it than the way from the timer
  to a partition's first instruction may be, and the partition's own instructions up to the stamp;
- the stamps of a partition vary by LIMIT instructions at most.
"""

import json
import os
import re
import xml.etree.ElementTree as ElementTree

LIMIT = 100                   # instructions: by how much the stamps of a partition may vary
OWN = 550                     # instructions of the partition from its first one to the stamp: its
                              # interrupt's way to the handler, and sep_get_time() up to the clock
SHIFT = 5                     # of the instruction clock: 2^SHIFT ns each
LIMITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "limits.json")
WITNESSES = ("guidance", "telemetry")
CULPRIT = "payload"
VICTIM = "guidance"
STAMPS_MIN = 15               # the attack comes in the sixth frame

NAMESPACE = "{urn:septum:system:1}"
UNITS = {"ns": 1, "us": 1000, "ms": 1000000, "s": 1000000000}
STAMP = re.compile(r"stamp (\d+) (\d+) (\d+)")
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


def way(preset):
    """Instructions that may lie between a slot's nominal time and the stamp in it."""
    with open(LIMITS, encoding="utf-8") as source:
        return json.load(source)[preset]["timer_to_slot"] + OWN


def _judge_frames(verdict, plan, name, stamps):
    """The frames that a partition saw: enough, one after the other, and one major frame apart."""
    frames = [frame for frame, _, _ in stamps]
    if len(frames) < STAMPS_MIN:
        verdict.wrong.append("%s: %d stamps, at least %d are needed"
                             % (name, len(frames), STAMPS_MIN))
    elif frames != list(range(frames[0], frames[0] + len(frames))):
        verdict.wrong.append("%s: its stamps leave frames out: %s" % (name, frames))
    elif any(start != stamps[0][1] + n * plan.frame for n, (_, start, _) in enumerate(stamps)):
        verdict.wrong.append("%s: frame starts are not %d ns apart: %s"
                             % (name, plan.frame, [start for _, start, _ in stamps]))


def _judge_slots(verdict, plan, name, stamps, limit):
    """How far each stamp of a partition lies behind its slot's nominal time."""
    behind = [(ns - start - plan.start[name]) / 2 ** SHIFT for _, start, ns in stamps]
    least, most = min(behind), max(behind)
    wrong = []
    if least < 0 or most > limit:
        wrong.append("%s: its slots begin %.0f to %.0f instructions from their place in the plan, "
                     "0 to %d are allowed" % (name, least, most, limit))
    if most - least > LIMIT:
        wrong.append("%s: its slots vary by %.0f instructions, %d are allowed"
                     % (name, most - least, LIMIT))
    if not wrong:
        verdict.lines.append("%-10s %3d slots, each begun %.0f to %.0f instructions behind its time"
                             % (name, len(behind), least, most))
    verdict.wrong += wrong


def _judge_schedule(verdict, plan, sources, limit):
    stamps = {name: [tuple(map(int, m.groups()))
                     for m in map(STAMP.fullmatch, sources.get(name, [])) if m]
              for name in WITNESSES}
    for name in WITNESSES:
        _judge_frames(verdict, plan, name, stamps[name])
    if verdict.wrong:
        return
    origins = {start - frame * plan.frame for of in stamps.values() for frame, start, _ in of}
    if len(origins) != 1:
        verdict.wrong.append("%s do not agree on where the frames began" % " and ".join(WITNESSES))
    for name in WITNESSES:
        _judge_slots(verdict, plan, name, stamps[name], limit)


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


def judge(plan, limit, status, sources, victim_memory):
    """The verdict on a run: exit status, lines by source, (start, size) of the victim's memory.

    The limit is what way() says of the preset."""
    verdict = Verdict()
    if status != 0:
        verdict.wrong.append("the run ended with status %s" % status)
    _judge_schedule(verdict, plan, sources, limit)
    _judge_fault(verdict, sources, victim_memory)
    return verdict
