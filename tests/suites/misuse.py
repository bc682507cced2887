# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Partitions that do what they must not, between neighbours that keep their slots all the same.

By how many instructions the neighbours' slots may vary: 100 where the attacker computes, waits or is being
loaded (tests/qemu/misuse/computing.json); where it makes hypercalls or faults, so that the end of its slot
may meet one, 100 more than the longest of them takes (tests/limits.json), that of ports for the attacker who
has ports, that of its interrupt controller for an unmodified operating system, and than the boundary behind it
takes, for which the kernel goes another way when it is met late. Which of its calls or faults is met is chance: an
attack meets the ends of its slots where its own rhythm lets it, and another length of any of the kernel's paths
shifts that.
"""

import glob
import json
import os
import re
import sys

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "qemu"))
import harness  # noqa: E402  (after the path is set)

TITLE = "misuse harms nobody else: the neighbours' slots begin as late as ever"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "CMakeLists.txt", "tests/qemu/misuse/**", "tests/qemu/harness.py",
         "tests/limits.json"]
ORDER = 65

FOLDER = os.path.join("tests", "qemu", "misuse")
COMPUTING = os.path.join(FOLDER, "computing.json")
LIMITS = os.path.join("tests", "limits.json")
NS = 32                # an instruction at shift 5
JITTER = 100           # instructions
LATE = 214             # more than a boundary on time takes one that is late: with CPU_LATE_NS of 0, all are
# Longest section of an unmodified operating system: all its interrupts pending, chosen anew (docs/architecture.md).
UNMODIFIED = 2400
GUEST = "guest-"
PORTS = "ports"        # the one attacker that has any
TIMEOUT = 240
NEIGHBOURS = ("west", "east")
STATEMENT = re.compile(r"(\d+) slots began (\d+) to (\d+) ns behind their frame")
# Any number of these lines may stand in any system's output, and what must not.
EVENT = re.compile(r"HM: attacker")
HARM = re.compile(r"hypervisor fault|panic|halt: (?!requested by a partition status 0)")


def attacks(ctx, isa="*"):
    """{name: source} of every attack for an architecture, or for all that are there."""
    paths = glob.glob(ctx.path(FOLDER, "attacks", "*.c")) + \
        glob.glob(ctx.path(FOLDER, "attacks", isa, "*.c"))
    return {os.path.splitext(os.path.basename(p))[0]: p for p in sorted(paths)}


def expectation(source, tmp, name):
    """The attack's expected lines, and those of every system's neighbours."""
    path = os.path.join(tmp, name + ".expected")
    extra = os.path.splitext(source)[0] + ".txt"
    with open(path, "w", encoding="utf-8") as out:
        out.write("#! timeout %d\n" % TIMEOUT)
        for neighbour in NEIGHBOURS:
            out.write("[%s] * slots began *\n" % neighbour)
        out.write("[east] the attacker was reset *\n")
        if os.path.exists(extra):
            with open(extra, encoding="utf-8") as more:
                out.write(more.read())
    return harness.Expectation(path)


def jitters(sources):
    """{neighbour: instructions between its earliest and its latest slot}."""
    found = {}
    for name in NEIGHBOURS:
        for line in sources.get(name, []):
            match = STATEMENT.fullmatch(line)
            if match:
                found[name] = (int(match[3]) - int(match[2])) / NS
    return found


def computing(ctx):
    """Names of the attacks that neither make hypercalls at the ends of their slots nor fault there."""
    with open(ctx.path(COMPUTING), encoding="utf-8") as source:
        return json.load(source)


def limit(ctx, preset, name):
    """Instructions by which the neighbours' slots may vary."""
    with open(ctx.path(LIMITS), encoding="utf-8") as source:
        limits = json.load(source)[preset]
    if name in computing(ctx):
        return JITTER
    if name.startswith(GUEST):
        return UNMODIFIED + LATE + JITTER
    if name == PORTS:   # channels of more receivers than the bench's: the longest of all sections
        return limits["section_hypercall"] + LATE + JITTER
    return max(limits["longest_hypercall_but_ports"], limits["section_fault"]) + LATE + JITTER


def run_one(ctx, preset, name, source, emulator=()):
    """Boot one attack's system and look at the neighbours."""
    label = "%s/%s" % (preset, name)
    image = harness.image_path(ctx, preset, FOLDER, "misuse-" + name)
    if not os.path.exists(image):
        return failed(label, "it was not built: %s" % image)
    wanted = expectation(source, ctx.tmp, name)
    done = harness.run_image(ctx, image, wanted, emulator=emulator)
    lines = done.sources.get("septum", [])
    done.sources["septum"] = [line for line in lines if not EVENT.match(line)]
    wrong = wanted.compare(done.sources)
    if done.status != 0:
        wrong.insert(0, "exit status %d" % done.status)
    for line in lines:
        if HARM.search(line):
            wrong.append("the hypervisor says: " + line)
    found, most = jitters(done.sources), limit(ctx, preset, name)
    for neighbour, value in found.items():
        if value > most:
            wrong.append("slots of %s vary by %.0f instructions, more than %d"
                         % (neighbour, value, most))
    if wrong:
        return failed(label, "\n".join(wrong) + "\n" + done.out[-6000:])
    return passed(label, "%s of %d" % (_numbers(found), most))


def _numbers(found):
    return ", ".join("%s varies by %.0f" % item for item in found.items())


def run(ctx):
    """One check per attack and preset."""
    for preset in ctx.presets:
        ctx.build(preset)
        mine = attacks(ctx, harness.isa_of(ctx, preset)).items()
        yield from ctx.map(lambda item, p=preset: run_one(ctx, p, *item), mine)
    unknown = sorted(set(computing(ctx)) - set(attacks(ctx)))
    if unknown:
        yield failed("computing", "%s: no such attack: %s" % (COMPUTING, " ".join(unknown)))
