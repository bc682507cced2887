# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Boots the example linux with Debian's kernel and says whether all is as it should be."""

import json
import os
import re
import subprocess
import threading

FOLDER = os.path.join("sdk", "examples", "linux")
LIMITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "limits.json")
NS_PER_INSTRUCTION = 32
TIMEOUT = 300
ESCAPE = "\x01" * 3   # directs the console's input to the next guest

ROUNDS = 20
SCRIPT = """
echo HERE model $(cat /proc/device-tree/model)
echo HERE processors $(grep -c processor /proc/cpuinfo)
echo HERE memory $(grep 'System RAM' /proc/iomem)
for f in 27 33; do echo HERE interrupt $(grep " $f Level" /proc/interrupts | sed 's/.* //'); done
echo HERE shared $(cat /proc/device-tree/shared-area@60000000/label)
echo HERE messages $(dmesg -r | grep -c '^<[4-7]>' | sed 's/...*/many/')
echo HERE complaints $(dmesg -r | grep -c '^<[0-3]>')
dmesg -r | grep '^<[0-3]>'
exchange /proc/device-tree/shared-area@60000000 %d
""" % ROUNDS
SHELL = """
echo shell is up
sh -i
"""
FOUND = ["model linux of linux", "processors 1", "memory 48000000-57ffffff : System RAM",
         "interrupt arch_timer", "interrupt uart-pl011", "shared exchange", "messages many",
         "complaints 0"]
EXCHANGED = re.compile(r"^\[linux\] exchange: (\d+) bytes, %d rounds, ticks " % ROUNDS, re.MULTILINE)
SLOTS = re.compile(r"(\d+) slots, begun (-?\d+) to (-?\d+) ns behind their time")
REPORTS = re.compile(r"(\d+) of (\d+) reports came back")
SLOTS_MIN = 1000


class Parts:
    """What is packed: hypervisor, real-time partitions, the program for Linux."""

    def __init__(self, ctx, guest):
        self.guest = guest
        folder = ctx.build("arm64", "septum-qemu-virt")
        for target in ("control", "monitor", "program"):
            ctx.build("arm64", "example-linux-" + target)
        self.hypervisor = os.path.join(folder, "septum-qemu-virt.elf")
        self.folder = os.path.join(folder, FOLDER)
        with open(os.path.join(self.folder, "exchange"), "rb") as source:
            self.program = source.read()

    def pack(self, ctx, name, board, script):
        """One system of the example, its Linux with a ramdisk that runs the script; the image's path."""
        ramdisk, image = (os.path.join(ctx.tmp, name + end) for end in (".gz", ".elf"))
        with open(ramdisk, "wb") as out:
            out.write(self.guest.ramdisk(script, {"bin/exchange": self.program}))
        done = ctx.run([ctx.tool(), "build", "--board", board, "--hypervisor", self.hypervisor,
                        "--search-path", self.folder, "--partition", "Image=" + self.guest.kernel,
                        "--partition", "initrd.gz=" + ramdisk, "-o", image,
                        ctx.path(FOLDER, name + ".xml")])
        if not done.ok:
            raise RuntimeError(done.out)
        return image


class Verdict:
    """Output of a boot, what was good of it, and what was not."""

    def __init__(self, out):
        self.out, self.lines, self.wrong = out, [], []

    @property
    def kept(self):
        """Whether nothing is wrong."""
        return not self.wrong

    def said(self, source, begin=""):
        """What a partition said, of lines that begin with something."""
        return re.findall(r"^\[%s\] %s(.*?)[ \r]*$" % (source, begin), self.out, re.MULTILINE)

    def expect(self, what, got, wanted):
        """Notes what is other than wanted."""
        if got != wanted:
            self.wrong.append("%s: %s, not %s" % (what, got, wanted))


def _judge_slots(verdict, name, limit):
    """The slots of a real-time partition vary by a number of instructions at most."""
    found = [SLOTS.fullmatch(line) for line in verdict.said(name)]
    found = [tuple(map(int, match.groups())) for match in found if match]
    if len(found) != 1 or found[0][0] < SLOTS_MIN:
        verdict.wrong.append("%s: slots %s, at least %d are needed" % (name, found, SLOTS_MIN))
        return
    count, least, most = found[0]
    varied = (most - least) / NS_PER_INSTRUCTION
    if least < 0 or varied > limit:
        verdict.wrong.append("%s: slots begun %d to %d ns behind their time: they vary by %.0f instructions, %d are "
                             "allowed" % (name, least, most, varied, limit))
    verdict.lines.append("%s: %d slots that vary by %.0f instructions" % (name, count, varied))


def beside(ctx, parts):
    """Linux beside two real-time partitions."""
    image = parts.pack(ctx, "linux", "qemu-virt", SCRIPT)
    done = ctx.run([ctx.tool(), "run", "--timeout", str(TIMEOUT), image], timeout=TIMEOUT + 60)
    verdict = Verdict(done.out)
    with open(LIMITS, encoding="utf-8") as source:
        limit = json.load(source)["arm64"]["slot_jitter"]
    verdict.expect("status", done.code, 0)
    verdict.expect("linux", verdict.said("linux", "HERE "), FOUND)
    verdict.expect("exchanged", EXCHANGED.findall(done.out), ["16", "32", "64"])
    control = verdict.said("control")
    verdict.expect("control", control[:2],
                   ["control is up", "Linux has ended, %d requests answered" % (3 * ROUNDS)])
    verdict.lines.append("linux: at its shell, %d messages exchanged with control" % (3 * ROUNDS))
    reports = [tuple(map(int, m.groups())) for m in map(REPORTS.fullmatch, control) if m]
    if len(reports) != 1 or reports[0][0] + 2 < reports[0][1] or reports[0][0] < SLOTS_MIN:
        verdict.wrong.append("control: reports %s" % reports)
    else:
        verdict.lines.append("control: %d reports exchanged with monitor" % reports[0][0])
    for name in ("control", "monitor"):
        _judge_slots(verdict, name, limit)
    return verdict


def _talk(argv, turns):
    """Run a command that is typed to: (words that must have been seen, text) in turn; status and output."""
    lines, seen = [], ""
    with subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--"] + argv, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                          start_new_session=True) as child:
        # Should it outlive its own limit, which it must not.
        timer = threading.Timer(TIMEOUT + 60, child.kill)
        timer.start()
        try:
            for line in child.stdout:
                lines.append(line)
                seen += line
                while turns and all(word in seen for word in turns[0][0]):
                    child.stdin.write(turns.pop(0)[1])
                    child.stdin.flush()
        finally:
            timer.cancel()
            if child.poll() is None:
                child.terminate()
    return child.returncode, "".join(lines)


def twice(ctx, parts):
    """Two Linux, each at a shell, typed to one after the other."""
    image = parts.pack(ctx, "two", "qemu-virt-gicv2", SHELL)
    ask = "echo $((6*7)) $(cat /proc/device-tree/model)\n"
    status, out = _talk(
        [ctx.tool(), "run", "--stdin", "--timeout", str(TIMEOUT), image],
        [(["[first] shell is up", "[second] shell is up"], ask),
         (["[first] 42 first of two"], ESCAPE + ask),
         (["[second] 42 second of two"], "exit\n" + ESCAPE + "exit\n")])
    verdict = Verdict(out)
    verdict.expect("status", status, 0)
    for name in ("first", "second"):
        verdict.expect(name, verdict.said(name, "42 "), [name + " of two"])
        verdict.lines.append("%s: at its shell, answers what is typed" % name)
    return verdict
