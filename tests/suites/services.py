# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hypervisors with services, pools or unmodified operating systems left out: they build, boot and answer, and a trace
point costs what it may.

What a trace point costs is counted by running the same partitions, of which nothing is traced, on the
hypervisor of the preset and on one without CONFIG_SERVICE_TRACE.
"""

import collections
import os
import re
import sys

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("qemu", "bench"):
    sys.path.append(os.path.join(HERE, "..", folder))
import bench_calls   # noqa: E402  (after the path is set)
import bench_switch  # noqa: E402
import bench_system  # noqa: E402
import harness       # noqa: E402
import variant       # noqa: E402

TITLE = "hypervisors without parts build, boot, answer and refuse; a trace point costs 3 instructions, or none"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "tests/qemu/services/**", "tests/qemu/unmodified/**", "tests/qemu/harness.py", "tests/bench/**",
         "tests/suites/services.py"]
ORDER = 62

EXAMPLES = os.path.join("sdk", "examples")
# What can be left out: how its calls begin, a description that needs it, the rule that says so, and
# what the boot says to such a configuration, which another hypervisor's facts were compiled into.
Part = collections.namedtuple("Part", "calls needs rule boot")
PARTS = {
    "hm": Part(("hm_",), os.path.join(EXAMPLES, "logbook"), "SEP8023", None),
    "ipc": Part(("port_", "sampling_", "queuing_"), os.path.join(EXAMPLES, "queuing"),
                "SEP8017", "channels are left out of this hypervisor"),
    "trace": Part(("trace_",), os.path.join(EXAMPLES, "traces"), "SEP8018", None),
    "pools": Part(("periodic_",), os.path.join(EXAMPLES, "pool"), "SEP8024",
                  "pools are left out of this hypervisor"),
    "unmodified": Part((), os.path.join("tests", "qemu", "unmodified", "strict"), "SEP8019",
                       "a partition"),
}
VARIANTS = {"leon3": [("hm",), ("ipc", "pools"), ("trace",), ("hm", "ipc", "trace", "pools")],
            "arm64": [("hm", "ipc", "trace", "pools", "unmodified")]}
UNKNOWN = "SEP_UNKNOWN_HYPERCALL"
FOLDER = os.path.join("tests", "qemu", "services")

# Trace points that lie on a measured path, by source. A point may cost three instructions.
POINT = 3
CALL = ["arch: the test whether the caller's hypercalls are traced",
        "arch: the short way of sep_trace_write()"]
SEND = CALL + ["services/ipc: channel_trace()"]
SWITCH = ["kernel/sched.c: trace_slot()", "kernel/vcpu.c: what the partition's trace holds"]
CALLS = {"null": CALL, "sampling_write_32": SEND, "sampling_read_32": SEND, "queuing_send_32": SEND,
         "queuing_receive_32": SEND}
# What may bear the name of a trace without the service: the calls, which answer that they are unknown.
LEFT = re.compile(r"hc_trace_(write|status|read)|trace_init|trace_is_sound")


class Variant(variant.Variant):
    """A hypervisor without some parts, its systems in a folder of this run."""

    def __init__(self, ctx, preset, without):
        super().__init__(ctx, preset, without)
        self.systems = os.path.join(ctx.tmp, preset, self.name)
        os.makedirs(self.systems)

    def image_of(self, description, folder, hypervisor=None):
        """A system's image, on this hypervisor or another one."""
        name = os.path.basename(os.path.dirname(description)) + "-" + os.path.basename(folder)
        return self.image(description, folder,
                          os.path.join(self.systems, name + ("-full.elf" if hypervisor else ".elf")), hypervisor)

    def built(self, *words):
        """A path in the preset's build folder."""
        return self.ctx.path("build", self.preset, *words)

    def answers(self):
        """Every call of a service that is left out is unknown, every other is known; an action on an event
        is taken."""
        image = self.image_of(self.ctx.path(FOLDER, "system.xml"), self.built(FOLDER))
        run = harness.run_image(self.ctx, image)
        lines = run.sources.get("caller", [])
        rows = dict(line.split() for line in lines if len(line.split()) == 2)
        gone = tuple(start for part in self.without for start in PARTS[part].calls)
        wrong = ["%s answers %s" % row for row in rows.items()
                 if (row[1] == UNKNOWN) != row[0].startswith(gone)]
        served = {name: sum(row.startswith(part.calls) for row in rows)
                  for name, part in PARTS.items() if part.calls}
        if run.status != 0 or wrong or not all(served.values()) or lines[-2:] != ["each is an event", "faulty is halted"]:
            return failed(self.name + "/answers", "\n".join(wrong) + run.out)
        return passed(self.name + "/answers", "%d calls" % len(rows))

    def hello(self):
        """An example boots."""
        folder = os.path.join("sdk", "examples", "hello")
        image = self.image_of(self.ctx.path(folder, "system.xml"), self.built(folder))
        return harness.check(self.ctx, self.name + "/hello", image,
                             harness.Expectation(self.ctx.path(folder, "expected.txt")))

    def refuses(self):
        """The tool says what a description needs; a boot with it all the same stops."""
        for name in self.without:
            part = PARTS[name]
            done = self.ctx.run([self.ctx.tool(), "build", *self._words(part, self.hypervisor), "-o",
                                 os.path.join(self.systems, "refused.elf"),
                                 self.ctx.path(part.needs, "system.xml")])
            good = "[%s]" % part.rule in done.out and variant.OPTIONS[name][0].split("=")[0] in done.out
            label = "%s/says-%s" % (self.name, name)
            yield passed(label) if good else failed(label, done.out)
            if part.boot is not None and "hm" not in self.without:   # without, the log's size stops it first
                yield self._stops(name, part)

    def _words(self, part, hypervisor):
        """What the tool is told about a description that needs a part."""
        return ["--board", self.board, "--board-path", self.ctx.path("configs", "boards"), "--hypervisor", hypervisor,
                "--search-path", self.built(part.needs)]

    def _stops(self, name, part):
        """A configuration that was compiled for the preset's hypervisor ends this one's boot."""
        label = "%s/stops-%s" % (self.name, name)
        config, blobs, image = (os.path.join(self.systems, "stops-" + name + end) for end in (".cfg", ".blobs", ".elf"))
        for argv in (["compile", *self._words(part, self.built(os.path.basename(self.hypervisor))), "-o", config,
                      "--blobs", blobs, self.ctx.path(part.needs, "system.xml")],
                     ["pack", "--hypervisor", self.hypervisor, "--config", config, "--blobs", blobs, "-o", image]):
            done = self.ctx.run([self.ctx.tool(), *argv])
            if not done.ok:
                return failed(label, done.out)
        run = harness.run_image(self.ctx, image)
        return passed(label) if run.status != 0 and part.boot in run.out else failed(label, run.out)


def points(ctx, lean, full):
    """What the trace points of some paths cost when nothing is traced."""
    def untraced(name):
        """A description of tests/bench without traces."""
        with open(ctx.path("tests", "bench", "systems", name + ".xml"), encoding="utf-8") as source:
            text = re.sub(r"\s*<Trace [^>]*/>", "", source.read())
        path = os.path.join(lean.systems, name, "untraced.xml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def systems(name):
        """The same system on both hypervisors."""
        folder = lean.built("tests", "bench", name)
        for hypervisor in (full, lean.hypervisor):
            image = lean.image_of(untraced(name), folder, full if hypervisor is full else None)
            yield bench_system.System(ctx, lean.preset, name, image, hypervisor)

    def calls(system):
        """{call: instructions} of one that nothing disturbs."""
        depths, rows = bench_calls.calls_of(*bench_calls.observe(system), absent=PARTS["trace"].calls)
        return dict({call.name: call.whole for call in rows}, null=depths[0].whole)

    masked, none = (calls(system) for system in systems("calls"))
    for name, places in CALLS.items():
        yield cost(name, masked[name], none[name], places)
    masked, none = (bench_switch.Run(system).longest_switch() for system in systems("switch"))
    yield cost("partition_switch", masked, none, SWITCH)


def cost(name, masked, none, places):
    """Judges one path."""
    label = "trace-points/" + name
    said = "%g instructions with the service, %g without, %d points: %s" % (
        masked, none, len(places), "; ".join(places))
    limit = POINT * len(places)
    return (passed if 0 < masked - none <= limit else failed)(label, said)


def nothing_left(ctx, lean):
    """Without the service no function of traces is in the binary."""
    names = {n for n in bench_system.symbols(ctx, lean.hypervisor) if "trace" in n}
    left = sorted(n for n in names if not LEFT.fullmatch(n))
    if left:
        return failed("trace-points/none", "left: %s" % left)
    return passed("trace-points/none", "%d symbols" % len(names))


def check(ctx, preset):
    """One preset."""
    ctx.build(preset)
    for without in VARIANTS[preset]:
        lean = Variant(ctx, preset, without)
        ctx.progress(lean.name)
        wrong = lean.build()
        if wrong:
            yield failed(lean.name + "/build", wrong)
            continue
        yield passed(lean.name + "/build", "%d bytes" % os.path.getsize(lean.hypervisor))
        if preset == "leon3":
            yield lean.answers()
        yield from lean.refuses()
        if without == VARIANTS[preset][-1]:
            yield lean.hello()
        if without == ("trace",):
            yield nothing_left(ctx, lean)
            yield from points(ctx, lean, os.path.join(ctx.root, "build", preset,
                                                         "septum-%s.elf" % lean.board))


def run(ctx):
    """Every preset."""
    for preset in ctx.presets:
        for result in check(ctx, preset):
            result.name = "%s/%s" % (preset, result.name)
            yield result
