#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Makes the corpora from which fuzz_cfgfile and fuzz_logfile start: make_corpus.py [FOLDER]."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "tools"))
import cfgwriter  # noqa: E402  (after the path is set)
import fixtures  # noqa: E402
import flightlog  # noqa: E402
import logwriter  # noqa: E402


def smallest():
    """One processor, one plan, one partition with nothing in it."""
    b = fixtures.Builder()
    b.add("system", hypervisor_size=1 << 20, name="s", board="b", cpus=(0, 1), partitions=(0, 1),
          vcpus=(0, 1), plan_count=1)
    b.add("cpu", plans=(0, 1))
    b.add("plan", major_frame=1000000, name="p", slots=(0, 1))
    b.add("slot", duration=1000000)
    b.add("vcpu")
    b.add("partition", name="a", vcpus=(0, 1), actions=b.many("action", fixtures.actions()))
    return b.records


def placed(big):
    """A small memory as the configuration has it: channels and ports, logbooks where they must lie, records
    of every class but calls, events of the health monitor."""
    source = flightlog.Flight(3)
    b = source.described(big, records=16, log_records=8)
    b.records["partition"][1].update(trace_records=0, trace_mask=0)
    log = logwriter.book(logwriter.HM, 0, 8, source.hm, big)
    calls = [logwriter.NUMBER[w] for w in ("hypercall", "hypercall-end")]
    books = b"".join(logwriter.book(logwriter.TRACE, stream, 16, [
        r for r in source.streams[stream] if r["event"] not in calls], big, logwriter.ALL)
        for stream in (3, 1, 0))
    state = bytes(64)
    b.records["system"][0].update(arena_size=len(books + state + log),
                                  behind_traces=len(state + log))
    config = cfgwriter.write(b.records, arch=1 if big else 2, big_endian=big)
    return logwriter.recording(fixtures.ARENA - len(config), config + books + state + log)


def recordings():
    """(name, bytes) of small memories with logbooks: with a configuration, bare, wrapped, damaged."""
    for big in (True, False):
        yield "flight-" + ("big" if big else "little"), placed(big)
        order = "big" if big else "little"
        flight = flightlog.Flight(1)
        log = logwriter.book(logwriter.HM, 0, 8, flightlog.Flight(3).hm, big)
        behind = 0x1800 - len(log)
        records = smallest()
        records["system"][0].update(trace_records=16, trace_mask=63, log_records=8,
                                    arena_start=0x400, arena_size=0x1400, blobs_start=0x1800,
                                    behind_traces=len(log))
        records["partition"][0].update(trace_records=16, trace_mask=63)
        config = cfgwriter.write(records, arch=1 if big else 2, big_endian=big)
        books = [logwriter.book(logwriter.TRACE, stream, 16, rows[:20], big, logwriter.ALL)
                 for stream, rows in flight.streams.items()]
        yield "all-" + order, logwriter.recording(0, logwriter.memory(0x1800, [
            (0, config), (behind - 0x220, books[0]), (behind - 0x440, books[1]), (behind, log)]))
        yield "bare-" + order, b"".join(books) + log
        yield "count-" + order, logwriter.book(logwriter.TRACE, 1, 16, flight.streams[1], big,
                                               logwriter.ALL, count=5)
        # One head whose records hold another's, and two of one logbook.
        outer = bytearray(logwriter.book(logwriter.TRACE, 2, 64, flight.streams[2], big))
        outer[0x400:0x400 + len(books[1])] = books[1]
        yield "rivals-" + order, bytes(outer) + books[1] + books[1]
        yield "head-" + order, logwriter.book(logwriter.TRACE, 1, 16, [], big,
                                              head={"capacity": 1 << 28}) + books[0]


def main(folder):
    make_configurations(os.path.join(folder, "fuzz_cfgfile"))
    os.makedirs(os.path.join(folder, "fuzz_logfile"), exist_ok=True)
    for name, data in recordings():
        fixtures.write(os.path.join(folder, "fuzz_logfile"), name + ".rec", data)


def make_configurations(folder):
    os.makedirs(folder, exist_ok=True)
    systems = {"smallest": smallest(), "flight": fixtures.flight().records}
    for name, records in systems.items():
        for order, big in (("big", True), ("little", False)):
            data = cfgwriter.write(records, arch=1 if big else 2, big_endian=big)
            fixtures.write(folder, f"{name}-{order}.cfg", data)
    # Only a header with empty sections.
    fixtures.write(folder, "empty.cfg", cfgwriter.write({}))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, "corpus"))
