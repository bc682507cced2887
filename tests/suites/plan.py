# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""`septum plan`: seeded instances made and checked by a program that shares nothing with the tool, small ones
beside a solver, numbers beside numbers counted anew, outputs, the picture of the manual, the page."""

import json
import os
import re
import sys
import time

import jsonschema

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "tools"))
import fake_hypervisor              # noqa: E402  (after the path is set)
import plan_checker as checker      # noqa: E402
import plan_instances as instances  # noqa: E402
from browser import Browser         # noqa: E402
from tooling import refused, same   # noqa: E402

TITLE = "septum plan: 500 seeded plans checked independently, existence beside z3, numbers, outputs, page"
PRESETS = ["host"]
WATCH = ["sdk/tools/**", "tests/tools/plan_*.py", "docs/pictures/plan.*", "tests/negative/boards/*"]
ORDER = 45

INSTANCES = 100
SMALL = 200
US = 1000

# Steps of all instances of a kind (decisions taken, states looked at), and slots per 1000 jobs: what they are today.
# More is a change for the worse.
LIMITS = {
    "harmonic": (813975, 999),
    "harmonic-cost": (150505, 999),
    "others": (247627, 1000),
    "others-cost": (51652, 1000),
    "constrained": (69888, 1048),
    "processors": (19306, 1001),
    "processors-across": (3652, 1000),
    "small": (692, 979),
}
NONE = re.compile(r"no plan exists on processor (\d+): .* must get (\w+) between (\w+) and (\w+), which is (\w+)$")


class Tool:
    """The host command in a folder of its own."""

    def __init__(self, ctx):
        self.ctx, self.program = ctx, ctx.tool()
        self.boards = ctx.path("tests", "negative", "boards")
        self.folder = os.path.join(ctx.tmp, "plan")
        os.makedirs(self.folder, exist_ok=True)
        self.checked = os.path.join(ctx.build("host", "septum-checked"), "sdk", "tools", "septum-checked")
        self.env = dict(ctx.builder.env, LLVM_PROFILE_FILE=os.devnull)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as out:
            out.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as source:
            return source.read()

    def plan(self, *words, program=None):
        """`septum plan` with the boards of the negative tests."""
        return self.ctx.run([program or self.checked, "plan"] + list(words) +
                            ["--board-path", self.boards], cwd=self.folder, env=self.env, split=True)


class Count:
    """What the instances of one kind took."""

    def __init__(self):
        self.plans = self.none = self.steps = self.jobs = self.slots = self.searched = 0
        self.longest = 0.0

    def add(self, answer, data, seconds):
        """One instance; by one thread."""
        self.none += answer == "none"
        if answer != "plan":
            return
        self.plans += 1
        self.steps += data["made"]["steps"]
        self.jobs += data["made"]["jobs"]
        self.slots += sum(len(cpu["slots"]) for cpu in data["processors"])
        self.searched += data["made"]["searched"]
        self.longest = max(self.longest, seconds)


def make(tool, instance, program=None):
    """One instance: (problem or None, answer 'plan', 'none' or 'unknown', JSON, seconds)."""
    path = tool.write(instance.name + ".xml", instance.xml())
    start = time.monotonic()
    done = tool.plan("make", "--json", path, *instance.words(), program=program)
    seconds = time.monotonic() - start
    try:
        data = json.loads(done.out)
    except ValueError:
        return "exit status %s\n%s%s" % (done.code, done.out, done.err), None, None, seconds
    if done.code == 0:
        wrong = "\n".join(checker.problems(path, data, instance.cost))
        return wrong or None, "plan", data, seconds
    error = data["errors"][0]
    if error["id"] == "SEP4236":
        return None, "unknown", data, seconds
    if error["id"] != "SEP4235":
        return "%s" % data, None, data, seconds
    return proof(path, error["message"]), "none", data, seconds


def proof(path, message):
    """What is wrong with the reason why there is no plan."""
    if message.endswith("every one was looked at"):
        return None   # the solver's to judge
    match = NONE.match(message)
    if not match:
        return "no proof: " + message
    said, start, end, length = (checker.time(word) for word in match.groups()[1:])
    total, _ = checker.demand(path, int(match[1]), start, end)
    if end - start != length or total != said or total <= length:
        return "%s, but the demand is %d ns" % (message, total)
    return None


def many(tool, kind, list_of, answers):
    """Instances of a kind; each answer must be one of those allowed."""
    count, wrong = Count(), []
    results = tool.ctx.map(lambda i: make(tool, i, tool.program), list_of)
    for instance, (problem, answer, data, seconds) in zip(list_of, results):
        count.add(answer, data, seconds)
        tool.ctx.progress("%s: %d plans" % (kind, count.plans))
        if problem or answer not in answers:
            wrong.append("%s: %s" % (instance.name, problem or "the answer is " + str(answer)))
    yield verdict(tool, kind, count, wrong, len(list_of))


def verdict(tool, kind, count, wrong, total):
    """The instances of a kind, and what they took beside what they may take."""
    slots = count.slots * 1000 // max(1, count.jobs)
    detail = "%d of %d plans, %d none, %d searched, %d steps, %d jobs, %d slots per 1000, longest %.2f s" % (
        count.plans, total, count.none, count.searched, count.steps, count.jobs, slots, count.longest)
    tool.ctx.say("  %s: %s" % (kind, detail))
    if count.steps > LIMITS[kind][0] or slots > LIMITS[kind][1]:
        wrong.append("limits %s: %s" % (LIMITS[kind], detail))
    return failed(kind, "\n".join(wrong)) if wrong else passed(kind, detail)


def large(tool):
    """50 partitions with harmonic periods, 20 with others, with and without a cost of switching, constrained, on
    two processors."""
    for kind, size, periods in (("harmonic", 50, instances.HARMONIC), ("others", 20, instances.OTHERS)):
        yield from many(tool, kind, [instances.large(n, size, periods) for n in range(INSTANCES)], ["plan"])
        costly = [instances.large(n, size, periods, cost=20 * US) for n in range(0, INSTANCES, 5)]
        yield from many(tool, kind + "-cost", costly, ["plan"])
    yield from many(tool, "constrained", [instances.constrained(n, 20, instances.HARMONIC[:7])
                                          for n in range(INSTANCES)], ["plan", "none"])
    alone = [instances.spread(n, 15, instances.HARMONIC[:6]) for n in range(40) if n % 4]
    yield from many(tool, "processors", alone, ["plan", "none"])
    across = [instances.spread(n, 15, instances.HARMONIC[:6]) for n in range(40) if not n % 4]
    yield from many(tool, "processors-across", across, ["plan", "none", "unknown"])


def small(tool):
    """At most 6 partitions: a plan is found exactly where the solver says that there is one."""
    try:
        import plan_oracle   # pylint: disable=import-outside-toplevel
    except ImportError:
        yield failed("small", "python3-z3 is not installed")
        return
    count, wrong, there = Count(), [], 0
    for seed in range(SMALL):
        tool.ctx.progress("small: %d of %d" % (seed, SMALL))
        instance = instances.small(seed)
        problem, answer, data, seconds = make(tool, instance)
        count.add(answer, data, seconds)
        exists = plan_oracle.exists(instance)
        there += exists
        if problem or answer != ("plan" if exists else "none"):
            wrong.append("%s: %s, the solver says %s" % (instance.name, problem or answer, exists))
    if not 60 < there < SMALL - 60 or count.searched < 3:
        wrong.append("the instances show nothing: %d have a plan, %d searched" % (there, count.searched))
    yield verdict(tool, "small", count, wrong, SMALL)


def counted(path, data, name):
    """(least, response, begin jitter, end jitter) of a partition, counted from its slots."""
    wants, _ = checker.wanted(path)
    period, duration, deadline, _ = wants[name]
    plan = checker.Plan(data, data["switch_cost"])
    least, begins, ends = None, [], []
    for opens in range(0, plan.frame, period):
        begin, end = plan.job(name, opens, opens + period, duration)
        begins.append(begin - opens)
        ends.append(end - opens)
        given = sum(b - a for a, b in plan.pieces(name, opens, opens + deadline))
        least = given if least is None else min(least, given)
    return least, max(ends), max(begins) - min(begins), max(ends) - min(ends)


def numbers(tool):
    """`plan check` of made plans beside what is counted anew; the JSON follows its schema."""
    with open(tool.ctx.path("sdk", "tools", "schema", "plan.schema.json"), encoding="utf-8") as source:
        schema = json.load(source)
    wrong, seen = [], 0
    for seed in range(12):
        instance = instances.constrained(seed, 8, instances.HARMONIC[:4])
        tool.write("in.xml", instance.xml())
        if tool.plan("make", "in.xml", "--write", "out.xml").code != 0:
            continue
        done = tool.plan("check", "out.xml", "--json", "--switch-cost", "%dns" % (10 * US * (seed % 2)))
        data = json.loads(done.out)
        jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
        for r in [r for r in data["requirements"] if r["response"] is not None]:
            got = (r["least"], r["response"], r["begin_jitter"], r["end_jitter"])
            want = counted(tool.path("out.xml"), data, r["partition"])
            seen += 1
            if got != want:
                wrong.append("seed %d, %s: %s, counted %s" % (seed, r["partition"], got, want))
    yield failed("numbers", "\n".join(wrong)) if wrong or seen < 30 else passed("numbers", "%d" % seen)


def chains(tool):
    """Chains in a made plan: within their limit, as long as counted; precedence in every period."""
    slot = instances.SLOT
    wants = [instances.Want(40 * slot, 5 * slot), instances.Want(40 * slot, 6 * slot),
             instances.Want(40 * slot, 4 * slot), instances.Want(20 * slot, 4 * slot),
             instances.Want(80 * slot, 20 * slot, after=[])]
    for name, steps, limit in (("within", [2, 1, 0], 25), ("longer", [0, 1, 2], 70), ("other", [3, 4], 160)):
        instance = instances.Instance("chain-" + name, wants, [instances.Chain(steps, limit * slot)])
        path = tool.write("chain.xml", instance.xml())
        done = tool.plan("make", "chain.xml", "--json")
        data = json.loads(done.out)
        if done.code != 0:
            yield failed("chain-" + name, done.out)
            continue
        found = checker.problems(path, data, 0)
        shown = data["chains"][0]
        less = [list(checker.check_chain(checker.Plan(data, 0), checker.wanted(path)[0], shown["steps"], n))
                for n in (shown["latency"], shown["latency"] - 1)]
        yield same("chain-" + name, (found, less[0], bool(less[1])), ([], [], True))


def outputs(tool):
    """What is written: the plan and nothing else, twice the same, and nothing where it must not be."""
    picture = tool.ctx.path("docs", "pictures", "plan.xml")
    with open(picture, encoding="utf-8") as source:
        text = source.read()
    tool.write("system.xml", text)
    boards = ["--board-path", tool.ctx.path("configs", "boards")]

    def plan(*words):
        return tool.ctx.run([tool.checked, "plan"] + list(words) + boards, cwd=tool.folder, env=tool.env,
                            split=True)
    done = plan("make", "system.xml", "--write", "made.xml", "--svg", "-o", "made.svg")
    yield same("made", (done.code, done.out, done.err), (0, "", ""))
    made = tool.read("made.xml")
    cut = re.compile(r"<Plan [^>]*/>|<Plan .*?</Plan>", re.DOTALL)
    yield same("only-the-plan", cut.sub("", made), cut.sub("", text))
    done = plan("make", "made.xml", "--write", "again.xml")
    yield same("made-again", (done.code, tool.read("again.xml")), (0, made))
    with open(tool.ctx.path("docs", "pictures", "plan.svg"), encoding="utf-8") as source:
        shown = source.read()
    yield passed("picture") if shown == tool.read("made.svg") else failed(
        "picture", "draw it anew: septum plan make plan.xml --svg -o plan.svg in docs/pictures")
    for form in ("--text", "--json", "--svg", "--html"):
        first, second = (plan("check", "made.xml", form) for _ in range(2))
        yield same("twice" + form, (first.code, first.out == second.out, len(first.out) > 1000), (0, True, True))
    before = sorted(os.listdir(tool.folder))
    for name, words, code, said in (
            ("onto-input", ["make", "system.xml", "--write", "system.xml"], 1, "same file as the input"),
            ("onto-input-report", ["check", "made.xml", "-o", "made.xml"], 1, "same file as the input"),
            ("onto-output", ["make", "system.xml", "--write", "x", "-o", "x"], 1, "same file as the output"),
            ("no-folder", ["make", "system.xml", "--write", "no/x", "-o", "y"], 1, "cannot be written"),
            ("unknown", ["draw", "system.xml"], 2, "say 'check', 'make' or 'simulate'"),
            ("two-forms", ["check", "made.xml", "--svg", "--json"], 2, "exclude each other"),
            ("write-check", ["check", "made.xml", "--write", "x"], 2, "belong to 'plan make'"),
            ("cost", ["check", "made.xml", "--switch-cost", "3"], 2, "is not a time"),
            ("granule", ["make", "system.xml", "--granule", "0ms"], 2, "is not a time"),
            ("limit", ["make", "system.xml", "--limit", "99999999"], 2, "is not a number"),
            ("no-slots", ["check", "system.xml", "-o", "x"], 1, "[SEP4005]")):
        yield refused("refused-" + name, plan(*words), said, code=code)
    yield same("refused-left-nothing", sorted(os.listdir(tool.folder)), before)
    done = plan("check", "made.xml", "--switch-cost", "board", "--json")
    with open(tool.ctx.path("configs", "bounds", "leon3.json"), encoding="utf-8") as source:
        measured = json.load(source)["partition_switch"]["value"] * 32   # ns an instruction: shift 5
    yield same("cost-of-board", (done.code, json.loads(done.out)["switch_cost"]), (1, measured))
    tool.write("unmeasured.xml", instances.large(1, 3, instances.HARMONIC).xml())
    yield refused("refused-unmeasured", tool.plan("make", "unmeasured.xml", "--switch-cost", "board"), "[SEP9051]")
    tool.write("busy.xml", text.replace('capacity="6ms"', 'capacity="16ms"'))
    yield refused("refused-tasks", plan("make", "busy.xml", "--write", "busy-made.xml"), "[SEP4204]",
                  absent=[tool.path("busy-made")])
    done = plan("check", "made.xml", "--switch-cost", "1ms", "-o", "late.txt")
    yield same("late", (done.code, "NOT met" in tool.read("late.txt"), done.err.count("[SEP4010]") > 0),
               (1, True, True))


def compiled(tool):
    """What only the analysis reads leaves nothing in the compiled configuration."""
    text = tool.read("made.xml").replace('<Board name="leon3"/>', '<Board name="bench"/>')
    bare = re.sub(r"\s*<(Tasks|Chains)\b.*?</\1>", "", text, flags=re.DOTALL).replace(' deadline="30ms"', "")
    with open(tool.path("hypervisor.elf"), "wb") as out:
        out.write(fake_hypervisor.hypervisor())
    for number, name in enumerate(("sensors", "guidance", "engines", "telemetry", "camera"), 1):
        base = 0x40000000 + number * 0x100000
        with open(tool.path(name + ".elf"), "wb") as out:
            out.write(fake_hypervisor.image(text=base, data=base + 0x2000, start=base))
    configurations = []
    for name, content in (("all", text), ("bare", bare)):
        tool.write(name + ".xml", content)
        done = tool.ctx.run([tool.checked, "compile", "--hypervisor", "hypervisor.elf", "-o", name + ".cfg",
                             "--blobs", name + ".blobs", "--board-path", tool.boards, name + ".xml"],
                            cwd=tool.folder, env=tool.env, split=True)
        yield same("compiled-" + name, (done.code, done.err), (0, ""))
        if done.code == 0:
            with open(tool.path(name + ".cfg"), "rb") as source:
                configurations.append(source.read())
    yield same("compiled-alike", (text == bare, configurations[:1] == configurations[1:]), (False, True))


DRAWN = """({
  slots: [...document.querySelectorAll('svg [data-kind=slot]')].map(e => [+e.dataset.start, +e.dataset.duration,
    e.dataset.partition]),
  flat: [...document.querySelectorAll('svg .slot > rect')].filter(e => {
    const b = e.getBoundingClientRect(), s = e.ownerSVGElement.getBoundingClientRect();
    return b.width <= 0 || b.height <= 0 || b.left < s.left - 1 || b.right > s.right + 1 ||
           b.bottom > s.bottom + 1}).length,
  overlong: [...document.querySelectorAll('svg .slot')].filter(e => [...e.querySelectorAll('text')].some(t =>
    t.getBoundingClientRect().right > e.querySelector('rect').getBoundingClientRect().right + 1)).length,
  rows: ['vcpu', 'want', 'task', 'after', 'chain'].map(k =>
    document.querySelectorAll('tr[data-kind=' + k + ']').length),
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  data: document.getElementById('plan').textContent})"""


def page(tool):
    """The page as a browser sees it."""
    done = tool.ctx.run([tool.checked, "plan", "check", "made.xml", "--html", "-o", "page.html"],
                        cwd=tool.folder, env=tool.env, split=True)
    data = json.loads(tool.ctx.run([tool.checked, "plan", "check", "made.xml", "--json"], cwd=tool.folder,
                                   env=tool.env, split=True).out)
    yield same("page-made", (done.code, done.err), (0, ""))
    url = "file://" + tool.path("page.html")
    with Browser() as browser:
        for width, dark in ((1280, False), (480, True)):
            browser.look(width, dark)
            browser.open(url)
            drawn = browser.evaluate(DRAWN)
            slots = [[s["start"], s["duration"], s["partition"]] for s in data["processors"][0]["slots"]]
            yield same("page-slots-%d" % width, drawn["slots"], slots)
            yield same("page-rows-%d" % width, drawn["rows"],
                       [len(data[k]) for k in ("vcpus", "requirements", "tasks", "precedence", "chains")])
            yield same("page-looks-%d" % width, (drawn["flat"], drawn["overlong"], drawn["wide"]), (0, 0, False))
            yield same("page-data-%d" % width, json.loads(drawn["data"]), data)
        yield same("page-silent", (browser.console, browser.requests), ([], [url] * 2))


def run(ctx):
    """Every check."""
    tool = Tool(ctx)
    yield from large(tool)
    yield from small(tool)
    yield from numbers(tool)
    yield from chains(tool)
    yield from outputs(tool)
    yield from compiled(tool)
    yield from page(tool)
