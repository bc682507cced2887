# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A flight of the made-up system, recorded: traces of everything, a health monitor's log, in memory."""

import json

import jsonschema

import cfgwriter
import fixtures
import logwriter
from fixtures import ms
from logwriter import HYPERVISOR, REGISTERS

ARENA_AT, ARENA_SIZE = 0x20000, 0x1c000     # in the memory
STATE_BYTES = 0x3000    # between traces and log: partitions, vCPUs, channels with their messages
NOMINAL = [(0, 6, 0, 0), (6, 6, 1, 1), (12, 4, 2, 2), (16, 2, 0, 3)]


def decoded(tool, path, *words):
    """The JSON of a recording, checked against its schema."""
    done = tool.run("trace", path, "--json", *words)
    assert (done.code, done.err) == (0, ""), done.err
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(tool.schema("trace.schema.json")).validate(data)
    return data


class Flight:
    """Records of each stream, in the order of their writing: [{time, event, ...}]."""

    def __init__(self, frames=6):
        self.streams = {0: [], 1: [], 2: [], 3: []}
        self.hm = []
        self.sent = 0
        for frame in range(frames):
            self.frame(ms(20) * frame, frame)

    def add(self, stream, time, word, *words, cpu=0, vcpu=0, partition=None):
        if partition is None:
            partition = HYPERVISOR if stream == 0 else stream - 1
        self.streams[stream].append({
            "time": time, "event": logwriter.NUMBER[word], "cpu": cpu, "vcpu": vcpu,
            "partition": partition, "words": [w % (1 << 32) for w in words]})

    def call(self, stream, time, number, status, *arguments):
        self.add(stream, time, "hypercall", number, *arguments)
        self.add(stream, time + 9000, "hypercall-end", number, status)

    def frame(self, at, frame):
        """One major frame: slots, calls in them, a message down and one up."""
        for start, duration, partition, slot in NOMINAL:
            begin = at + ms(start)
            self.add(0, begin, "slot", slot, 0, 0, partition=partition)
            self.add(1 + partition, begin + 700, "slot", slot, 0, 0)
            self.add(1 + partition, begin + 2000, "virq", 3)
            for n in range(3):
                self.call(1 + partition, begin + 50000 + n * duration * 250000, 1, 0, n, 0x40100000)
        self.add(0, at + ms(18), "gap", 3, 0, 0)
        self.add(0, at + ms(7), "irq", 8)
        self.sent += 1
        self.add(1, at + ms(1), "write", 0, 64, self.sent)
        self.add(2, at + ms(8), "read", 0, 64, self.sent)
        self.add(3, at + ms(13), "read", 0, 64, self.sent)
        self.add(3, at + ms(14), "write", 1, 33, self.sent)
        self.add(1, at + ms(17), "read", 1, 33, self.sent)
        self.add(2, at + ms(9), "event", 0xbeef, frame, 7)
        if frame == 2:
            self.fault(at + ms(15))
            self.add(3, at + ms(15) + 4000, "hm-event", 1, 2, 9)
            self.add(3, at + ms(15) + 5000, "state", 2, 2, 0)
            self.add(0, at + ms(19), "plan-switch", 1, 0)
            self.call(2, at + ms(11), 38, -7, 2)
        for stream in self.streams.values():
            stream.sort(key=lambda record: record["time"])

    def fault(self, time):
        self.hm.append({"time": time, "partition": 2, "event": 1, "action": 2, "code": 9,
                        "detail": 0x126, "granule": 4096, "pc": 0x40301234, "address": 0xdeadbeec,
                        "register_count": REGISTERS, "registers": [0x1000 + i for i in range(REGISTERS)]})
        self.hm.append({"time": time + 10, "partition": HYPERVISOR, "event": 13, "action": 6,
                        "code": 2, "pc": 0x40000100})

    def described(self, big=True, records=256, log_records=16):
        """Records of the configuration that describes these logbooks."""
        b = fixtures.flight()
        log = len(logwriter.book(logwriter.HM, 0, log_records, [], big))
        b.records["system"][0].update(trace_records=records, trace_mask=logwriter.ALL,
                                      log_records=log_records, arena_size=ARENA_SIZE,
                                      behind_traces=STATE_BYTES + log)
        for p in b.records["partition"]:
            p.update(trace_records=records, trace_mask=logwriter.ALL)
        return b

    def config(self, big=True, **sizes):
        """That configuration, of a machine whose words are as long as logwriter's."""
        return cfgwriter.write(self.described(big, **sizes).records, arch=1 if big else 2,
                               big_endian=big)

    def books(self, big=True, records=256, log_records=16):
        """[(offset, bytes)] of the logbooks, as the kernel takes them from the arena's end."""
        log = logwriter.book(logwriter.HM, 0, log_records, self.hm, big)
        at = ARENA_AT + ARENA_SIZE - len(log)
        pieces = [(at, log)]
        at -= STATE_BYTES
        for stream, rows in self.streams.items():
            data = logwriter.book(logwriter.TRACE, stream, records, rows, big, logwriter.ALL)
            at -= len(data)
            pieces.append((at, data))
        assert at > ARENA_AT
        return pieces

    def memory(self, big=True, config=True, **sizes):
        """The hypervisor's memory."""
        pieces = self.books(big, **sizes)
        if config:
            pieces.append((0x10000, self.config(big, **sizes)))
        return logwriter.memory(0x80000, pieces)

    def recording(self, **how):
        return logwriter.recording(fixtures.START, self.memory(**how))
