# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""`septum plan simulate`: the hypervisor's schedulers on random descriptions beside a program that knows the manual
only, every stretch of time; a published example; plans, services, loads; outputs, the manual's picture, the page."""

import json
import os
import re
import sys

import jsonschema

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tools"))
import plan_simulator as simulator  # noqa: E402  (after the path is set)
from browser import Browser         # noqa: E402
from tooling import refused, same   # noqa: E402

TITLE = "septum plan simulate: 60 random systems as foretold, a published example, changes, interrupts, outputs, page"
PRESETS = ["host"]
WATCH = ["sdk/tools/**", "kernel/**", "arch/host/**", "tests/tools/plan_simulator.py", "docs/pictures/simulation.*"]
ORDER = 46

ADMITTED = 60
LENGTH = 400   # units of a random system
UNIT = simulator.UNIT
RATE = re.compile(r"^septum: (\d+) scheduling events in \d+ us, \d+ per second$")


class Tool:
    """The host command in a folder of its own."""

    def __init__(self, ctx):
        self.ctx = ctx
        self.folder = os.path.join(ctx.tmp, "simulate")
        os.makedirs(self.folder, exist_ok=True)
        self.checked = os.path.join(ctx.build("host", "septum-checked"), "sdk", "tools", "septum-checked")
        self.env = dict(ctx.builder.env, LLVM_PROFILE_FILE=os.devnull)
        with open(ctx.path("sdk", "tools", "schema", "simulation.schema.json"), encoding="utf-8") as source:
            self.schema = json.load(source)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as source:
            return source.read()

    def simulate(self, *words, program=None, boards=("configs", "boards")):
        """`septum plan simulate`; the line on the rate is taken off."""
        done = self.ctx.run([program or self.checked, "plan", "simulate"] + list(words) +
                            ["--board-path", self.ctx.path(*boards)], cwd=self.folder, env=self.env, split=True)
        lines = done.err.splitlines()
        done.rate = [line for line in lines if RATE.match(line)]
        done.err = "\n".join(line for line in lines if not RATE.match(line))
        return done

    def data(self, *words, **options):
        """Its JSON, after the schema."""
        done = self.simulate("--json", *words, **options)
        if done.code != 0:
            raise ValueError("exit status %s\n%s%s" % (done.code, done.out, done.err))
        data = json.loads(done.out)
        jsonschema.validate(data, self.schema, jsonschema.Draft202012Validator)
        return data


def differences(system, cpu, spans):
    """What a simulated processor differs in from what was foretold."""
    got = [[s["start"], s["end"], s["who"]] for s in cpu["spans"]]
    want = [[a * UNIT, b * UNIT, who] for a, b, who in spans]
    if got != want:
        at = next((i for i, pair in enumerate(zip(got, want)) if pair[0] != pair[1]), min(len(got), len(want)))
        yield "stretch %d: %s, foretold %s" % (at, got[at:at + 3], want[at:at + 3])
    for v, shown in zip(system.vcpus, cpu["vcpus"]):
        jobs = None
        if v.period:
            times = v.responses
            jobs = dict(v.jobs, response={"least": min(times) * UNIT, "most": max(times) * UNIT,
                                          "mean": sum(times) * UNIT // len(times)} if times else None)
        if (shown["jobs"], shown["time"]) != (jobs, v.time * UNIT):
            yield "%s: %s, foretold %s and %d" % (v.name, shown, jobs, v.time * UNIT)


def foretold(tool):
    """Random descriptions that are admitted: every stretch of time, every count."""
    wrong, seen, refused_count, overruns, seed = [], 0, 0, 0, 0
    while seen < ADMITTED and seed < 10 * ADMITTED:
        seed += 1
        system = simulator.instance(seed)
        tool.write("random.xml", system.xml("bench"))
        loads = [w for v in system.vcpus for w in ("--load", "%s=%d" % (v.name, v.load))]
        done = tool.simulate("random.xml", "--json", "--time", "%dns" % (LENGTH * UNIT), *loads,
                             program=tool.ctx.tool(), boards=("tests", "negative", "boards"))
        if done.code != 0 and re.search(r'SEP41(08|09|10)', done.out + done.err):
            refused_count += 1
            continue
        data = json.loads(done.out)
        if "processors" not in data:
            return [failed("foretold", "seed %d: %s" % (seed, data))]
        seen += 1
        found = list(differences(system, data["processors"][0], system.run(LENGTH)))
        overruns += sum(v.jobs["overruns"] for v in system.vcpus)
        wrong += ["seed %d: %s" % (seed, text) for text in found]
        wrong += ["seed %d: vCPU %s misses" % (seed, v.name) for v in system.vcpus
                  if v.jobs["missed"] and v.load <= 100]
    detail = "%d systems, %d not admitted, %d overruns" % (seen, refused_count, overruns)
    if wrong or seen < ADMITTED or refused_count < 5 or overruns < 100:
        return [failed("foretold", detail + "\n" + "\n".join(wrong[:20]))]
    return [passed("foretold", detail)]


def published(tool):
    """Two real-time vCPUs (period, capacity, deadline) = (5,3,5) and (4,1,4) with two best-effort ones, unit by unit."""
    system = simulator.System(20, [(0, 20, None)], [
        simulator.Vcpu("rt1", 5, 3, 5), simulator.Vcpu("rt2", 4, 1, 4), simulator.Vcpu("be1"),
        simulator.Vcpu("be2")], 1)
    tool.write("published.xml", system.xml("bench"))
    cpu = tool.data("published.xml", "--time", "%dns" % (20 * UNIT),
                    boards=("tests", "negative", "boards"))["processors"][0]
    names = ["rt1", "rt2", "be1", "be2"]
    row = [names[s["who"]] for s in cpu["spans"] for _ in range((s["end"] - s["start"]) // UNIT)]
    want = ("rt2 rt1 rt1 rt1 rt2 rt1 rt1 rt1 rt2 be2 rt1 rt1 rt1 rt2 be1 rt1 rt1 rt1 rt2 be2").split()
    yield same("published", row, want)


def changes(tool):
    """Plans, services and loads while it runs."""
    examples = tool.ctx.path("sdk", "examples")
    pool = os.path.join(examples, "pool", "system.xml")
    cpu = tool.data(pool, "--time", "60ms", "--load", "control=150", "--load", "sensor=40", "--at", "50ms:start=sensor",
                    "--at", "25ms:stop=sensor/0")["processors"][0]
    yield same("service", [v["jobs"] and [v["jobs"][k] for k in ("released", "finished", "overruns", "missed")]
                           for v in cpu["vcpus"]], [[3, 1, 2, 0], [3, 3, 0, 0], None, None])
    yield same("marks", [[e["time"] // 1000000, e["event"]] for e in cpu["events"] if e["who"] == 0],
               [[0, "release"], [20, "deadline"], [8, "overrun"], [20, "release"], [40, "deadline"],
                [40, "release"], [60, "deadline"], [48, "overrun"]])
    yield same("all-time", cpu["idle"] + sum(v["time"] for v in cpu["vcpus"]), cpu["length"])
    switch = os.path.join(examples, "plan-switch", "system.xml")
    cpu = tool.data(switch, "--time", "100ms", "--at", "15ms:plan=1", "--load", "50")["processors"][0]
    yield same("plans", [[p["plan"], p["start"], p["end"], p["frames"]] for p in cpu["plans"]],
               [[0, 0, 20000000, 2], [1, 20000000, 100000000, 4]])
    text = [tool.simulate(pool, "--time", "1s", "--random", seed).out for seed in ("1", "1", "2")]
    yield same("random", (text[0] == text[1], text[0] == text[2]), (True, False))
    jobs = tool.data(pool, "--time", "1s", "--random", "1")["processors"][0]["vcpus"][1]["jobs"]
    yield same("random-jobs", (jobs["finished"], jobs["response"]["least"] < 400000,
                               1600000 < jobs["response"]["most"] <= 2000000), (100, True, True))


def interrupts(tool):
    """Interrupts that preempt come soon, and never in the place of those that are not preempted; deferred ones wait."""
    with open(tool.ctx.path("tests", "qemu", "conformance", "fast", "system.xml"), encoding="utf-8") as source:
        text = source.read()
    tool.write("fast.xml", text)
    tool.write("deferred.xml", re.sub(r' delivery="[a-z]+"', "", text))
    words = ["--time", "2s", "--interrupts", "5ms", "--handler", "50us"]
    fast, deferred = (tool.data(name, *words)["processors"][0] for name in ("fast.xml", "deferred.xml"))
    names = [v["partition"] for v in fast["vcpus"]]
    owner, solid, busy = (names.index(n) for n in ("owner", "solid", "busy"))
    soon, late = (cpu["vcpus"][owner]["interrupts"] for cpu in (fast, deferred))
    yield same("given", (300 < soon["given"] <= soon["edges"], 3 * soon["mean"] < late["mean"]), (True, True))
    yield same("jobs-kept", [[v["jobs"]["overruns"], v["jobs"]["missed"]] for cpu in (fast, deferred)
                             for v in cpu["vcpus"] if v["jobs"]], [[0, 0]] * 2)
    before = {a["who"] for a, b in zip(fast["spans"], fast["spans"][1:])
              if b["who"] == owner and b["end"] - b["start"] == 50000 and a["end"] == b["start"]}
    yield same("preempted", (busy in before, solid in before), (True, False))
    yield same("no-interrupts", [v["interrupts"] for v in tool.data("fast.xml")["processors"][0]["vcpus"]],
               [None] * len(names))


def processors(tool):
    """Each processor has its own plans; one that lacks a plan is idle in it."""
    slot = '<Slot start="0ms" duration="%dms" partition="%s"/>'
    text = re.sub(r"  <Processors>.*</Processors>", """  <Processors>
    <Processor id="0"><Plan name="first" majorFrame="10ms">%s</Plan>
      <Plan name="second" majorFrame="20ms">%s</Plan></Processor>
    <Processor id="1"><Plan name="first" majorFrame="10ms">%s</Plan></Processor>
  </Processors>""" % (slot % (4, "a"), slot % (20, "a"), slot % (7, "b")),
                  simulator.System(20, [], [simulator.Vcpu("a", pooled=False), simulator.Vcpu("b", pooled=False)],
                                   2).xml("bench"), flags=re.DOTALL)
    tool.write("two.xml", re.sub(r"  <Pools>.*</Pools>", "", text, flags=re.DOTALL))
    data = tool.data("two.xml", "--time", "40ms", "--at", "15ms:plan=1", boards=("tests", "negative", "boards"))
    ms = 1000000
    yield same("processors", [[[s["start"] // ms, s["end"] // ms, cpu["vcpus"][s["who"]]["partition"]]
                               for s in cpu["spans"]] for cpu in data["processors"]],
               [[[0, 4, "a"], [10, 14, "a"], [20, 40, "a"]], [[0, 7, "b"], [10, 17, "b"]]])
    yield same("processors-idle", [[[p["plan"], p["frames"], p["idle"] // ms] for p in cpu["plans"]]
                                   for cpu in data["processors"]], [[[0, 2, 12], [1, 1, 0]], [[0, 2, 6], [1, 1, 20]]])


def outputs(tool):
    """Forms, the picture of the manual, the rate, what is refused."""
    pool = tool.ctx.path("sdk", "examples", "pool", "system.xml")
    for form in ("--text", "--json", "--svg", "--html"):
        first, second = (tool.simulate(form, pool, "--time", "100ms") for _ in range(2))
        yield same("twice" + form, (first.code, first.out == second.out, len(first.out) > 500, first.err),
                   (0, True, True, ""))
    done = tool.simulate(pool, "--time", "400s", "--until", "1ms", program=tool.ctx.tool())
    events = int(RATE.match(done.rate[0])[1]) if done.rate else 0
    tool.ctx.say("  %s" % (done.rate or [""])[0])
    yield same("rate", (done.code, len(done.rate), events >= 100000), (0, 1, True))
    with open(tool.ctx.path("docs", "pictures", "simulation.svg"), encoding="utf-8") as source:
        shown = source.read()
    drawn = tool.simulate("--svg", pool, "--time", "60ms", "--load", "control=150", "--at", "40ms:stop=sensor").out
    yield passed("picture") if shown == drawn else failed(
        "picture", "draw it anew: septum plan simulate --svg sdk/examples/pool/system.xml --time 60ms "
        "--load control=150 --at 40ms:stop=sensor -o docs/pictures/simulation.svg")
    tool.write("in.xml", tool.ctx.run(["cat", pool]).out)
    before = sorted(os.listdir(tool.folder))
    for name, words, code, said in (
            ("onto-input", ["in.xml", "-o", "in.xml"], 1, "same file as the input"),
            ("no-folder", ["in.xml", "-o", "no/x"], 1, "cannot be written"),
            ("two-forms", ["in.xml", "--svg", "--json"], 2, "exclude each other"),
            ("time", ["in.xml", "--time", "3"], 2, "is not a time"),
            ("time-zero", ["in.xml", "--time", "0ms"], 2, "is not a time"),
            ("window", ["in.xml", "--time", "20ms", "--from", "20ms"], 2, "not within"),
            ("window-end", ["in.xml", "--time", "20ms", "--until", "21ms"], 2, "not within"),
            ("seed", ["in.xml", "--random", "x"], 2, "is not a number"),
            ("interrupts", ["in.xml", "--interrupts", "0ms"], 2, "is not a time"),
            ("handler", ["in.xml", "--handler", "1"], 2, "is not a time"),
            ("load", ["in.xml", "--load", "1001"], 2, "is not a percentage"),
            ("load-name", ["in.xml", "--load", "nobody=10"], 2, "names no partition"),
            ("at-time", ["in.xml", "--at", "plan=1"], 2, "does not begin with a time"),
            ("at-what", ["in.xml", "--at", "1ms:jump"], 2, "says neither"),
            ("at-plan", ["in.xml", "--at", "1ms:plan=1"], 2, "names no plan"),
            ("at-best-effort", ["in.xml", "--at", "1ms:stop=first"], 2, "names no real-time vCPU"),
            ("at-vcpu", ["in.xml", "--at", "1ms:stop=control/1"], 2, "names no real-time vCPU"),
            ("at-name", ["in.xml", "--at", "1ms:start=nobody"], 2, "names no real-time vCPU"),
            ("no-file", ["none.xml"], 1, "cannot be read")):
        yield refused("refused-" + name, tool.simulate(*words), said, code=code)
    yield same("refused-left-nothing", sorted(os.listdir(tool.folder)), before)


DRAWN = """({
  spans: [...document.querySelectorAll('svg [data-kind=span]')].map(e => [+e.dataset.start, +e.dataset.end,
    +e.dataset.who]),
  flat: [...document.querySelectorAll('svg .slot > rect')].filter(e => {
    const b = e.getBoundingClientRect(), s = e.ownerSVGElement.getBoundingClientRect();
    return b.width <= 0 || b.height <= 0 || b.left < s.left - 1 || b.right > s.right + 1 ||
           b.bottom > s.bottom + 1}).length,
  marks: ['release', 'deadline', 'overrun', 'missed'].map(k =>
    document.querySelectorAll('svg [data-kind=' + k + ']').length),
  rows: ['vcpu', 'plan'].map(k => document.querySelectorAll('tr[data-kind=' + k + ']').length),
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  data: document.getElementById('simulation').textContent})"""


def page(tool):
    """The page as a browser sees it."""
    pool = tool.ctx.path("sdk", "examples", "pool", "system.xml")
    words = [pool, "--time", "60ms", "--load", "control=150"]
    done = tool.simulate("--html", "-o", "page.html", *words)
    data = tool.data(*words)
    cpu = data["processors"][0]
    yield same("page-made", (done.code, done.err), (0, ""))
    url = "file://" + tool.path("page.html")
    with Browser() as browser:
        for width, dark in ((1280, False), (480, True)):
            browser.look(width, dark)
            browser.open(url)
            drawn = browser.evaluate(DRAWN)
            yield same("page-spans-%d" % width, drawn["spans"],
                       [[s["start"], s["end"], s["who"]] for s in cpu["spans"]])
            yield same("page-marks-%d" % width, drawn["marks"],
                       [sum(e["event"] == k for e in cpu["events"] if e["time"] <= data["until"])
                        for k in ("release", "deadline", "overrun", "missed")])
            yield same("page-rows-%d" % width, drawn["rows"], [len(cpu["vcpus"]), len(cpu["plans"])])
            yield same("page-looks-%d" % width, (drawn["flat"], drawn["wide"]), (0, False))
            yield same("page-data-%d" % width, json.loads(drawn["data"]), data)
        yield same("page-silent", (browser.console, browser.requests), ([], [url] * 2))


def run(ctx):
    """Every check."""
    tool = Tool(ctx)
    yield from foretold(tool)
    yield from published(tool)
    yield from changes(tool)
    yield from interrupts(tool)
    yield from processors(tool)
    yield from outputs(tool)
    yield from page(tool)
