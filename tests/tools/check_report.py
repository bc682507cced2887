# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum report: its numbers, and its page in a headless Chromium."""

import json
import os

import jsonschema

import cfgwriter
import fixtures
from browser import Browser
from suites import failed, passed
from tooling import Tool, refused, same

MS = 1000000
# Events that no partition has, and those that the hypervisor has of its own.
NOT_OF_PARTITIONS = ("internal-error", "frame-sync")
OWN = ["internal-error", "integrity", "frame-sync"]
BOUNDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "configs", "bounds")
# What the page shows, as plain values.
DRAWN = """({
  slots: [...document.querySelectorAll('svg [data-kind=slot]')].map(e => [+e.dataset.plan,
    +e.dataset.processor, +e.dataset.id, +e.dataset.start, +e.dataset.duration,
    e.dataset.partition]),
  areas: [...document.querySelectorAll('svg [data-kind=area]')].map(e => [e.dataset.partition,
    e.dataset.name, e.dataset.start, +e.dataset.size]),
  nodes: [...document.querySelectorAll('svg [data-kind=node]')].map(e => e.dataset.partition),
  channels: [...document.querySelectorAll('svg [data-kind=channel]')].map(e => [e.dataset.name,
    e.dataset.type, +e.dataset.size, +e.dataset.depth, +e.dataset.age]),
  arrows: [...document.querySelectorAll('svg [data-kind=arrow]')].map(e => [e.dataset.channel,
    e.dataset.source, e.dataset.sourcePort, e.dataset.destination, e.dataset.destinationPort]),
  astray: [...document.querySelectorAll('svg [data-kind=arrow]')].filter(e => {
    const middle = name => { const b = [...document.querySelectorAll('[data-kind=node]')].find(n =>
      n.dataset.partition === name).querySelector('rect').getBoundingClientRect();
      return (b.left + b.right) / 2};
    const line = e.querySelector('path').getBoundingClientRect(),
      head = e.querySelector('.head').getBoundingClientRect(),
      dot = e.querySelector('circle').getBoundingClientRect(),
      from = middle(e.dataset.source), to = middle(e.dataset.destination), near = 8;
    const tip = from < to ? head.right : head.left;
    return Math.abs((dot.left + dot.right) / 2 - from) > near || Math.abs(tip - to) > near ||
           line.width < 5 || head.width < 2 || head.height < 2}).length,
  labelled: [...document.querySelectorAll('[data-kind=channel]')].filter(e =>
    [...e.querySelectorAll('text')].filter(t => t.getBoundingClientRect().width > 10).length == 2
    ).length,
  visible: [...document.querySelectorAll('[data-kind] > rect')].filter(e => {
    const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0}).length,
  outside: [...document.querySelectorAll('[data-kind] > rect')].filter(e => {
    const b = e.getBoundingClientRect(), s = e.ownerSVGElement.getBoundingClientRect();
    return b.left < s.left - 1 || b.right > s.right + 1 || b.top < s.top - 1 ||
           b.bottom > s.bottom + 1}).length,
  overlong: [...document.querySelectorAll('.slot, .node')].filter(e => {
    const r = e.querySelector('rect').getBoundingClientRect();
    return [...e.querySelectorAll('text')].some(t =>
      t.getBoundingClientRect().right > r.right + 1)}).length,
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  data: document.getElementById('report').textContent,
  resets: [...document.querySelectorAll('[data-kind=resets]')].map(e => e.innerText),
  actions: [...document.querySelectorAll('[data-kind=action]')].map(e => [e.dataset.owner,
    e.dataset.event, e.dataset.action, e.dataset.log === '1', e.innerText]),
  restarts: [...document.querySelectorAll('[data-kind=restarts]')].map(e => [e.dataset.owner,
    +e.dataset.count, +e.dataset.within, e.innerText]),
  records: [...document.querySelectorAll('[data-kind=records]')].map(e => [e.dataset.what,
    e.dataset.owner, +e.dataset.records, +e.dataset.bytes,
    e.querySelector('.classes').innerText, e.querySelectorAll('td')[0].innerText,
    e.querySelectorAll('td')[1].innerText]),
  columns: [...document.querySelectorAll('#actions thead th')].map(e => e.innerText),
  misplaced: [...document.querySelectorAll('[data-kind=action]')].filter(e => {
    const column = e.dataset.owner === '' ? 1 : +e.dataset.owner + 2;
    return e.cellIndex !== column || e.parentNode.cells[0].innerText !== e.dataset.event;
    }).length,
  title: document.title})"""


def report(tool, *words, hypervisor=None):
    return tool.run("report", *words, "--hypervisor", hypervisor or tool.files["hypervisor"])


def check_numbers(tool):
    """The JSON against what the fixture holds."""
    done = report(tool, "system.cfg", "--json")
    yield same("status", (done.code, done.err), (0, ""))
    data = json.loads(done.out)
    jsonschema.Draft202012Validator(tool.schema("report.schema.json")).validate(data)
    yield passed("schema")
    yield same("footprint", data["footprint"],
               {"code_bytes": 2400, "data_bytes": 0x2000, "arena_bytes": 0x3210,
                "ram_bytes": 0x2000 + 0x3210, "configuration_bytes": len(tool.read("system.cfg")),
                "packed_bytes": 0x9000})
    loads = [[entry["time"] for entry in plan["load"]] for plan in data["plans"]]
    yield same("loads", loads, [[8 * MS, 6 * MS, 4 * MS], [MS // 2, 80 * MS, 0]])
    yield same("shares", [entry["share"] for entry in data["plans"][0]["load"]], [0.4, 0.3, 0.2])
    yield same("requirement", data["partitions"][0]["requirement"],
               {"period": 20 * MS, "duration": 6 * MS, "least": 8 * MS, "met": True})
    yield same("devices", (data["partitions"][1]["interrupts"],
                           data["partitions"][1]["registers"][0]["write_mask"]),
               ([{"line": 3, "irq": 16, "delivery": "deferred"}], "0xff"))
    yield same("ipvis", data["partitions"][0]["ipvis"],
               [{"id": 2, "destinations": ["telemetry", 'payload <&">']}])
    yield same("arrows", expected_graph(data)[2], [
        ["attitude", "guidance", "attitude", "telemetry", "att"],
        ["attitude", "guidance", "attitude", 'payload <&">', "attitude"],
        ['commands <&">', 'payload <&">', 'up <&">', "guidance", "commands"],
        ["inner", "telemetry", "in", "telemetry", "out"]])
    text = report(tool, "system.cfg").out
    yield same("channels-text", [line for line in (
        "Channel 'attitude', sampling, 64 B, refresh 20 ms",
        "Channel 'inner', queuing, 2 of 4096 B, no age limit",
        "  from up <&\"> of payload <&\">", "  to att of telemetry",
        "  port 1 'commands', queuing destination of channel 'commands <&\">'")
        if line not in text.splitlines()], [])
    words = [word for word in cfgwriter.words("event.h", "SEP_EVENT_LIST")
             if word not in NOT_OF_PARTITIONS]
    health = {h["event"]: h["action"] for h in data["partitions"][0]["health"]}
    yield same("health", (list(health), health["watchdog"], health["mem-protection"]),
               (words, "cold-reset", "suspend"))
    lines = report(tool, "system.cfg").out.splitlines()
    yield same("text-health", [line.split()[1] for line in lines if line.startswith("  on ")],
               OWN + words * 3)
    yield same("own-health", [data["hypervisor"]["health"][0]["action"]] +
               [h["event"] for h in data["hypervisor"]["health"]], ["hypervisor-cold-reset"] + OWN)
    yield same("restarts", [o["restarts"] for o in [data["hypervisor"]] + data["partitions"]],
               [{"count": 4, "within": 0}, None, {"count": 3, "within": 10000 * MS}, None])
    # A head of 32 bytes; records of 32 bytes, and of 64 with 40 registers of SPARC's 4.
    yield same("records", [data["hypervisor"]["log"], data["hypervisor"]["trace"]] +
               [p["trace"] for p in data["partitions"]],
               [{"records": 16, "bytes": 32 + 16 * (64 + 40 * 4), "classes": []},
                {"records": 32, "bytes": 32 + 32 * 32, "classes": ["scheduling", "health"]},
                None, None,
                {"records": 64, "bytes": 32 + 64 * 32, "classes": ["hypercalls", "partition"]}])
    yield same("text-records", [line for line in lines if " records, " in line or "restarts" in line],
               ["  log of 16 records, 3616 bytes",
                "  trace of 32 records, 1056 bytes: scheduling health",
                "  restarts on events: 4 since power on", "  restarts on events: any number",
                "  restarts on events: 3 in 10 s",
                "  trace of 64 records, 2080 bytes: hypercalls partition",
                "  restarts on events: any number"])
    resets = ["any", "cold", "none"]
    yield same("resets", [p["resets"] for p in data["partitions"]], resets)
    lines = [line for line in report(tool, "system.cfg").out.splitlines()
             if line.startswith("Partition ")]
    yield same("text-resets", [line.split(", resets ")[1] for line in lines], resets)
    tool.pack("image.elf")
    yield same("image-like-config", json.loads(report(tool, "image.elf", "--json").out), data)


def check_requirements(tool):
    """Periods that divide the frame, do not, and are not met."""
    for name, period, duration, least in (("half", 10, 6, 2), ("double", 40, 16, 16),
                                          ("drifting", 15, 3, 3), ("short", 20, 9, 8)):
        b = fixtures.flight()
        b.records["partition"][0].update(period=period * MS, duration=duration * MS)
        path = tool.write("other.cfg", cfgwriter.write(b.records))
        got = json.loads(report(tool, path, "--json").out)["partitions"][0]["requirement"]
        yield same("requirement-" + name, (got["least"], got["met"]),
                   (least * MS, least >= duration))
    yield same("text-not-met", "NOT met" in report(tool, path).out, True)


def check_bounds(tool):
    path = tool.write("bounds.json", '{"x": [1, {"y": "}"}], "longest_section": {"value": 911,\n'
                                     ' "unit": "instructions", "z": null, "where": "reset"}}')
    got = json.loads(report(tool, "system.cfg", "--json", "--bounds", path).out)
    yield same("bounds", got["longest_section"],
               {"value": 911, "unit": "instructions", "where": "reset"})
    yield same("bounds-text", "911 instructions (reset)" in
               report(tool, "system.cfg", "--bounds", path).out, True)
    got = json.loads(report(tool, "system.cfg", "--json").out)
    with open(os.path.join(BOUNDS, "leon3.json"), encoding="utf-8") as source:
        yield same("bounds-of-board", got["longest_section"], json.load(source)["longest_section"])
    b = fixtures.flight()
    b.records["system"][0].update(board="elsewhere")
    path = tool.write("other.cfg", cfgwriter.write(b.records))
    yield same("not-measured", "not measured" in report(tool, path).out, True)
    for number, text in enumerate(("", "{", '{"longest_section": 3}', '{"longest_section": {"value"',
                                   '{"a": ', '{"longest_section": {"value": -1}}')):
        path = tool.write("bad.json", text)
        yield refused("bounds-bad-%d" % number, report(tool, "system.cfg", "--bounds", path),
                      "is not a file of bounds")


def expected_drawings(data):
    """What the JSON says that the page must draw."""
    slots = [[plan["id"], cpu["id"], s["id"], s["start"], s["duration"], s["partition"]]
             for plan in data["plans"] for cpu in plan["processors"] for s in cpu["slots"]]
    areas = [["septum", a["name"], a["start"], a["size"]] for a in data["hypervisor"]["areas"]]
    areas += [[p["name"], a["name"], a["virtual"], a["size"]]
              for p in data["partitions"] for a in p["areas"]]
    return slots, areas


def expected_graph(data):
    """Boxes, channels and arrows of the JSON."""
    boxes = [p["name"] for p in data["partitions"]]
    channels = [[c["name"], c["type"], c["message_size"], c["depth"], c["max_age"]]
                for c in data["channels"]]
    arrows = [[c["name"], c["source"]["partition"], c["source"]["port"], d["partition"], d["port"]]
              for c in data["channels"] for d in c["destinations"]]
    return boxes, channels, arrows


def expected_health(data):
    """Cells of the table of actions, limits and logbooks, by the JSON."""
    owners = [("", data["hypervisor"])] + [(str(p["id"]), p) for p in data["partitions"]]
    cells = [[name, h["event"], h["action"], h["log"], h["action"] + (" log" if h["log"] else "")]
             for name, owner in owners for h in owner["health"]]
    limits = []
    for name, owner in owners:
        limit = owner["restarts"] or {"count": 0, "within": 0}
        text = "any number" if not limit["count"] else "%d since power on" % limit["count"] \
            if not limit["within"] else "%d in %g s" % (limit["count"], limit["within"] / 1e9)
        limits.append([name, limit["count"], limit["within"], text])
    books = [("log", "", data["hypervisor"]["log"])] + [("trace", n, o["trace"]) for n, o in owners]
    return cells, limits, [[what, name, b["records"], b["bytes"], " ".join(b["classes"]),
                            str(b["records"]), str(b["bytes"])] for what, name, b in books if b]


def check_without_channels(tool):
    """A system without ports has no graph and no table of them."""
    b = fixtures.flight()
    for p in b.records["partition"]:
        p["ports"] = (0, 0)
    for record in ("port", "channel", "channel_end"):
        b.records[record].clear()
    path = tool.write("silent.cfg", cfgwriter.write(b.records))
    yield same("no-channels", json.loads(report(tool, path, "--json").out)["channels"], [])
    yield same("no-graph", [w for w in ('id="channels"', 'data-kind="node"', "<dt>Ports")
                            if w in report(tool, path, "--html").out], [])


def check_page(tool):
    """The page as a browser sees it: silent, asking for nothing, complete."""
    report(tool, "system.cfg", "--html", "-o", "page.html")
    report(tool, "system.cfg", "--html", "-o", "again.html")
    yield same("page-reproducible", tool.read("page.html"), tool.read("again.html"))
    page = tool.read("page.html").decode()
    yield same("page-no-address", [w for w in ("http://", "https://", "src=", "@import", "url(\"")
                                   if w in page], [])
    data = json.loads(report(tool, "system.cfg", "--json").out)
    url = "file://" + tool.path("page.html")
    with Browser() as browser:
        for width, dark in ((1280, False), (1280, True), (480, False)):
            name = "%d-%s" % (width, "dark" if dark else "light")
            browser.look(width, dark)
            browser.open(url)
            drawn = browser.evaluate(DRAWN)
            slots, areas = expected_drawings(data)
            yield same("drawn-slots-" + name, sorted(drawn["slots"]), sorted(slots))
            yield same("drawn-areas-" + name, sorted(drawn["areas"]), sorted(areas))
            boxes, channels, arrows = expected_graph(data)
            yield same("drawn-graph-" + name, (drawn["nodes"], drawn["channels"], drawn["arrows"]),
                       (boxes, channels, arrows))
            yield same("drawn-arrows-" + name, (drawn["astray"], drawn["labelled"]),
                       (0, len(channels)))
            yield same("drawn-visible-" + name, drawn["visible"],
                       len(slots) + len(areas) + len(boxes))
            yield same("drawn-inside-" + name, (drawn["outside"], drawn["overlong"]), (0, 0))
            yield same("drawn-resets-" + name, drawn["resets"],
                       [p["resets"] for p in data["partitions"]])
            cells, limits, books = expected_health(data)
            yield same("drawn-actions-" + name, (sorted(drawn["actions"]), drawn["misplaced"],
                                                 drawn["columns"]),
                       (sorted(cells), 0, ["Event", "Hypervisor"] + boxes))
            yield same("drawn-limits-" + name, drawn["restarts"], limits)
            yield same("drawn-records-" + name, drawn["records"], books)
            yield same("no-scrolling-" + name, drawn["wide"], False)
            yield same("embedded-" + name, json.loads(drawn["data"]), data)
            browser.screenshot(tool.path("page-%s.png" % name))
        yield same("console", browser.console, [])
        yield same("requests", browser.requests, [url] * 3)
        # The browser does hear what a page says and asks for.
        tool.write("loud.html", "<script>console.log('x');fetch('http://127.0.0.1:9/')"
                                ".catch(() => 0)</script>")
        browser.open("file://" + tool.path("loud.html"))
        heard = any('"x"' in c for c in browser.console) and \
            any(":9/" in r for r in browser.requests)
        yield passed("browser-hears") if heard else \
            failed("browser-hears", "%s %s" % (browser.console, browser.requests))


def run(ctx):
    """All checks of report."""
    tool = Tool(ctx, "report")
    yield from check_numbers(tool)
    yield from check_requirements(tool)
    yield from check_bounds(tool)
    yield from check_without_channels(tool)
    yield from check_page(tool)
    yield refused("no-hypervisor", tool.run("report", "system.cfg"), "--hypervisor", code=2)
    yield refused("two-formats", report(tool, "system.cfg", "--json", "--html"), "exclude", code=2)
    other = tool.write("other.elf", fixtures.hypervisor(arch=2))
    yield refused("other-hypervisor", report(tool, "system.cfg", "-o", tool.path("out"),
                                             hypervisor=other), "is for sparc",
                  absent=[tool.path("out")])
    yield refused("unwritable", report(tool, "system.cfg", "-o", "no/folder"), "cannot be written")
