# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum trace: traces out of recordings, in every format, and the page in a headless Chromium."""

import json
import os
import re

import jsonschema

import flightlog
import logwriter
from browser import Browser
from fixtures import ms
from logwriter import ALL, HYPERVISOR, TRACE
from suites import Result
from tooling import Tool, refused, same

NAMES = ["guidance", "telemetry", 'payload <&">']


def decoded(tool, path, *words):
    """The JSON of a recording, checked against its schema."""
    done = tool.run("trace", path, "--json", *words)
    assert (done.code, done.err) == (0, ""), done.err
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(tool.schema("trace.schema.json")).validate(data)
    return data


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


def check_ctf(tool):
    """Common Trace Format, read by babeltrace2."""
    if not os.path.exists("/usr/bin/babeltrace2"):
        yield Result("ctf", "skip", "babeltrace2 is not installed")
        return
    unused = {word: [i for i, f in enumerate(text.split(", ")) if f != "0"]
              for _, word, _, text in logwriter.EVENTS}
    for path in ("flight-big.rec", "flight-little.rec", "lost.rec", "nameless.rec", "two.bin"):
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
                       {json.dumps(n) for n in NAMES + ["hypervisor"]})
    again = tool.run("trace", "flight-big.rec", "--ctf", "ctf-flight-big.rec")
    yield refused("ctf-full", again, "SEP9104")
    yield refused("ctf-nowhere", tool.run("trace", "flight-big.rec", "--ctf", "no/where"), "SEP9104")
    tool.run("trace", "flight-big.rec", "--ctf", "again")
    yield same("ctf-reproducible", [
        name for name in ("metadata", "stream_0", "stream_1", "stream_2", "stream_3")
        if tool.read("again/" + name) != tool.read("ctf-flight-big.rec/" + name)], [])


def check_chrome(tool):
    """The JSON of browsers' trace viewers says the same."""
    for path in ("flight-little.rec", "lost.rec", "two.bin"):
        data = decoded(tool, path)
        events = json.loads(tool.run("trace", path, "--chrome", "-").out)["traceEvents"]

        def of(phase, events=events):
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
    yield refused("chrome-nowhere", tool.run("trace", path, "--chrome", "no/where"), "SEP9002")


# What the page shows, as plain values, and what is drawn where it should not be.
DRAWN = """(() => {
  const all = kind => [...document.querySelectorAll('#line [data-kind=' + kind + ']')];
  const line = document.getElementById('line').getBoundingClientRect();
  const id = text => text === '' ? null : +text;
  return {
    slots: all('slot').map(e => e.dataset).map(d => [+d.partition, +d.vcpu, +d.cpu, +d.slot, +d.plan,
      +d.start, +d.end]),
    events: all('event').map(e => e.dataset).map(d => [+d.time, +d.stream, +d.number, d.event,
      d.class]),
    messages: all('message').map(e => e.dataset).map(d => [+d.channel, +d.number, +d.size,
      id(d.source), id(d.destination), +d.written, +d.read]),
    density: all('density').map(e => [e.dataset.of, id(e.dataset.row), +e.dataset.count]),
    lost: all('lost').map(e => +e.dataset.count),
    hits: document.querySelectorAll('#line .hit').length,
    invisible: [...all('slot'), ...all('event'), ...all('message')].filter(e => {
      const b = e.getBoundingClientRect(); return b.width + b.height < 1}).length,
    outside: [...all('slot'), ...all('event')].filter(e => {
      const b = e.getBoundingClientRect(); return b.top < line.top || b.bottom > line.bottom ||
        b.right < line.left || b.left > line.right}).length,
    astray: all('message').filter(e => {
      const n = (kind, time) => all('event').find(v => v.dataset.event === kind &&
          v.dataset.time === time && v.dataset.class === 'ports');
      const a = n('write', e.dataset.written), b = n('read', e.dataset.read);
      if (!a || !b) return false;
      const length = e.getTotalLength(), m = e.ownerSVGElement.getScreenCTM();
      const near = (v, at) => { const r = v.getBoundingClientRect(), p = e.getPointAtLength(at);
        return Math.abs((r.left + r.right) / 2 - p.x - m.e) < 8 &&
               Math.abs((r.top + r.bottom) / 2 - p.y - m.f) < 12; };
      return !near(a, 0) || !near(b, length)}).length,
    chosen: document.querySelectorAll('#line .chosen').length,
    detail: document.getElementById('detail').textContent,
    note: document.getElementById('note').textContent,
    found: document.getElementById('found').textContent,
    listed: document.querySelectorAll('#list tbody tr').length,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    data: document.getElementById('trace').textContent, title: document.title};
})()"""
WAIT = "new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(0))))"


def drawings(data):
    """What the JSON says that the page must draw."""
    return {"slots": sorted([s["partition"], s["vcpu"], s["cpu"], s["slot"], s["plan"], s["start"],
                             s["end"]] for s in data["slots"]),
            "events": sorted([r["time"], r["stream"], r["number"], r["event"], r["class"]]
                             for r in data["records"]),
            "messages": sorted([m["channel"], m["number"], m["size"], m["source"], m["destination"],
                                m["written"], m["read"]] for m in data["messages"])}


class Page:
    """A page in a browser, and what a user does with it."""

    def __init__(self, tool, browser):
        self.tool, self.browser = tool, browser

    def open(self, name):
        self.browser.open("file://" + self.tool.path(name))

    def drawn(self):
        self.browser.evaluate(WAIT)
        return self.browser.evaluate(DRAWN)

    def key(self, *keys):
        for key in keys:
            text = {"text": key} if len(key) == 1 else {}
            self.browser.call("Input.dispatchKeyEvent", type="keyDown", key=key, **text)
            self.browser.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def mouse(self, kind, x, y, **more):
        self.browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **more)

    def place(self, selector):
        """The middle of an element."""
        return self.browser.evaluate(
            "(() => { const b = document.querySelector(%s).getBoundingClientRect();"
            " return [(b.left + b.right) / 2, (b.top + b.bottom) / 2]; })()" % json.dumps(selector))

    def click(self, selector):
        x, y = self.place(selector)
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, button="left", clickCount=1)
        self.mouse("mouseReleased", x, y, button="left", clickCount=1)

    def span(self):
        """Events in view, first and last."""
        times = [e[0] for e in self.drawn()["events"]]
        return (min(times), max(times), len(times)) if times else (0, 0, 0)


def check_drawn(tool, browser):
    """Everything is drawn, where it belongs, in every look."""
    page = Page(tool, browser)
    for path in ("flight-big.rec", "lost.rec", "nameless.rec", "two.bin", "empty.bin", "alone.bin"):
        tool.run("trace", path, "--html", "page.html")
        data = decoded(tool, path)
        for width, dark in ((1280, False), (480, True)):
            name = "%s-%d" % (path, width)
            browser.look(width, dark)
            page.open("page.html")
            drawn = page.drawn()
            yield same("drawn-" + name, {k: sorted(drawn[k]) for k in ("slots", "events", "messages")},
                       drawings(data))
            yield same("placed-" + name, [drawn[k] for k in ("invisible", "outside", "astray", "wide")],
                       [0, 0, 0, False])
            yield same("lost-drawn-" + name, sorted(drawn["lost"]),
                       sorted(s["lost"] for s in data["streams"] if s["lost"]))
            yield same("embedded-" + name, json.loads(drawn["data"]), data)
            browser.screenshot(tool.path("page-%s.png" % name))


def check_use(tool, browser):
    """Zoom, search and keys."""
    page = Page(tool, browser)
    tool.run("trace", "flight-big.rec", "--html", "page.html")
    data = decoded(tool, "flight-big.rec")
    browser.look(1280)
    page.open("page.html")
    whole = page.span()
    page.key("+", "+")
    near = page.span()
    yield same("zoom-key", near[2] < whole[2] and near[0] > whole[0] and near[1] < whole[1], True)
    page.key("ArrowRight")
    yield same("move-key", page.span()[0] > near[0], True)
    page.key("0")
    yield same("all-key", page.span(), whole)
    x, y = page.place("#line [data-kind=event][data-event=hm-event]")
    for _ in range(12):
        page.mouse("mouseWheel", x, y, deltaX=0, deltaY=-400)
    drawn = page.drawn()
    yield same("wheel-in", [e[3] for e in drawn["events"]], ["hm-event", "state"])
    for _ in range(30):
        page.mouse("mouseWheel", x, y, deltaX=0, deltaY=400)
    yield same("wheel-out", page.span(), whole)
    page.click("#in")
    near = page.span()
    yield same("button-in", near[2] < whole[2], True)
    x, y = page.place("#line .row")
    page.mouse("mousePressed", x, y, button="left", clickCount=1)
    page.mouse("mouseMoved", x + 200, y, button="left", buttons=1)
    page.mouse("mouseReleased", x + 200, y, button="left", clickCount=1)
    yield same("drag", page.span()[0] < near[0], True)
    page.click("#fit")
    yield same("button-all", page.span(), whole)
    page.click("#line [data-kind=event][data-event=hm-event]")
    drawn = page.drawn()
    yield same("select", (drawn["chosen"], "suspend" in drawn["detail"]), (1, True))
    page.key("p", "n", "n")
    drawn = page.drawn()
    yield same("next", (drawn["chosen"], "suspended, mode" in drawn["detail"]), (1, True))
    page.key("/")
    for letter in "sep_not":
        page.key(letter)
    drawn = page.drawn()
    yield same("search", (drawn["hits"], drawn["found"], drawn["listed"]), (1, "1 found", 1))
    page.key("Enter")
    drawn = page.drawn()
    yield same("search-enter", (drawn["found"], "SEP_NOT_AVAILABLE" in drawn["detail"]),
               ("1 of 1 found", True))
    page.key("Escape")
    drawn = page.drawn()
    yield same("search-left", (drawn["hits"], drawn["found"], drawn["detail"]),
               (0, "", "Nothing is selected."))
    page.click("#groups input[name=hypercalls]")
    yield same("group-off", sorted(page.drawn()["events"]),
               [e for e in drawings(data)["events"] if e[4] != "hypercalls"])


def check_crowd(tool, browser):
    """Too many events to tell apart are counted, and drawn when one looks closer."""
    page = Page(tool, browser)
    flight = flightlog.Flight(300)
    size = 8192
    book = logwriter.book(TRACE, 1, size, flight.streams[1], mask=ALL)
    path = tool.write("crowd.bin", book)
    tool.run("trace", path, "--html", "crowd.html")
    count = len(flight.streams[1])
    browser.look(1280)
    page.open("crowd.html")
    drawn = page.drawn()
    yield same("crowd", (sum(n for _, _, n in drawn["density"]), drawn["events"],
                         "zoom in" in drawn["note"]), (count, [], True))
    page.key(*"+++++")
    drawn = page.drawn()
    times = sorted(e[0] for e in drawn["events"])
    want = [r["time"] for r in flight.streams[1] if times and times[0] <= r["time"] <= times[-1]]
    yield same("crowd-near", (bool(times), times, drawn["density"]), (True, want, []))


def check_page(tool):
    """The page as a browser sees it: silent, asking for nothing."""
    tool.run("trace", "flight-big.rec", "--html", "page.html")
    page = tool.read("page.html").decode()
    yield same("page-no-address", [w for w in ("http://", "https://", "src=", "@import", "url(\"")
                                   if w in page], [])
    tool.run("trace", "flight-big.rec", "--html", "again.html")
    yield same("page-reproducible", tool.read("again.html").decode(), page)
    with Browser() as browser:
        yield from check_drawn(tool, browser)
        yield from check_use(tool, browser)
        yield from check_crowd(tool, browser)
        yield same("console", browser.console, [])
        others = [u for u in browser.requests if not u.startswith("file://" + tool.folder)]
        yield same("requests", (bool(browser.requests), others), (True, []))


def run(ctx):
    """All checks of trace."""
    tool = Tool(ctx, "trace")
    yield from check_numbers(tool)
    yield from check_rings(tool)
    yield from check_odd(tool)
    yield from check_processors(tool)
    yield from check_filters(tool)
    yield from check_ctf(tool)
    yield from check_chrome(tool)
    yield from check_page(tool)
