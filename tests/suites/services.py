# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hypervisors with services left out: they build, boot and answer, and a trace point costs what it may.

What a trace point costs is counted by running the same partitions, of which nothing is traced, on the
hypervisor of the preset and on one without CONFIG_SERVICE_TRACE.
"""

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

TITLE = "hypervisors without services build, boot and answer; a trace point costs 3 instructions, or none"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "tests/qemu/services/**", "tests/qemu/harness.py", "tests/bench/**",
         "tests/suites/services.py"]
ORDER = 62

SERVICES = {"hm": ("hm_",), "ipc": ("port_", "sampling_", "queuing_"), "trace": ("trace_",)}
VARIANTS = [(name,) for name in SERVICES] + [tuple(SERVICES)]
# The other architecture: that its own files do without all of them.
VARIANTS_OF = {"arm64": VARIANTS[-1:]}
OPTION = "CONFIG_SERVICE_%s=y\n"
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


class Variant:
    """A hypervisor without some services, in a folder of this run."""

    def __init__(self, ctx, preset, without):
        self.ctx, self.preset, self.without = ctx, preset, without
        self.name = "without-" + "-".join(without)
        self.folder = os.path.join(ctx.tmp, preset, self.name)
        self.board = harness.board_of(ctx, preset)
        self.hypervisor = os.path.join(self.folder, "septum-%s.elf" % self.board)
        self.output = ""

    def build(self):
        """Configures and builds; what was printed stays in `output`."""
        os.makedirs(self.folder)
        with open(self.ctx.path("configs", self.preset + ".config"), encoding="utf-8") as source:
            text = source.read()
        for service in self.without:
            if OPTION % service.upper() not in text:
                raise RuntimeError("configs/%s.config does not have %s on" % (self.preset, service))
            text = text.replace(OPTION % service.upper(), "")
            text += "# CONFIG_SERVICE_%s is not set\n" % service.upper()
        config = os.path.join(self.folder, "variant.config")
        with open(config, "w", encoding="utf-8") as out:
            out.write(text)
        with open(self.ctx.path("build", self.preset, "CMakeCache.txt"), encoding="utf-8") as cache:
            toolchain = re.search(r"^CMAKE_TOOLCHAIN_FILE:\w+=(.*)$", cache.read(), re.M)[1]
        for argv in (["cmake", "-G", "Ninja", "-S", self.ctx.root, "-B", self.folder,
                      "-DSEPTUM_PRESET=" + self.preset, "-DSEPTUM_CONFIG=" + config,
                      "-DCMAKE_TOOLCHAIN_FILE=" + toolchain],
                     ["cmake", "--build", self.folder, "--target", os.path.basename(self.hypervisor)]):
            done = self.ctx.run(argv, timeout=300)
            self.output += done.out
            if not done.ok:
                return failed(self.name + "/build", done.out)
        if "warning:" in self.output:
            return failed(self.name + "/build", self.output)
        return passed(self.name + "/build", "%d bytes" % os.path.getsize(self.hypervisor))

    def image(self, description, folder, hypervisor=None):
        """A system of partitions that the preset has built, on this hypervisor or another one."""
        path = os.path.join(self.folder, os.path.basename(os.path.dirname(description)) + "-" +
                            os.path.basename(folder) + ("-full.elf" if hypervisor else ".elf"))
        done = self.ctx.run([self.ctx.tool(), "build", "--board", self.board, "--board-path",
                             self.ctx.path("configs", "boards"), "--hypervisor",
                             hypervisor or self.hypervisor, "--search-path", folder, "-o", path,
                             description])
        if not done.ok:
            raise RuntimeError(done.out)
        return path

    def built(self, *words):
        """A path in the preset's build folder."""
        return self.ctx.path("build", self.preset, *words)

    def answers(self):
        """Every call of a service that is left out is unknown, every other is known; an action on an event
        is taken."""
        image = self.image(self.ctx.path(FOLDER, "system.xml"), self.built(FOLDER))
        run = harness.run_image(self.ctx, image)
        lines = run.sources.get("caller", [])
        rows = dict(line.split() for line in lines if len(line.split()) == 2)
        gone = tuple(start for service in self.without for start in SERVICES[service])
        wrong = ["%s answers %s" % row for row in rows.items()
                 if (row[1] == UNKNOWN) != row[0].startswith(gone)]
        served = {service: sum(name.startswith(starts) for name in rows)
                  for service, starts in SERVICES.items()}
        if run.status != 0 or wrong or not all(served.values()) or lines[-2:] != ["each is an event", "faulty is halted"]:
            return failed(self.name + "/answers", "\n".join(wrong) + run.out)
        return passed(self.name + "/answers", "%d calls" % len(rows))

    def hello(self):
        """An example boots."""
        folder = os.path.join("sdk", "examples", "hello")
        image = self.image(self.ctx.path(folder, "system.xml"), self.built(folder))
        return harness.check(self.ctx, self.name + "/hello", image,
                             harness.Expectation(self.ctx.path(folder, "expected.txt")))

    def refuses(self):
        """The tool says which service a description needs."""
        for service, name, rule in (("ipc", "queuing", "SEP8017"), ("trace", "traces", "SEP8018"),
                                    ("hm", "logbook", "SEP8023")):
            if service not in self.without:
                continue
            folder = os.path.join("sdk", "examples", name)
            done = self.ctx.run([self.ctx.tool(), "build", "--board", self.board, "--board-path",
                                 self.ctx.path("configs", "boards"), "--hypervisor", self.hypervisor,
                                 "--search-path", self.built(folder), "-o",
                                 os.path.join(self.folder, "refused.elf"),
                                 self.ctx.path(folder, "system.xml")])
            good = "[%s]" % rule in done.out and "CONFIG_SERVICE_%s" % service.upper() in done.out
            label = "%s/says-%s" % (self.name, service)
            yield passed(label) if good else failed(label, done.out)


def points(ctx, variant, full):
    """What the trace points of some paths cost when nothing is traced."""
    def untraced(name):
        """A description of tests/bench without traces."""
        with open(ctx.path("tests", "bench", "systems", name + ".xml"), encoding="utf-8") as source:
            text = re.sub(r"\s*<Trace [^>]*/>", "", source.read())
        path = os.path.join(variant.folder, name, "untraced.xml")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def systems(name):
        """The same system on both hypervisors."""
        folder = variant.built("tests", "bench", name)
        for hypervisor in (full, variant.hypervisor):
            image = variant.image(untraced(name), folder, full if hypervisor is full else None)
            yield bench_system.System(ctx, variant.preset, name, image, hypervisor)

    def calls(system):
        """{call: instructions} of one that nothing disturbs."""
        depths, rows = bench_calls.calls_of(*bench_calls.observe(system), absent=SERVICES["trace"])
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


def nothing_left(ctx, variant):
    """Without the service no function of traces is in the binary."""
    names = {n for n in bench_system.symbols(ctx, variant.hypervisor) if "trace" in n}
    left = sorted(n for n in names if not LEFT.fullmatch(n))
    if left:
        return failed("trace-points/none", "left: %s" % left)
    return passed("trace-points/none", "%d symbols" % len(names))


def check(ctx, preset):
    """One preset."""
    ctx.build(preset)
    for without in VARIANTS_OF.get(preset, VARIANTS):
        variant = Variant(ctx, preset, without)
        ctx.progress(variant.name)
        result = variant.build()
        yield result
        if result.status != "pass":
            continue
        yield variant.answers()
        yield from variant.refuses()
        if len(without) == len(SERVICES):
            yield variant.hello()
        if without == ("trace",):
            yield nothing_left(ctx, variant)
            yield from points(ctx, variant, os.path.join(ctx.root, "build", preset,
                                                         "septum-%s.elf" % variant.board))


def run(ctx):
    """Every preset."""
    for preset in ctx.presets:
        for result in check(ctx, preset):
            result.name = "%s/%s" % (preset, result.name)
            yield result
