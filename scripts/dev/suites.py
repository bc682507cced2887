# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Finds the test suites, runs them and prints the table.

A suite is a file tests/suites/<name>.py with

    TITLE = "one line that says what it shows"
    PRESETS = ["leon3"]        # presets it runs on; [] or absent: it is about the sources
    WATCH = ["kernel/**"]      # what `--changed` compares with: ** any depth, absent: everything
    ORDER = 50                 # lower runs earlier; this and what follows may be absent
    OPTIONAL = True            # runs only when it is named
    PACKAGES = ["proof"]       # groups of scripts/packages.txt that it takes besides build and test
    def run(ctx): ...          # returns or yields Result(name, status, detail)

and may import `Result`, `passed`, `failed`, `skipped` from here. ctx is a Context.
"""

import concurrent.futures
import glob
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback

import build
import process

PASS, FAIL, SKIP = "pass", "fail", "skip"


class Result:
    """One check of a suite: its name, pass, fail or skip, and what to say about it."""

    def __init__(self, name, status, detail=""):
        assert status in (PASS, FAIL, SKIP), status
        self.name, self.status, self.detail = name, status, detail


def passed(name, detail=""):
    """A check that passed."""
    return Result(name, PASS, detail)


def failed(name, detail):
    """A check that failed."""
    return Result(name, FAIL, detail)


def skipped(name, detail):
    """A check that could not run here."""
    return Result(name, SKIP, detail)


class Context:
    """What a suite gets: the tree, the builder, a folder of its own and ways to run commands."""

    def __init__(self, root, builder, say, presets, jobs, tmp):
        self.root, self.builder, self.say = root, builder, say
        self.presets, self.jobs, self.tmp = presets, jobs, tmp
        self._printed = time.monotonic()

    def build(self, preset, target=None):
        """Build a preset (once per run); returns its build folder."""
        return self.builder.build(preset, target)

    def configure(self, preset):
        """Configure a preset without building it; returns its build folder."""
        return self.builder.configure(preset)

    def tool(self):
        """The path of the host command `septum`, built."""
        return self.builder.tool()

    def run(self, argv, **options):
        """Run a command (from the root unless cwd is given); returns process.Result.

        Options: cwd, env, timeout in seconds, stdin text, split=True to keep stderr apart,
        text=False for bytes. The command and all it starts is ended with this program.
        """
        options.setdefault("cwd", self.root)
        options.setdefault("env", self.builder.env)
        options.setdefault("timeout", 600)
        return process.run(argv, **options)

    def map(self, function, items):
        """Apply a function to items on all processors; yields the results in order."""
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(function, items)

    def progress(self, text):
        """Say how far a long suite is, at most every 10 seconds."""
        if time.monotonic() - self._printed > 10:
            self._printed = time.monotonic()
            self.say("  " + text)

    def sources(self, *patterns):
        """Files of the tree that git tracks or would track, matching any pattern (see WATCH)."""
        return [name for name in tree_files(self.root)
                if any(matches(name, p) for p in patterns)]

    def path(self, *parts):
        """A path below the root."""
        return os.path.join(self.root, *parts)


def matches(name, pattern):
    """A shell pattern in which ** crosses folders and * does not."""
    expression = "".join(
        {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part) or
        (part if part.startswith("[") else re.escape(part))
        for part in re.split(r"(\*\*/|\*\*|\*|\?|\[[^]]+\])", pattern))
    return re.fullmatch(expression, name) is not None


def _git(root, *words):
    answer = subprocess.run(("git", "-c", "safe.directory=*") + words, cwd=root,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, check=False)
    if answer.returncode != 0:
        return None
    return [n for n in answer.stdout.decode("utf-8", "replace").split("\0") if n]


def tree_files(root):
    """The source files: what git tracks and what is new and not ignored."""
    names = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if names is None:  # an unpacked archive
        names = [os.path.relpath(p, root) for p in glob.glob(root + "/**", recursive=True)]
        names = [n for n in names if not n.startswith("build/")]
    return sorted(n for n in set(names) if os.path.isfile(os.path.join(root, n)))


def changed_files(root):
    """What differs from HEAD, or None when git cannot say."""
    names = _git(root, "diff", "-z", "--name-only", "HEAD")
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard")
    return None if names is None or new is None else sorted(set(names + new))


class Suite:
    """A suite's module and what it declares."""

    def __init__(self, path):
        self.name = os.path.splitext(os.path.basename(path))[0]
        spec = importlib.util.spec_from_file_location("suite_" + self.name, path)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.title = self.module.TITLE
        self.presets = getattr(self.module, "PRESETS", [])
        self.watch = getattr(self.module, "WATCH", ["**"]) + ["tests/suites/%s.py" % self.name]
        self.order = getattr(self.module, "ORDER", 50)
        self.optional = getattr(self.module, "OPTIONAL", False)
        self.packages = getattr(self.module, "PACKAGES", [])

    def watches(self, names):
        """Whether one of the files concerns this suite."""
        return any(matches(name, pattern) for name in names for pattern in self.watch)


def _files(root):
    """The files of the suites; those that begin with _ are helpers."""
    paths = glob.glob(os.path.join(root, "tests", "suites", "*.py"))
    return sorted(p for p in paths if not os.path.basename(p).startswith("_"))


def names(root):
    """The names of all suites, without loading them."""
    return [os.path.splitext(os.path.basename(p))[0] for p in _files(root)]


def find(root):
    """All suites, in the order in which they run."""
    folder = os.path.join(root, "tests", "suites")
    # So that a suite finds `suites`, and helpers that lie beside it.
    sys.modules.setdefault("suites", sys.modules[__name__])
    if folder not in sys.path:
        sys.path.append(folder)
    return sorted((Suite(p) for p in _files(root)), key=lambda s: (s.order, s.name))


def choose(suites, presets, names, only_changed, root, say):
    """The suites that the command line asks for, each with its presets."""
    chosen = []
    files = changed_files(root) if only_changed else None
    for suite in suites:
        if names and suite.name not in names:
            continue
        if presets and not names and not suite.presets:
            continue
        mine = [p for p in suite.presets if not presets or p in presets]
        if suite.presets and not mine:
            continue
        if files is not None and not suite.watches(files):
            continue
        chosen.append((suite, mine))
    if only_changed:
        say("changed against HEAD: %s" % ("unknown, running all" if files is None
                                          else "%d files" % len(files)))
    return chosen


def _run_one(suite, ctx):
    """Run one suite; whatever goes wrong inside is a failed check of it."""
    try:
        results = list(suite.module.run(ctx))
    except build.BuildError as error:
        return [failed("build", str(error))]
    except (KeyboardInterrupt, process.Interrupted):
        raise
    except Exception:  # pylint: disable=broad-except
        return [failed("suite", traceback.format_exc())]
    return results or [failed("suite", "it has no checks")]


def _progress_line(say, title, stop):
    """Say every 60 seconds that a suite is still at work."""
    start = time.monotonic()
    while not stop.wait(60):
        say("  %s: %d s so far" % (title, time.monotonic() - start))


def run_all(root, builder, say, chosen, jobs):
    """Run the suites one after the other; returns [(suite, results, seconds)]."""
    table = []
    base = tempfile.mkdtemp(prefix="septum-test-")
    keep = False
    try:
        for index, (suite, presets) in enumerate(chosen, 1):
            say("[%d/%d] %s: %s" % (index, len(chosen), suite.name, suite.title))
            tmp = os.path.join(base, suite.name)
            os.makedirs(tmp)
            start, stop = time.monotonic(), threading.Event()
            ticker = threading.Thread(target=_progress_line, args=(say, suite.name, stop),
                                      daemon=True)
            ticker.start()
            try:
                results = _run_one(suite, Context(root, builder, say, presets, jobs, tmp))
            finally:
                stop.set()
            seconds = time.monotonic() - start
            wrong = [r for r in results if r.status == FAIL]
            for result in wrong:
                say("  FAIL %s: %s" % (result.name, _indent(result.detail)))
            if not wrong:
                shutil.rmtree(tmp, ignore_errors=True)
            keep = keep or bool(wrong)
            table.append((suite, results, seconds))
        return table
    finally:
        if keep:
            say("what the failed suites wrote is kept in %s" % base)
        else:
            shutil.rmtree(base, ignore_errors=True)


def _indent(text, limit=120):
    lines = text.rstrip().splitlines() or [""]
    if len(lines) > limit:
        lines = lines[:limit // 2] + ["... %d lines left out ..." % (len(lines) - limit)] + \
            lines[-limit // 2:]
    return "\n       ".join(lines)


def print_table(table):
    """The closing table; returns the numbers of passed, failed and skipped checks."""
    total = {PASS: 0, FAIL: 0, SKIP: 0}
    print("\n%-16s %7s %7s %8s %8s  %s" % ("suite", "passed", "failed", "skipped", "seconds",
                                           "what it shows"))
    for suite, results, seconds in table:
        count = {s: sum(r.status == s for r in results) for s in total}
        for status in total:
            total[status] += count[status]
        print("%-16s %7d %7d %8d %8.1f  %s" % (suite.name, count[PASS], count[FAIL], count[SKIP],
                                               seconds, suite.title))
    for suite, results, _ in table:
        for result in results:
            if result.status != PASS:
                first = (result.detail.strip().splitlines() or [""])[0]
                print("%-7s %s/%s: %s" % (
                    {FAIL: "FAILED", SKIP: "SKIPPED"}[result.status], suite.name, result.name,
                    first[:160]))
    return total[PASS], total[FAIL], total[SKIP]
