# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hellfire's published experiments rebuilt: `./dev bench hellfire`.

C. Moratelli: times on a MIPS M5150 of 50 MHz. Septum's are times by QEMU's instruction clock, 32 ns for each
instruction. Both are printed, neither is turned into the other."""

import json
import os
import re
import statistics

from bench_system import MeasureError, System, numbers
import harness
from hellfire import page

# Dispatch of a real-time vCPU, us: its number; average, standard deviation, median, 95th percentile.
DISPATCH = {1: (88.35, 4.84, 85, 94), 4: (88.66, 12.75, 91.9, 103.2), 8: (91.44, 16.31, 97.45, 111)}
DISPATCH_COLUMNS = ("mean", "stdev", "median", "95th")
# The real-time service beside pings, ms: what is published of encoding and of decoding (average, standard deviation,
# worst) and of the pings' round trips (the same with the 95th percentile before the worst); our systems, of the service
# and of the pings where they are not the same.
SERVICE = {
    "alone": ((1366.58, 134.21, 1487), (1068.94, 133.1, 1189), (1.073, 0.107, 1.24, 3.25), "masked", "native"),
    "deferred": ((1375.27, 133.16, 1488), (1082.17, 148.63, 1189), (13.37, 15.1, 45.5, 66.6), "deferred", None),
    "fast_preemptible": ((2004.25, 546.48, 2997), (1505.45, 497.15, 2677), (2.077, 4.8, 1.74, 63.6),
                         "preemptible", None),
    "fast_not_preemptible": ((1378.48, 132.55, 1490), (1081.0, 132.12, 1188), (3.60, 7.26, 20.81, 65.8),
                             "not-preemptible", None)}
SERVICE_COLUMNS, PING_COLUMNS = ("mean", "stdev", "worst"), ("mean", "stdev", "95th", "worst")
# Of the codes of the first samples and of what is decoded from them, as Python's audioop gives them, too.
SUMS = [622224084, 622711111]
# Delays of an interrupt by policy; published are curves, and in words a number here and there: of the median, of the
# most with n partitions.
PARTITIONS = (2, 4, 6)
POLICIES = {"deferred": (None, lambda n: (n - 1) * 30), "recycle": (0.7, None), "recycle_half": (None, None),
            "reset": (1, None), "reset_half": (None, None)}
DELAY_COLUMNS = ("median", "95th", "most")
WAIT = "sep_periodic_wait"
LOADED = 0.5     # of the releases: from there on nothing is loaded any more
MS = 1e6         # ns


def _row(preset, name, value, unit, published, published_unit, note=""):
    row = {"preset": preset, "name": "hellfire_" + name, "value": value, "unit": unit, "published": published,
           "published_unit": published_unit}
    return dict(row, note=note) if note else row


def percentile(values, percent):
    """The least value that so many percent of all do not exceed."""
    return sorted(values)[-(-len(values) * percent // 100) - 1]


def _resumed(ctx, system):
    """Where a vCPU goes on behind its wait for the next release."""
    done = ctx.run(["llvm-objdump-19", "-d", "--no-show-raw-insn", "--disassemble-symbols=" + WAIT,
                    system.program("edf")], split=True)
    found = re.findall(r"^ *([0-9a-f]+):\s+(?:ta|hvc)\b", done.out, re.M)
    if len(found) != 1:
        raise MeasureError("%s makes %d calls:\n%s" % (WAIT, len(found), done.out + done.err))
    return int(found[0], 16) + 4


def dispatches(ctx, preset, size):
    """Instructions from the timer's interrupt to the first one of the vCPU that it releases, of each release."""
    system = System(ctx, preset, "edf-%d" % size)
    _, trace = system.run(["log=timer:%#x" % system.entry("timer"), "log=resumed:%#x" % _resumed(ctx, system)])
    lengths, begin = [], None
    for kind, name, count, *_ in trace.events:
        if kind == "log" and name == "timer":
            begin = count
        elif kind == "log" and name == "resumed" and begin is not None:
            lengths.append(count - begin)
            begin = None
    lengths = lengths[int(len(lengths) * LOADED):]
    if len(lengths) < 8 * size:
        raise MeasureError("only %d releases of %d vCPUs" % (len(lengths), size))
    return lengths


def dispatch_rows(ctx, preset):
    """The published table of dispatches."""
    for size, published in DISPATCH.items():
        lengths = dispatches(ctx, preset, size)
        ours = (round(statistics.fmean(lengths), 1), round(statistics.pstdev(lengths), 1),
                statistics.median_low(lengths), percentile(lengths, 95))
        for name, value, said in zip(DISPATCH_COLUMNS, ours, published):
            yield _row(preset, "dispatch_%d_%s" % (size, name), value, "instructions", said, "us",
                       "of %d releases" % len(lengths) if name == "mean" else "")


def _run(ctx, preset, name):
    """Lines of each partition of one of the systems."""
    folder = os.path.join(ctx.root, "build", preset, "tests")
    system = System(ctx, preset, "hellfire-" + name, os.path.join(folder, "bench", "hellfire", "hellfire-%s.elf" % name),
                    os.path.join(folder, "qemu", "board", "septum-%s-test.elf" % harness.board_of(ctx, preset)))
    sources, _ = system.run(timeout=300)
    events = [line for line in sources.get("septum", []) if line.startswith("HM: ")]
    if events:
        raise MeasureError("hellfire-%s: %s" % (name, "\n".join(events)))
    return sources


def _rounds(sources):
    """Times of encodings, of decodings, in ms; and the most processor time of either."""
    lines = sources["service"]
    if numbers(lines, "sums") != [SUMS]:
        raise MeasureError("the sound is coded wrongly: %s instead of %s" % (numbers(lines, "sums"), SUMS))
    columns = list(zip(*numbers(lines, "round")))
    return [[value / MS for value in column] for column in (columns[0], columns[2])], \
        [max(column) / MS for column in (columns[1], columns[3])]


def _pings(sources):
    """Times from each ping to its being seen, to its answer, in ms."""
    return [[value / MS for value in column] for column in zip(*numbers(sources["network"], "ping"))]


def _spread(values):
    return [statistics.fmean(values), statistics.pstdev(values), max(values)]


def service_rows(ctx, preset, case):
    """One row of the published table of the real-time service."""
    encoding, decoding, ping, name, native = SERVICE[case]
    sources = _run(ctx, preset, name)
    times, processor = _rounds(sources)
    for what, values, took, published in zip(("encoding", "decoding"), times, processor, (encoding, decoding)):
        for column, value, said in zip(SERVICE_COLUMNS, _spread(values), published):
            yield _row(preset, "%s_%s_%s" % (case, what, column), round(value, 3), "ms", said, "ms",
                       "of %d, %.1f ms of processor time each" % (len(values), took) if column == "mean" else "")
    _, trips = _pings(_run(ctx, preset, native) if native else sources)
    mean, stdev, worst = _spread(trips)
    for column, value, said in zip(PING_COLUMNS, (mean, stdev, percentile(trips, 95), worst), ping):
        yield _row(preset, "%s_ping_%s" % (case, column), round(value, 3), "ms", said, "ms",
                   "of %d" % len(trips) if column == "mean" else "")


def delay_rows(ctx, preset, partitions, policy):
    """How long pings take to be seen, and to be answered, with so many partitions."""
    seen, answered = _pings(_run(ctx, preset, "delay-%d-%s" % (partitions, policy.replace("_", "-"))))
    typical, most = POLICIES[policy]
    said = (typical, None, most(partitions) if most else None)
    for what, values in (("answered", answered), ("seen", seen)):
        ours = (statistics.median_low(values), percentile(values, 95), max(values))
        for column, value, published in zip(DELAY_COLUMNS, ours, said):
            yield _row(preset, "delay_%d_%s_%s_%s" % (partitions, policy, what, column), round(value, 3), "ms",
                       published if what == "answered" else None, "ms",
                       "of %d" % len(values) if column == "median" else "")


def measure(ctx, preset):
    """All rows of a preset."""
    ctx.build(preset)
    ctx.say("measure %s: dispatch of real-time vCPUs" % preset)
    rows = list(dispatch_rows(ctx, preset))
    for case in SERVICE:
        ctx.say("measure %s: a real-time service beside pings, %s" % (preset, case))
        rows += service_rows(ctx, preset, case)
    for number in PARTITIONS:
        ctx.say("measure %s: delay of interrupts, %d partitions" % (preset, number))
        cells = ctx.map(lambda policy, n=number: list(delay_rows(ctx, preset, n, policy)), list(POLICIES))
        rows += [row for cell in cells for row in cell]
    return rows


def show(rows):
    """Print the tables."""
    print("\n" + page.tables(rows))


def write(ctx, preset, rows):
    """The rows and the page of them in the build folder; returns the page's path.

    The rows lie in docs/pictures, the page in docs."""
    folder = os.path.join(ctx.root, "build", preset)
    for name, text in (("hellfire.json", as_json(rows)), ("hellfire.md", page.whole(rows))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
            out.write(text)
    return os.path.join(folder, "hellfire.md")


def as_json(rows):
    """The rows as a file has them."""
    return json.dumps(rows, indent=1) + "\n"
