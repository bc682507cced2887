# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum trace: traces out of recordings, in every format, and the page in a headless Chromium."""

import json
import os
import re

import cfgwriter
import fixtures
import flightlog
import logwriter
import trace_page
from fixtures import ms
from flightlog import decoded
from logwriter import ALL, HYPERVISOR, TRACE
from suites import Result
from tooling import Tool, refused, same

BABELTRACE = "/usr/bin/babeltrace2"
NAMES = ["guidance", "telemetry", 'payload <&">']


def plain(record):
    """A record of the JSON without its text."""
    return {k: v for k, v in record.items() if k != "text"}


def expected(streams, capacity=1 << 30):
    """The records of the JSON, in its order."""
    rows = []
    for stream, records in streams.items():
        for number, r in list(enumerate(records))[-capacity:]:
            word = logwriter.EVENTS[r["event"]][1]
            rows.append({"time": r["time"], "stream": stream, "number": number, "cpu": r["cpu"],
                         "partition": None if r["partition"] == HYPERVISOR else r["partition"],
                         "vcpu": r["vcpu"], "class": logwriter.CLASS_OF[word], "event": word,
                         "words": (r["words"] + [0, 0, 0])[:3]})
    return sorted(rows, key=lambda r: (r["time"], r["stream"], r["number"]))


def expected_slots(frames):
    """The slots of a flight, as they were."""
    return [{"partition": partition, "vcpu": 0, "cpu": 0, "slot": slot, "plan": 0,
             "start": ms(20) * n + ms(start), "end": ms(20) * n + ms(start + duration),
             "complete": True}
            for n in range(frames) for start, duration, partition, slot in flightlog.NOMINAL]


def expected_messages(records):
    """Each reading with the writing of the same channel and number, found the long way."""
    def end(record):
        return record["partition"]

    return [{"channel": r["words"][0], "number": r["words"][2], "size": r["words"][1],
             "source": end(w), "destination": end(r), "written": w["time"], "read": r["time"]}
            for i, r in enumerate(records) if r["event"] == "read"
            for w in [w for w in records[:i] if w["event"] == "write" and
                      (w["words"][0], w["words"][2]) == (r["words"][0], r["words"][2])][-1:]]


def check_numbers(tool):
    """Both byte orders, everything in them."""
    flight = flightlog.Flight()
    want = expected(flight.streams)
    for big in (True, False):
        kind = "big" if big else "little"
        path = tool.write("flight-%s.rec" % kind, flight.recording(big=big))
        data = decoded(tool, path)
        yield same("records-" + kind, [plain(r) for r in data["records"]], want)
        yield same("slots-" + kind, data["slots"], expected_slots(6))
        yield same("messages-" + kind, (len(data["messages"]), data["messages"]),
                   (18, expected_messages(want)))
        yield same("streams-" + kind, [(s["stream"], s["partition"], s["name"], s["written"], s["lost"],
                                        len(s["classes"])) for s in data["streams"]],
                   [(0, None, "hypervisor", len(flight.streams[0]), 0, 6)] +
                   [(1 + i, i, name, len(flight.streams[1 + i]), 0, 6)
                    for i, name in enumerate(NAMES)])
    text = tool.run("trace", path).out
    yield same("reproducible", tool.run("trace", path).out, text)
    lines = ["%16s  cpu 0  %-16s  %-13s  %s" % row for row in (
        ("0.006000000", "hypervisor", "slot", "slot 1 of plan 0: telemetry, vCPU 0"),
        ("0.018000000", "hypervisor", "gap", "gap behind slot 3 of plan 0"),
        ("0.007000000", "hypervisor", "irq", "line 8"),
        ("0.059000000", "hypervisor", "plan-switch", "plan 1 after plan 0"),
        ("0.000002000", "guidance.0", "virq", "virtual interrupt 3"),
        ("0.001550000", "guidance.0", "hypercall", "get_time 0x1 0x40100000"),
        ("0.051009000", "telemetry.0", "hypercall-end", "queuing_receive answers SEP_NOT_AVAILABLE"),
        ("0.054000000", 'payload <&">.0', "write",
         "wrote message 3 of channel 'commands <&\">', 33 bytes"),
        ("0.055004000", 'payload <&">.0', "hm-event", "mem-protection: suspend, code 0x9"),
        ("0.055005000", 'payload <&">.0', "state", "suspended, mode normal, 0 resets"),
        ("0.049000000", "telemetry.0", "event", "0xbeef 0x2 0x7"))]
    yield same("text", [line for line in lines if line not in text.splitlines()], [])
    yield same("text-lines", len([line for line in text.splitlines() if "  cpu " in line]), len(want))


def check_rings(tool):
    """What is lost is counted; slots and messages are made of what is left."""
    flight = flightlog.Flight(40)
    path = tool.write("lost.rec", flight.recording(records=64))
    data = decoded(tool, path)
    want = expected(flight.streams, 64)
    yield same("lost-records", [plain(r) for r in data["records"]], want)
    yield same("lost-counts", [(s["written"], s["kept"], s["lost"]) for s in data["streams"]],
               [(len(r), 64, len(r) - 64) for r in flight.streams.values()])
    yield same("lost-messages", data["messages"], expected_messages(want))
    truth = expected_slots(40)
    first = [r for r in want if r["stream"] == 0][0]["time"]
    complete = [s for s in data["slots"] if s["complete"]]
    yield same("lost-slots", complete, [s for s in truth if s["start"] >= first])
    early = [s for s in data["slots"] if not s["complete"]]
    yield same("lost-early", [s for s in early if not any(
        t["partition"] == s["partition"] and 0 <= s["start"] - t["start"] < 1000 and
        s["end"] >= t["end"] for t in truth)], [])
    yield same("lost-text", tool.run("trace", path).out.splitlines()[0],
               "hypervisor: %d written, 64 here, %d lost"
               % (len(flight.streams[0]), len(flight.streams[0]) - 64))
    # Numbers that go round at 2^32.
    rows = flight.streams[1][:100]
    book = logwriter.book(TRACE, 1, 64, rows, mask=ALL, count=40)
    data = decoded(tool, tool.write("round.bin", logwriter.memory(0x8000, [(0x1000, book)])))
    yield same("round", ([r["number"] for r in data["records"]], data["streams"][0]["written"],
                         data["streams"][0]["lost"]),
               ([(40 - 64 + i) % (1 << 32) for i in range(64)], (1 << 32) + 40, (1 << 32) - 24))


def check_odd(tool):
    """Without a configuration, with records that make no sense, and with nothing in them."""
    flight = flightlog.Flight()
    path = tool.write("nameless.rec", flight.recording(config=False))
    data = decoded(tool, path)
    yield same("nameless", (data["system"], data["partitions"], [s["name"] for s in data["streams"]]),
               (None, [], ["hypervisor", "partition 0", "partition 1", "partition 2"]))
    yield same("nameless-records", [plain(r) for r in data["records"]], expected(flight.streams))
    text = tool.run("trace", path).out
    yield same("nameless-text", [w for w in ("message 3 of channel 1, 33 bytes", "partition 0.0")
                                 if w not in text], [])
    rows = flight.streams[2][:10]
    for name, change in (("number", {"number": 3}), ("event", {"event": len(logwriter.EVENTS)}),
                         ("partition", {"partition": 0}), ("nobody", {"partition": HYPERVISOR}),
                         ("time", {"time": 1 << 62})):
        book = logwriter.book(TRACE, 2, 16, rows[:5] + [dict(rows[5], **change)] + rows[6:])
        data = decoded(tool, tool.write("odd.bin", book))
        yield same("odd-" + name, ([r["number"] for r in data["records"]],
                                   data["streams"][0]["damaged"]), ([0, 1, 2, 3, 4, 6, 7, 8, 9], 1))
    # A partition's trace alone: slots end at the latest where the next one on that processor begins.
    rows = [r for r in flight.streams[1] if r["event"] == logwriter.NUMBER["slot"]]
    data = decoded(tool, tool.write("alone.bin", logwriter.book(TRACE, 1, 16, rows)))
    starts = [r["time"] for r in rows]
    yield same("alone", [(s["start"], s["end"], s["complete"]) for s in data["slots"]],
               [(a, b, False) for a, b in zip(starts, starts[1:] + starts[-1:])])
    book = logwriter.book(TRACE, 0, 16, [])
    data = decoded(tool, tool.write("empty.bin", book))
    yield same("empty", (data["records"], data["slots"], data["messages"]), ([], [], []))
    hm = tool.write("hm.bin", logwriter.book(logwriter.HM, 0, 8, []))
    yield refused("no-trace", tool.run("trace", hm), "SEP9102", "no trace")
    bad = logwriter.book(TRACE, 5000, 16, [])
    yield refused("far-stream", tool.run("trace", tool.write("far.bin", bad)), "no such stream")


def two_processors():
    """Two vCPUs of a partition on two processors, messages whose numbers begin again."""
    slot, gap, write, read = (logwriter.NUMBER[w] for w in ("slot", "gap", "write", "read"))
    own = [{"time": t, "event": e, "cpu": c, "vcpu": v, "partition": p, "words": w}
           for t, e, c, v, p, w in (
               (0, slot, 0, 0, 0, [0, 0, 0]), (5, slot, 1, 1, 0, [0, 1, 0]),
               (100, slot, 0, 0, 1, [1, 0, 0]), (150, gap, 1, 0, HYPERVISOR, [0, 0, 0]),
               (200, gap, 0, 0, HYPERVISOR, [1, 0, 0]))]
    one = [{"time": t, "event": write, "cpu": 0, "vcpu": 0, "partition": 0, "words": [7, 8, n]}
           for t, n in ((10, 1), (20, 2), (30, 1))]
    two = [{"time": t, "event": read, "cpu": 1, "vcpu": 3, "partition": 1, "words": [7, 8, n]}
           for t, n in ((5, 1), (15, 1), (30, 2), (31, 1), (40, 3))]
    return {0: own, 1: one, 2: two}


def check_processors(tool):
    """Slots by processor; a reading belongs to the last writing in front of it."""
    at, pieces, streams = 0, [], two_processors()
    for stream, rows in streams.items():
        book = logwriter.book(TRACE, stream, 16, rows, mask=ALL)
        pieces.append((at, book))
        at += len(book)
    data = decoded(tool, tool.write("two.bin", logwriter.memory(at, pieces)))
    yield same("processors", [(s["partition"], s["vcpu"], s["cpu"], s["start"], s["end"])
                              for s in data["slots"]],
               [(0, 0, 0, 0, 100), (0, 1, 1, 5, 150), (1, 0, 0, 100, 200)])
    yield same("again", [(m["written"], m["read"]) for m in data["messages"]],
               [(10, 15), (20, 30), (30, 31)])
    yield same("again-long-way", data["messages"], expected_messages(expected(streams)))


def check_filters(tool):
    """What is let through, against the whole."""
    path = "flight-big.rec"
    whole = decoded(tool, path)
    for name, words, keep in (
            ("partition", ["--partition", "telemetry"],
             lambda r: r["partition"] == 1 or r["stream"] == 2),
            ("hypervisor", ["--partition", "hypervisor"], lambda r: r["stream"] == 0),
            ("number", ["--partition", "2"], lambda r: r["partition"] == 2),
            ("class", ["--class", "ports"], lambda r: r["class"] == "ports"),
            ("classes", ["--class", "health", "--class=scheduling"],
             lambda r: r["class"] in ("health", "scheduling")),
            ("time", ["--from", "20ms", "--to", "40ms"], lambda r: ms(20) <= r["time"] <= ms(40)),
            ("all", ["--from", "20ms", "--class", "hypercalls", "--partition", "guidance"],
             lambda r: ms(20) <= r["time"] and r["class"] == "hypercalls" and r["partition"] == 0)):
        data = decoded(tool, path, *words)
        yield same("filter-" + name, data["records"], [r for r in whole["records"] if keep(r)])
    data = decoded(tool, path, "--from", "20ms", "--to", "40ms", "--partition", "payload <&\">")
    yield same("filter-slots", data["slots"], [s for s in whole["slots"] if s["partition"] == 2 and
                                               s["end"] >= ms(20) and s["start"] <= ms(40)])
    yield same("filter-messages", data["messages"],
               [m for m in whole["messages"] if 2 in (m["source"], m["destination"]) and
                m["read"] >= ms(20) and m["written"] <= ms(40)])
    yield refused("filter-class", tool.run("trace", path, "--class", "port"),
                  "did you mean 'ports'", code=2)
    yield refused("filter-name", tool.run("trace", path, "--partition", "x"), "SEP9103")


def check_names(tool):
    """Names of any bytes: one line of text, in every format."""
    flight = flightlog.Flight(1)
    b = flight.described()
    for p, name in zip(b.records["partition"], ('a"b\\c', "line\nend", "QQQQQQQQ")):
        p["name"] = name
    raw = cfgwriter.write(b.records).replace(b"QQQQQQQQ", "\u00fcQ".encode() + b"\xff\xc3(\xe2\x82")
    memory = logwriter.memory(0x80000, [(0x10000, cfgwriter.seal(raw))] + flight.books())
    path = tool.write("names.rec", logwriter.recording(fixtures.START, memory))
    names = ['a"b\\c', "line?end", "\u00fcQ??(??"]
    data = decoded(tool, path)
    yield same("names", [p["name"] for p in data["partitions"]], names)
    yield same("names-text", [n for n in names if n + ".0 " not in tool.run("trace", path).out], [])
    tool.run("trace", path, "--ctf", "ctf-names", "--html", "names.html")
    done, rows, odd = read_ctf(tool, "ctf-names")
    yield same("names-ctf", (done.code, odd, len(rows)), (0, [], len(data["records"])))
    page = tool.read("names.html").decode()
    yield same("names-page", 'a&quot;b\\c' in page and "\u00fcQ??(??" in page, True)


FIELD = re.compile(r'(\w+) = (?:\( (.*?) : container = (-?\w+) \)|(-?\w+))(?=,| \})')
LINE = re.compile(r"^\[(\d+)\] (\S+): (\{.*?\}), (\{.*\})$")


def read_ctf(tool, folder):
    """Records as babeltrace2 tells them."""
    done = tool.ctx.run(["babeltrace2", "--clock-cycles", "--no-delta", tool.path(folder)],
                        split=True, timeout=60)
    rows, odd = [], []
    for line in done.out.splitlines():
        m = LINE.match(line)
        if not m:
            odd.append(line)
            continue
        context = {k: int(plain or number, 0) for k, _, number, plain in FIELD.findall(m[3])}
        fields = [int(plain or number, 0) % (1 << 32) for _, _, number, plain in FIELD.findall(m[4])]
        names = [word for _, word, _, _ in FIELD.findall(m[3]) if word]
        rows.append((int(m[1]), m[2], context, names, fields))
    return done, rows, odd


def ctf_same(tool, path):
    """One recording in the Common Trace Format holds what its JSON does."""
    unused = {word: [i for i, f in enumerate(text.split(", ")) if f != "0"]
              for _, word, _, text in logwriter.EVENTS}
    data = decoded(tool, path)
    folder = "ctf-" + path
    yield same("ctf-written-" + path, tool.run("trace", path, "--ctf", folder).code, 0)
    done, rows, odd = read_ctf(tool, folder)
    got = sorted((t, word, c["cpu"], c["vcpu"], c["partition"], c["number"], fields)
                 for t, word, c, _, fields in rows)
    want = sorted((r["time"], r["event"], r["cpu"], r["vcpu"],
                   HYPERVISOR if r["partition"] is None else r["partition"], r["number"],
                   [r["words"][i] for i in unused[r["event"]]]) for r in data["records"])
    yield same("ctf-" + path, (done.code, odd, got), (0, [], want))
    lost = sum(s["lost"] for s in data["streams"])
    told = sum(int(n) for n in re.findall(r"discarded (\d+) (?:trace )?events? between", done.err))
    yield same("ctf-lost-" + path, told, lost)
    if data["partitions"]:
        yield same("ctf-names-" + path, {n for row in rows for n in row[3]},
                   {json.dumps("hypervisor" if r["partition"] is None else
                               data["partitions"][r["partition"]]["name"]) for r in data["records"]})


def check_ctf(tool):
    """Common Trace Format, read by babeltrace2."""
    if not os.path.exists(BABELTRACE):
        yield Result("ctf", "skip", "babeltrace2 is not installed")
        return
    for path in ("flight-big.rec", "flight-little.rec", "lost.rec", "nameless.rec", "two.bin"):
        yield from ctf_same(tool, path)
    again = tool.run("trace", "flight-big.rec", "--ctf", "ctf-flight-big.rec")
    yield refused("ctf-full", again, "SEP9104")
    yield refused("ctf-nowhere", tool.run("trace", "flight-big.rec", "--ctf", "no/where"), "SEP9104")
    tool.run("trace", "flight-big.rec", "--ctf", "again")
    yield same("ctf-reproducible", [
        name for name in ("metadata", "stream_0", "stream_1", "stream_2", "stream_3")
        if tool.read("again/" + name) != tool.read("ctf-flight-big.rec/" + name)], [])


def chrome_same(tool, path):
    """One recording for the trace viewers of browsers holds what its JSON does."""
    data = decoded(tool, path)
    events = json.loads(tool.run("trace", path, "--chrome", "-").out)["traceEvents"]

    def of(phase):
        return [e for e in events if e["ph"] == phase]

    def pid(partition):
        return 0 if partition is None else partition + 1

    def ns(us):
        return round(us * 1000)

    yield same("chrome-slots-" + path,
               [(e["pid"] - 1, e["tid"], ns(e["ts"]), ns(e["dur"]), e["args"]["slot"])
                for e in of("X")],
               [(s["partition"], s["vcpu"], s["start"], s["end"] - s["start"], s["slot"])
                for s in data["slots"]])
    yield same("chrome-events-" + path,
               [(e["pid"], e["name"], e["cat"], ns(e["ts"]), e["args"]["text"]) for e in of("i")],
               [(r["stream"], r["event"], r["class"], r["time"], r["text"])
                for r in data["records"]])
    ends = {e["id"]: e for e in of("f")}
    yield same("chrome-messages-" + path,
               [(e["pid"], ns(e["ts"]), ends[e["id"]]["pid"], ns(ends[e["id"]]["ts"]))
                for e in of("s")],
               [(pid(m["source"]), m["written"], pid(m["destination"]), m["read"])
                for m in data["messages"]])


def check_chrome(tool):
    """The JSON of browsers' trace viewers says the same."""
    for path in ("flight-little.rec", "lost.rec", "two.bin"):
        yield from chrome_same(tool, path)
    yield refused("chrome-nowhere", tool.run("trace", path, "--chrome", "no/where"), "SEP9002")


def run(ctx):
    """All checks of trace."""
    tool = Tool(ctx, "trace")
    yield from check_numbers(tool)
    yield from check_rings(tool)
    yield from check_odd(tool)
    yield from check_processors(tool)
    yield from check_filters(tool)
    yield from check_ctf(tool)
    yield from check_names(tool)
    yield from check_chrome(tool)
    yield from trace_page.check_page(tool)
