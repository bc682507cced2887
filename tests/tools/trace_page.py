# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The page of septum trace in a headless Chromium: what it draws, and how it is used."""

import json

import flightlog
import logwriter
from browser import Browser
from flightlog import decoded
from logwriter import ALL, TRACE
from tooling import same

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


def drawn_same(tool, browser, path):
    """Of one recording everything is drawn, where it belongs, in every look."""
    page = Page(tool, browser)
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


def check_drawn(tool, browser):
    """All kinds of recordings."""
    for path in ("flight-big.rec", "lost.rec", "nameless.rec", "two.bin", "empty.bin", "alone.bin"):
        yield from drawn_same(tool, browser, path)


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
    for _ in range(8):
        page.mouse("mouseWheel", x, y, deltaX=0, deltaY=-400)
    drawn = page.drawn()
    yield same("wheel-in", sorted(e[3] for e in drawn["events"]), ["hm-event", "state"])
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
