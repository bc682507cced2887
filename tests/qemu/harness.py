# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Runs booted systems and compares what their consoles say with what is expected.

A system is a folder with a `system.xml`, the sources of its partitions and `expected.txt`:

    [name] text         a line of the source `name`; * in the text stands for anything
    [name] ...          any number of further lines, also none
    #! stdin TEXT       what the emulator reads on its input; \\n is a line feed
    #! stdin after=WORD TEXT    the same, once a line that contains WORD has been printed
    #! status N         the exit status of the run, if not 0
    #! timeout N        seconds of wall-clock time, if not 60
    #! host-clock       not by the instruction clock: several processors at once
    #! board            take the preset's board, do not ask the image: its configuration is damaged
    {numeric} LINE      a line where the architecture has that fault: not where its isa_faults.h says
                        #define ISA_HAS_NUMERIC 0
    # anything          a comment

Lines are compared in order for each source; the order between sources is free. Every source that
prints must be expected, with all of its lines; but of the hypervisor (`septum`) and the boot loader
(`boot`) only the expected lines must appear, in their order, among others; yet every event of the
health monitor (`HM: <partition> event ...`) must be expected.
"""

import glob
import os
import re
import subprocess
import threading

from suites import failed, passed

# The exit status of `septum run` when the host's clock ended it: a safety net, never a verdict.
TIMED_OUT = 5
# Words for the emulator with which its instruction clock depends on nothing else. QEMU's main loop puts
# an idle processor's clock on to the next timer; between the power-down and the accounting of what was
# executed before it, it does so too far, by as many instructions. A recording keeps it out meanwhile.
# It keeps input out as well.
STEADY = ["-icount", "rr=record,rrfile=/dev/null"]
# Sources of which not every line is expected.
OPEN_SOURCES = ("septum", "boot")
# Further machines that the same images run on, by preset: label, words for the emulator, the processor's part number.
MACHINES = {"arm64": [
    ("arm64-gicv2", ["-M", "virt,gic-version=2"], 0xd03),
    ("arm64-a72", ["-cpu", "cortex-a72,cntfrq=31250000"], 0xd08),
    ("arm64-a72-gicv2", ["-cpu", "cortex-a72,cntfrq=31250000", "-M", "virt,gic-version=2"], 0xd08),
    ("arm64-max", ["-cpu", "max,cntfrq=31250000"], 0x051),
    ("arm64-max-gicv2", ["-cpu", "max,cntfrq=31250000", "-M", "virt,gic-version=2"], 0x051)]}
EVENT = re.compile(r"HM: \S+ event ")
LINE = re.compile(r"\[([^\] ]+)\] ?(.*)")
WHERE = re.compile(r"\{(\w+)\} ")
ABSENT = re.compile(r"^#define ISA_HAS_(\w+) 0$", re.M)


class Expectation:
    """What expected.txt says, without the lines for what is absent."""

    def __init__(self, path, absent=()):
        self.path, self.absent = path, absent
        self.lines = {}
        self.stdin, self.after = None, None
        self.status, self.timeout, self.board, self.host_clock = 0, 60, False, False
        with open(path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                self._take(number, line.rstrip("\n"))

    def _take(self, number, line):
        where = WHERE.match(line)
        if where:
            if where[1] in self.absent:
                return
            line = line[where.end():]
        match = LINE.fullmatch(line)
        if match:
            self.lines.setdefault(match[1], []).append(match[2])
        elif line.startswith("#! "):
            self._directive(number, *line[3:].partition(" ")[::2])
        elif line and not line.startswith("#"):
            raise ValueError("%s:%d: neither a line of a source nor a comment: %s"
                             % (self.path, number, line))

    def _directive(self, number, name, value):
        if name == "stdin":
            match = re.match(r"after=(\S+) ", value)
            if match:
                self.after = match[1]
                value = value[match.end():]
            self.stdin = value.replace("\\n", "\n")
        elif name in ("status", "timeout"):
            setattr(self, name, int(value))
        elif name == "board":
            self.board = True
        elif name == "host-clock":
            self.host_clock = True
        else:
            raise ValueError("%s:%d: unknown directive '%s'" % (self.path, number, name))

    def compare(self, got):
        """Differences between what was expected and the lines got, a dictionary by source."""
        differences = []
        for source in sorted(set(self.lines) | set(got)):
            want = self.lines.get(source, [])
            if source in OPEN_SOURCES:
                want = [w for line in want for w in ("...", line)] + ["..."]
            problem = _compare_source(want, got.get(source, []))
            if problem:
                differences.append("[%s] %s" % (source, problem))
        for line in got.get("septum", []):
            known = (_pattern(w).fullmatch(line) for w in self.lines.get("septum", []))
            if EVENT.match(line) and not any(known):
                differences.append("[septum] unexpected: %s" % line)
        return differences


def _pattern(line):
    return re.compile(".*".join(re.escape(part) for part in line.split("*")))


def _compare_source(want, got):
    """What is wrong with one source's lines, or None. As in a glob: `...` is `**`."""
    # ends[i]: line numbers of `got` before which the first i expected lines can end.
    ends = {0}
    for index, line in enumerate(want):
        if line == "...":
            following = set(range(min(ends), len(got) + 1))
        else:
            pattern = _pattern(line)
            following = {e + 1 for e in ends if e < len(got) and pattern.fullmatch(got[e])}
        if not following:
            return _missing(want, index, got, max(ends))
        ends = following
    if len(got) in ends:
        return None
    return "unexpected: %s" % got[max(ends)]


def _missing(want, index, got, at):
    text = "expected: %s\n" % want[index]
    if index > 0 and want[index - 1] == "...":
        return text + "    it is nowhere in its %d lines" % len(got)
    return text + "    but got: %s" % (got[at] if at < len(got) else "nothing more")


def split_sources(text):
    """Lines of each source, from the labelled output of `septum run`."""
    got = {}
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        if match:
            got.setdefault(match[1], []).append(match[2])
    return got


class Run:
    """One run of an image: its exit status and labelled output; what the emulator said comes last."""

    def __init__(self, status, out, seconds, err=""):
        self.status, self.out, self.seconds = status, out + err, seconds
        self.sources = split_sources(out)


def run_image(ctx, image, expectation=None, options=(), emulator=()):
    """Run an image with `septum run`; the expectation gives input and time limit.

    The last are words for the emulator."""
    argv = [ctx.tool(), "run", "--timeout", str(expectation.timeout if expectation else 60)]
    argv += list(options)
    talks = expectation is not None and expectation.stdin is not None
    words = ([] if talks or "--no-icount" in options else STEADY) + list(emulator)
    image = [image] + (["--"] + words if words else [])
    limit = (expectation.timeout if expectation else 60) + 30
    if not talks:
        done = ctx.run(argv + image, timeout=limit, split=True)
        return Run(done.code, done.out, done.seconds, done.err)
    argv += ["--stdin"] + image
    if expectation.after is None:
        done = ctx.run(argv, stdin=expectation.stdin, timeout=limit, split=True)
        return Run(done.code, done.out, done.seconds, done.err)
    return _run_talking(argv, expectation)


def run_example(ctx, image):
    """Run an example to its own end, with the input that its expected.txt gives it."""
    name = os.path.splitext(os.path.basename(image))[0].removeprefix("example-")
    path = ctx.path("sdk", "examples", name, "expected.txt")
    return run_image(ctx, image, Expectation(path) if os.path.exists(path) else None)


def _run_talking(argv, expectation):
    """Run a command and give it its input once it has asked for it.

    `septum run` has its own time limit, and dies with us: see process.run()."""
    child = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--"] + argv, text=True,
                             errors="replace", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, start_new_session=True)
    lines = []
    # Should it outlive its own limit, which it must not.
    timer = threading.Timer(expectation.timeout + 30, child.kill)
    timer.start()
    try:
        asked = False
        for line in child.stdout:
            lines.append(line)
            if not asked and expectation.after in line:
                asked = True
                child.stdin.write(expectation.stdin)
                child.stdin.flush()
        child.wait()
    finally:
        timer.cancel()
        if child.poll() is None:
            child.terminate()
        child.wait()
        child.stdin.close()
    return Run(child.returncode, "".join(lines), 0)


def _configured(ctx, preset, what):
    with open(ctx.path("configs", preset + ".config"), encoding="utf-8") as file:
        return re.search(r"^CONFIG_%s_(\w+)=y" % what, file.read(), re.M)[1].lower()


def board_of(ctx, preset):
    """The board of a preset's configuration."""
    return _configured(ctx, preset, "BOARD").replace("_", "-")


def isa_of(ctx, preset):
    """The architecture of a preset's configuration, as its folders are named."""
    return _configured(ctx, preset, "ARCH")


def absent_on(ctx, preset):
    """Faults that a preset's architecture does not have."""
    path = ctx.path("tests", "qemu", "conformance", "include", "isa",
                    isa_of(ctx, preset), "isa_faults.h")
    with open(path, encoding="utf-8") as file:
        return [name.lower() for name in ABSENT.findall(file.read())]


def check(ctx, name, image, expectation, options=(), emulator=()):
    """Run an image and return the suite's result."""
    if not os.path.exists(image):
        return failed(name, "it was not built: %s" % image)
    run = run_image(ctx, image, expectation, options, emulator)
    differences = expectation.compare(run.sources)
    if run.status != expectation.status:
        differences.insert(0, "exit status %s instead of %d" % (run.status, expectation.status))
    if differences:
        return failed(name, "\n".join(differences) + "\nThe whole output:\n" + run.out)
    return passed(name)


def systems(ctx, folder, board="-"):
    """Names of the systems below a folder of the tree: whatever holds a system.xml, or the board's."""
    found = [path for name in ("system.xml", board + ".xml")
             for path in glob.glob(os.path.join(ctx.root, folder, "*", name))]
    return sorted({os.path.basename(os.path.dirname(f)) for f in found})


def image_path(ctx, preset, folder, target):
    """Where CMake puts the image of a system's target."""
    base = os.path.join(ctx.root, "build", preset, folder)
    paths = glob.glob(os.path.join(base, target + ".elf")) + \
        glob.glob(os.path.join(base, "*", target + ".elf"))
    return paths[0] if paths else os.path.join(base, target + ".elf")


def check_folder(ctx, preset, folder, prefix, emulator=(), label=None):
    """Run every system below a folder; its image is the target <prefix><name>."""
    ctx.build(preset)
    absent = absent_on(ctx, preset)

    def one(name):
        path = os.path.join(ctx.root, folder, name, "expected.txt")
        if not os.path.exists(path):
            return failed("%s/%s" % (label or preset, name), "it has no expected.txt")
        try:
            expectation = Expectation(path, absent)
        except ValueError as error:
            return failed("%s/%s" % (label or preset, name), str(error))
        image = image_path(ctx, preset, folder, prefix + name)
        options = ["--board", board_of(ctx, preset)] if expectation.board else []
        options += ["--no-icount"] if expectation.host_clock else []
        return check(ctx, "%s/%s" % (label or preset, name), image, expectation, options, emulator)

    yield from ctx.map(one, systems(ctx, folder, board_of(ctx, preset)))

