# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A system that is measured: its image, its symbols, and a run under the counting plugin."""

import glob
import json
import os
import re
import sys

from elftools.elf.elffile import ELFFile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "qemu"))
import harness  # noqa: E402  (after the path is set)
import plugin   # noqa: E402

SHIFT = 5              # of the instruction clock: an instruction takes 2^SHIFT ns
NS = 2 ** SHIFT


class MeasureError(Exception):
    """A system did not run or print as it must."""


def build_plugin(ctx):
    """The counting plugin, built when its sources are newer."""
    try:
        return plugin.build(ctx, "count", sorted(glob.glob(os.path.join(HERE, "plugin", "*.[ch]"))))
    except RuntimeError as error:
        raise MeasureError(str(error)) from error


def symbols(ctx, elf):
    """{name: address} of an ELF file."""
    done = ctx.run(["llvm-nm-19", "--defined-only", elf], split=True)
    if not done.ok:
        raise MeasureError(done.err)
    return {m[2]: int(m[1], 16) for m in re.finditer(r"^([0-9a-f]+) \w (\S+)$", done.out, re.M)}


class Spread:
    """Number, least, most and sum of some lengths."""

    def __init__(self, words=(0, 0, 0, 0)):
        self.number, self.least, self.most, self.sum = map(int, words)

    def add(self, other):
        """Another spread joins this one."""
        if other.number:
            self.least = min(self.least, other.least) if self.number else other.least
            self.most = max(self.most, other.most)
            self.number += other.number
            self.sum += other.sum

    @property
    def mean(self):
        """The average."""
        return self.sum / self.number


class Trace:
    """What the plugin wrote."""

    def __init__(self, path):
        self.windows, self.excursions, self.events, self.profile = {}, [], [], {}
        self.sections = []   # (length, first and last address) of the longest from each place
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                self._take(line.split())
        os.unlink(path)

    def _take(self, words):
        if words[:3] == ["ev", "log", "clock"]:
            words[1] = "load"
        if words[0] == "win":
            self.windows[words[1]] = Spread(words[2:])
        elif words[0] == "exc":
            self.excursions.append((words[1], int(words[2], 16), words[3], Spread(words[4:])))
        elif words[0] == "ev":
            self.events.append((words[1], words[2], int(words[3]), int(words[4], 16),
                                int(words[5])))
        elif words[0] == "pc":
            address = int(words[1], 16)
            self.profile[address] = self.profile.get(address, 0) + int(words[2])
        elif words[0] == "sec":
            self.sections.append((int(words[1]), int(words[2], 16), int(words[3], 16)))
        elif words[0] == "events" and words[2] != "whole":
            raise MeasureError("the plugin's log was cut after %s events" % words[1])

    def spread(self, sources=None, entries=None, targets=None):
        """All excursions into the hypervisor from and to these partitions by these entries."""
        total = Spread()
        for source, entry, target, spread in self.excursions:
            if (sources is None or source in sources) and (entries is None or entry in entries) and \
                    (targets is None or target in targets):
                total.add(spread)
        return total

    def counts(self, kind, name):
        """Instruction counts of the logged events of one kind and name, in order."""
        return [e[2] for e in self.events if e[0] == kind and e[1] == name]


class System:
    """One system of tests/bench/systems in the build of a preset, or an image of it with another
    hypervisor."""

    def __init__(self, ctx, preset, name, target=None, hypervisor=None):
        self.ctx, self.preset, self.name = ctx, preset, name
        self.folder = os.path.join(ctx.root, "build", preset, "tests", "bench")
        self.image = target or os.path.join(self.folder, "bench-%s.elf" % name)
        with open(os.path.join(HERE, "boards", preset + ".json"), encoding="utf-8") as source:
            self.board = json.load(source)
        self.hypervisor = hypervisor or os.path.join(ctx.root, "build", preset, "septum-%s.elf"
                                                     % self.board["board"])
        self.symbols = symbols(ctx, self.hypervisor)
        done = ctx.run([ctx.tool(), "report", "--json", "--hypervisor", self.hypervisor,
                        self.image], split=True)
        if not done.ok:
            raise MeasureError("%s: no report:\n%s" % (name, done.err))
        self.report = json.loads(done.out)

    def program(self, name):
        """The file of a partition's program."""
        return os.path.join(self.folder, self.name, name + ".elf")

    def partition_symbols(self, program):
        """Symbols of a partition's program."""
        return symbols(self.ctx, self.program(program))

    def entry(self, word):
        """Address of a kind of entry into the hypervisor: "hypercall", "timer" …"""
        symbol, offset = self.board["entries"][word]
        return self.symbols[symbol] + offset

    def addresses(self, word):
        """Addresses of a list of entries into the hypervisor: "interrupts", "undone"."""
        symbol, offsets = self.board[word]
        return [self.symbols[symbol] + offset for offset in offsets]

    def words(self, start, end):
        """(address, word) of the hypervisor's code from start to before end."""
        with open(self.hypervisor, "rb") as source:
            elf = ELFFile(source)
            order = "little" if elf.little_endian else "big"
            for section in elf.iter_sections():
                base, size = section["sh_addr"], section["sh_size"]
                if base <= start and end <= base + size and section["sh_type"] == "SHT_PROGBITS":
                    data = section.data()
                    return [(a, int.from_bytes(data[a - base:a - base + 4], order))
                            for a in range(start, end, 4)]
        raise MeasureError("no code at %#x" % start)

    def slots(self):
        """(start in ns, duration, partition) of each slot of plan 0."""
        plan = self.report["plans"][0]
        return [(s["start"], s["duration"], s.get("partition")) for s in plan["processors"][0]["slots"]]

    @property
    def frame(self):
        """Major frame of plan 0 in ns."""
        return self.report["plans"][0]["major_frame"]

    def place(self, address):
        """What is at an address: a partition, or a function of the hypervisor."""
        for partition in self.report["partitions"]:
            for area in partition["areas"]:
                if 0 <= address - int(area["virtual"], 16) < area["size"]:
                    return "partition"
        for word in self.board["entries"]:
            if self.entry(word) == address:
                return word
        base, name = max((a, n) for n, a in self.symbols.items() if a <= address)
        return name if base == address else "%s+%#x" % (name, address - base)

    def _domains(self):
        words = ["hyp=hypervisor:%s" % self.board["hypervisor"]]
        words += ["undo=%#x" % address for address in self.addresses("undone")]
        words += ["cut=interrupt:%#x" % address for address in self.addresses("interrupts")]
        words += ["cut=%s:%#x" % (name, self.symbols[name]) for name in self.board["polls"]]
        words += ["mark=%s:%#x" % (name, self.symbols[name]) for name in self.board["marks"]]
        for p in self.report["partitions"]:
            area = next(a for a in p["areas"] if a["name"] == "ram")
            start = int(area["virtual"], 16)
            words.append("dom=%s:%#x-%#x" % (p["name"], start, start + area["size"]))
        return words

    def instructions(self, pattern):
        """Addresses of the hypervisor's instructions that match."""
        done = self.ctx.run(["llvm-objdump-19", "-d", "--no-show-raw-insn", self.hypervisor], split=True)
        return [int(m[1], 16) for m in re.finditer(r"^ *([0-9a-f]+):\s+%s" % pattern, done.out, re.M)]

    def _clock(self):
        """Where the clock is read: a register at an address, or instructions."""
        clock = self.board["clock"]
        if clock.startswith("0x"):
            return ["load=clock:" + clock]
        return ["log=clock:%#x" % address for address in self.instructions(clock)]

    def run(self, words=None, timeout=120, timer=None):
        """Run it; returns the partitions' lines by partition, and the trace if words are given.

        timer names a file for what the emulator's timer unit says of itself."""
        argv = [self.ctx.tool(), "run", "--shift", str(SHIFT), "--timeout", str(timeout), self.image,
                "--"] + harness.STEADY
        out = os.path.join(self.ctx.tmp, "count-%s-%s.txt" % (self.preset, self.name))
        if words is not None:
            argv += ["-plugin", ",".join([build_plugin(self.ctx), "out=" + out] + self._clock() +
                                               self._domains() + words)]
        if timer is not None:
            argv += ["-trace", self.board["timer"]["events"], "-D", timer]
        done = self.ctx.run(argv, timeout=timeout + 30)
        sources = harness.split_sources(done.out)
        if done.code != 0:
            raise MeasureError("%s: status %s\n%s" % (self.name, done.code, done.out[-4000:]))
        return sources, Trace(out) if words is not None else None


def numbers(lines, word):
    """The words behind `word` of each line that begins with it, numbers as such."""
    rows = []
    for line in lines:
        parts = line.split()
        if parts and parts[0] == word:
            rows.append([int(p) if re.fullmatch(r"-?\d+", p) else p for p in parts[1:]])
    if not rows:
        raise MeasureError("no line '%s' in:\n%s" % (word, "\n".join(lines[:50])))
    return rows
