# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Unit tests on the simulated machine, and the gate on their branch coverage of kernel/ and
services/."""

import glob
import json
import os
import re

from suites import failed, passed

TITLE = "unit tests of kernel and services with sanitizers; every branch of them taken both ways"
PRESETS = ["host"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/host/**", "arch/arm/vm/**", "arch/arm/include/vm/**", "sdk/**",
         "tests/unit/**"]
ORDER = 20

EXCLUSIONS = os.path.join("tests", "unit", "coverage-exclusions.txt")
GATED = ("kernel/", "services/")


def run_one(ctx, program):
    """One cmocka program; its profile goes to the suite's folder."""
    name = os.path.basename(program)
    env = dict(ctx.builder.env, CMOCKA_MESSAGE_OUTPUT="TAP",
               LLVM_PROFILE_FILE=os.path.join(ctx.tmp, name + ".profraw"))
    done = ctx.run([program], env=env, timeout=900)
    results = [(m.group(2), m.group(1) == "ok")
               for m in re.finditer(r"^(ok|not ok) \d+ - (\S+)", done.out, re.M)]
    if not results or (done.code != 0 and all(good for _, good in results)):
        return [failed(name, done.out)]
    text = done.out if done.code else ""
    return [passed("%s/%s" % (name, test)) if good else failed("%s/%s" % (name, test), text)
            for test, good in results]


def exclusions(ctx):
    """[file, text of the line, reason, used] of every line `file: text: reason`."""
    rows = []
    with open(ctx.path(EXCLUSIONS), encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            if line.strip() and not line.startswith("#"):
                parts = [p.strip() for p in line.split(" | ")]
                if len(parts) != 3:
                    raise ValueError("%s:%d: not `file | text | reason`" % (EXCLUSIONS, number))
                rows.append(parts + [False])
    return rows


def excluded(rows, name, text):
    """Whether a line of a file is excluded; notes which exclusion said so."""
    for row in rows:
        if re.fullmatch(row[0].replace("*", ".*"), name) and row[1] in text:
            row[3] = True
            return True
    return False


def profile(ctx, programs):
    """The export of all programs' coverage."""
    merged = os.path.join(ctx.tmp, "unit.profdata")
    raw = glob.glob(os.path.join(ctx.tmp, "*.profraw"))
    done = ctx.run(["llvm-profdata-19", "merge", "-sparse", "-o", merged] + raw)
    if not done.ok:
        raise RuntimeError(done.out)
    objects = [programs[0]] + [w for p in programs[1:] for w in ("-object", p)]
    done = ctx.run(["llvm-cov-19", "export", "-instr-profile", merged,
                    "-ignore-filename-regex", "tests/"] + objects, split=True)
    if not done.ok:
        raise RuntimeError(done.err)
    return json.loads(done.out)["data"][0]


def gate(ctx, data):
    """Every branch of the gated files taken both ways, every function entered."""
    rows, lines = exclusions(ctx), {}
    total = missed = 0
    branches = {}
    for function in data["functions"]:
        for b in function["branches"]:
            name = os.path.normpath(function["filenames"][b[6]])
            name = os.path.relpath(name, ctx.root) if os.path.isabs(name) else name
            if name.startswith(GATED):
                counts = branches.setdefault((name, b[0], b[1], b[2], b[3]), [0, 0])
                counts[0] += b[4]
                counts[1] += b[5]
    for (name, line, column, _, _), (true, false) in sorted(branches.items()):
        total += 2
        if name not in lines:
            with open(ctx.path(name), encoding="utf-8") as source:
                lines[name] = source.read().splitlines()
        if (true == 0 or false == 0) and not excluded(rows, name, lines[name][line - 1]):
            missed += (true == 0) + (false == 0)
            yield failed("branch %s:%d:%d" % (name, line, column), "never %s: %s" % (
                "evaluated" if true + false == 0 else "true" if true == 0 else "false",
                lines[name][line - 1].strip()))
    entered = {}
    for function in data["functions"]:
        name = os.path.normpath(function["filenames"][function["regions"][0][5]])
        if name.startswith(GATED):
            key = (name, function["regions"][0][0])
            entered[key] = entered.get(key, 0) + function["count"]
    for (name, line), count in sorted(entered.items()):
        text = ctx.path(name)
        with open(text, encoding="utf-8") as source:
            text = source.read().splitlines()[line - 1]
        if count == 0 and not excluded(rows, name, text):
            missed += 1
            yield failed("function %s:%d" % (name, line), text)
    for row in rows:
        if not row[3]:
            yield failed("exclusion", "%s: no uncovered branch needs `%s | %s`"
                         % (EXCLUSIONS, row[0], row[1]))
    if total == 0:
        yield failed("coverage", "there is no branch of %s in the profile" % " ".join(GATED))
    elif not missed:
        yield passed("coverage", "%d branch sides" % total)


def run(ctx):
    """All programs, then the gate."""
    folder = ctx.build("host")
    programs = sorted(p for p in glob.glob(os.path.join(folder, "tests", "unit", "test_*"))
                      if os.access(p, os.X_OK) and os.path.isfile(p))
    if not programs:
        yield failed("unit", "there are no test programs")
        return
    broken = False
    for results in ctx.map(lambda p: run_one(ctx, p), programs):
        broken = broken or any(r.status == "fail" for r in results)
        yield from results
    if broken:
        yield failed("coverage", "not looked at: a test failed")
    else:
        yield from gate(ctx, profile(ctx, programs))
