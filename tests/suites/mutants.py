# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Plants faults: each patch of tests/mutants changes one line, and its named test must then fail.

A patch begins with

    Fault: what is wrong in the patched tree
    Test: unit/test_sched            a unit-test program of the preset host, or
    Test: conformance/irq            a conformance system, or an example, or
    Test: misuse/stack               an attack of tests/qemu/misuse, or
    Test: unmodified/storm           a system of tests/qemu/unmodified (or unmodified-gicv2/storm)

(all but the first on the preset leon3, or as arm64:conformance/irq on another, or as arm64-max:conformance/irq on
another machine of harness.MACHINES),
and is applied to a copy of the tree, so that the tree itself and its build folders stay as they are.
Whether a test fails is the system's verdict, or that it has executed several times the instructions of the
unchanged one without a verdict, or stands still; the host's clock decides nothing: a boot that it ends fails
here. A unit-test program ends with its first failed test, or when it has used several times the processor
time of the unchanged one.

A patch that does not apply, a fault that does not compile and a test that passes all fail here; and
each named test must pass before anything is planted.

What the copies compile goes through a compiler cache of this run: each file of the unchanged tree is
compiled once, and not again when a patch is taken back.
"""

import copy
import glob
import os
import queue
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [HERE, os.path.join(HERE, "..", "qemu")]
import harness  # noqa: E402  (after the path is set)
import misuse  # noqa: E402
import plugin  # noqa: E402
from suites import failed, passed, tree_files  # noqa: E402

TITLE = "planted faults: each is caught by the test that it names"
PRESETS = ["host", "leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "arch/**", "sdk/rt/**", "sdk/lib/**", "sdk/tools/plan/**", "tests/mutants/**",
         "tests/unit/**", "tests/qemu/**"]
ORDER = 90

LIMIT = 1000000000   # instructions of an unchanged boot: several times what the longest of these tests takes
AGAIN = 3            # with a fault it may take so many times as long,
MORE = 10000000      # and so many more
SECONDS = 5          # the same of a unit-test program, in seconds of processor time
TIMEOUT = 240        # seconds: only a safety net
# A program's seconds of processor time, and its end after so many.
TIMED = ["bash", "-c", 'ulimit -t "$1"; TIMEFORMAT="%U"; time "$0"']

FOLDERS = {"conformance": (os.path.join("tests", "qemu", "conformance"), "conformance-"),
           "unmodified": (os.path.join("tests", "qemu", "unmodified"), "unmodified-"),
           "unmodified-gicv2": (os.path.join("tests", "qemu", "unmodified"), "unmodified-gicv2-"),
           "misuse": (os.path.join("tests", "qemu", "misuse"), "misuse-"),
           "example": (os.path.join("sdk", "examples"), "example-")}


class Mutant:
    """One patch: its name, the fault it plants, the test that must notice."""

    def __init__(self, path):
        self.name = os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding="utf-8") as source:
            text = source.read()
        head = dict(re.findall(r"^(Fault|Test): (.+)$", text, re.M))
        self.fault, self.test = head.get("Fault"), head.get("Test")
        lines = [line for line in text.splitlines() if re.match(r"[-+](?![-+])", line)]
        self.removed = sum(line.startswith("-") for line in lines)
        self.added = len(lines) - self.removed


class Tree:
    """A copy of the tree with build folders of its own, used by one thread at a time.

    taken: what each unchanged test has taken, instructions of a boot, seconds of a unit test; the same
    dictionary in all copies."""

    def __init__(self, ctx, root, tool, taken):
        self.ctx, self.root, self.tool, self.configured = ctx, root, tool, set()
        self.taken = taken
        # Headers that were patched just now are compared by what they hold.
        self.env = dict(ctx.builder.env, CMAKE_C_COMPILER_LAUNCHER="ccache", CCACHE_BASEDIR=root,
                        CCACHE_DIR=os.path.join(ctx.tmp, "ccache"), CCACHE_NOHASHDIR="1",
                        CCACHE_CONFIGPATH=os.devnull,
                        CCACHE_SLOPPINESS="include_file_mtime,include_file_ctime")
        for name in tree_files(ctx.root):
            source, target = os.path.join(ctx.root, name), os.path.join(root, name)
            if os.path.isfile(source):
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copy2(source, target)

    def build(self, preset, *targets):
        """Build targets; returns what was printed if that failed."""
        if preset not in self.configured:
            tool = ["-DSEPTUM_TOOL=" + self.tool] if preset != "host" else []
            done = self.ctx.run(["cmake", "--preset", preset] + tool, cwd=self.root, env=self.env)
            if not done.ok:
                return done.out
            self.configured.add(preset)
        done = self.ctx.run(["cmake", "--build", "--preset", preset, "--target", *targets],
                            cwd=self.root, env=self.env, timeout=1200)
        return None if done.ok else done.out

    def build_all(self, tests):
        """Build what all tests need; returns what was printed if that failed."""
        targets = {}
        for test in tests:
            preset, target, _ = target_of(test)
            targets.setdefault(preset, []).append(target)
        problems = [self.build(preset, *names) for preset, names in sorted(targets.items())]
        return "".join(p for p in problems if p)

    def patch(self, mutant, *options):
        """Apply a patch, or take it back; returns the output if it does not fit."""
        path = os.path.join(self.root, "tests", "mutants", mutant.name + ".patch")
        done = subprocess.run(["git", "apply", "-C1", *options, path], cwd=self.root,
                              text=True, check=False, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return None if done.returncode == 0 else done.stdout

    def test(self, test):
        """Build and run a named test: (it could be run, it passed, output)."""
        preset, target, machine = target_of(test)
        kind, name = test.rpartition(":")[2].split("/")
        problem = self.build(preset, target)
        if problem:
            return False, False, problem
        if kind == "unit":
            return self._unit(test, os.path.join("build", "host", "tests", "unit", name))
        if test in self.taken:
            return self._boot(preset, machine, (kind, name), self.taken[test] * AGAIN + MORE)
        count = os.path.join(self.root, "executed")
        result = self._boot(preset, machine, (kind, name), LIMIT, count)
        if result[1]:
            with open(count, encoding="utf-8") as file:
                self.taken[test] = int(file.read())
        return result

    def _unit(self, test, program):
        env = dict(self.ctx.builder.env, LLVM_PROFILE_FILE="/dev/null", CMOCKA_TEST_ABORT="1")
        limit = int(self.taken[test] * AGAIN) + SECONDS if test in self.taken else TIMEOUT
        done = self.ctx.run(TIMED + [program, str(limit)], cwd=self.root, env=env, timeout=1200)
        if done.ok and test not in self.taken:
            self.taken[test] = float(done.out.split()[-1])
        return not done.timed_out, done.ok, done.out

    def _boot(self, preset, machine, system, limit, count=None):
        kind, name = system
        folder, prefix = FOLDERS[kind]
        words = plugin.limit(self.ctx, limit, count) + machine
        if kind == "misuse":
            here = copy.copy(self.ctx)
            here.root = self.root
            attack = misuse.attacks(here, harness.isa_of(here, preset))[name]
            return _judged(misuse.run_one(here, preset, name, attack, words))
        found = glob.glob(os.path.join(self.root, "build", preset, folder, "**",
                                       prefix + name + ".elf"), recursive=True)
        expectation = harness.Expectation(os.path.join(self.root, folder, name, "expected.txt"),
                                          harness.absent_on(self.ctx, preset))
        expectation.timeout = TIMEOUT
        options = ["--no-icount"] if expectation.host_clock else []
        return _judged(harness.check(self.ctx, name, found[0], expectation, options, words))


def target_of(test):
    """(preset, target, the emulator's words for another machine) of a named test."""
    label, _, where = test.rpartition(":")
    kind, name = where.split("/")
    if kind == "unit":
        return "host", name, []
    for preset, machines in harness.MACHINES.items():
        for known, words, _ in machines:
            if known == label:
                return preset, FOLDERS[kind][1] + name, words
    return label or "leon3", FOLDERS[kind][1] + name, []


def _judged(result):
    """(it came to a verdict, it passed, output) of a boot."""
    late = result.detail.startswith("exit status %d" % harness.TIMED_OUT)
    return not late, result.status == "pass", result.detail


def plant(tree, mutant):
    """One mutant in one copy of the tree."""
    if not mutant.fault or not mutant.test:
        return failed(mutant.name, "the patch does not say `Fault:` and `Test:`")
    if mutant.removed > 1 or mutant.added > 1:
        return failed(mutant.name, "the patch changes more than one line")
    problem = tree.patch(mutant)
    if problem:
        return failed(mutant.name, "the patch no longer fits the source:\n" + problem)
    try:
        ran, good, text = tree.test(mutant.test)
    finally:
        problem = tree.patch(mutant, "--reverse")
    if problem:
        raise RuntimeError("%s cannot be taken back:\n%s" % (mutant.name, problem))
    if not ran:
        return failed(mutant.name, "the fault does not compile, or the boot has no end:\n" + text)
    if good:
        return failed(mutant.name, "%s passes although: %s" % (mutant.test, mutant.fault))
    return passed(mutant.name, "%s: %s" % (mutant.test, mutant.fault))


def run(ctx):
    """The named tests on the unchanged tree, then every mutant."""
    ctx.build("host", "septum")
    tool = shutil.copy2(ctx.tool(), ctx.tmp)   # who builds meanwhile does not take it away
    copies, taken = queue.Queue(), {}
    trees = [Tree(ctx, os.path.join(ctx.tmp, "copy%d" % number), tool, taken)
             for number in range(ctx.jobs)]
    mutants = [Mutant(p) for p in sorted(glob.glob(os.path.join(ctx.tmp, "copy0", "tests", "mutants",
                                                                "*.patch")))]
    if len(mutants) < 60:
        yield failed("number", "only %d mutants" % len(mutants))

    def with_copy(work):
        tree = copies.get()
        try:
            return work(tree)
        finally:
            copies.put(tree)

    broken = False
    tests = sorted({m.test for m in mutants if m.test})
    for tree in trees:  # one after the other, on all processors: the second finds what the first compiled
        problem = tree.build_all(tests)
        if problem:
            yield failed("unchanged", problem)
            return
        copies.put(tree)
    for test, (_, good, text) in zip(tests, ctx.map(
            lambda t: with_copy(lambda c: c.test(t)), tests)):
        if not good:
            broken = True
            yield failed("unchanged " + test, "fails without any planted fault:\n" + text)
    if broken:
        return
    for done, result in enumerate(ctx.map(
            lambda m: with_copy(lambda c: plant(c, m)), mutants), 1):
        ctx.progress("%d of %d planted" % (done, len(mutants)))
        yield result
