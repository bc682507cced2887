# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Contracts of the kernel's own functions, proved with Frama-C's WP; planted faults must lose goals.

Optional: Frama-C and its provers are large, and the suite runs only when it is named.
"""

import os
import re
import shutil

from suites import failed, passed

TITLE = "Frama-C/WP: order of times, the pick of pools, shares of admission, proved for all values"
OPTIONAL = True
PACKAGES = ["proof"]
WATCH = ["tests/proof/**", "kernel/**", "hal/**", "sdk/include/**", "arch/host/include/**"]

INCLUDES = ["hal/include", "kernel/include", "sdk/include", "arch/host/include"]
SECONDS = 5         # of a prover for one goal

# What is proved: name, file, its functions.
PROVED = [
    ("pick", "tests/proof/pick.c",
     ["time_reached", "time_within", "pool_queue_is_earlier", "pool_queue_winner", "proof_is_before"]),
    ("admission", "tests/proof/admission.c", ["sep_admission_share", "sep_admission_budget"]),
]
# Faults: name, which proof loses goals by it, file, text, what stands there instead.
FAULTS = [
    ("reached", "pick", "hal/include/hal/timer.h", ">> 32) >= 0)", ">> 32) > 0)"),
    ("earlier", "pick", "hal/include/hal/timer.h", "HAL_REACHED((b_time), (a_time)) ? (a) : (b)",
     "HAL_REACHED((b_time), (a_time)) ? (b) : (a)"),
    ("ties", "pick", "kernel/include/kernel/pool_queue.h", "(stands_first ? 1u : 0u)",
     "(stands_first ? 0u : 1u)"),
    ("within", "pick", "kernel/include/kernel/time.h", "((limit - length) >> 32)",
     "((length - limit) >> 32)"),
    ("share", "admission", "sdk/include/septum/admission.h", "<< 32) + 99u) / 100u",
     "<< 32) + 100u) / 100u"),
    ("budget", "admission", "sdk/include/septum/admission.h", "(length * part) >> 32",
     "((length * part) >> 32) + 1u"),
]
GOAL = re.compile(r"^\[wp\] \[\S[^]]*\] Goal typed_(\S+) : Valid", re.M)
COUNT = re.compile(r"Proved goals: +(\d+) / (\d+)")


class ProofError(Exception):
    """A file that Frama-C refuses."""


def prove(ctx, root, path, what):
    """Goals proved of a file, goals there are, and what was printed. what: options that choose goals."""
    preprocess = " ".join(["clang-19 -E -C -std=c11"] + ["-I%s" % os.path.join(root, i)
                                                         for i in INCLUDES])
    done = ctx.run(
        ["frama-c", "-c11", "-no-pp-annot", "-cpp-command", preprocess, "-cpp-frama-c-compliant",
         os.path.join(root, path), "-wp", "-wp-rte", "-wp-prover", "z3,cvc4", "-wp-timeout", SECONDS,
         "-wp-par", ctx.jobs] + what,
        env=dict(ctx.builder.env, WHY3CONFIG=os.path.join(ctx.tmp, "why3.conf")), timeout=500)
    count = COUNT.search(done.out)
    if not done.ok or not count or int(count[2]) == 0:
        raise ProofError(done.out)
    return int(count[1]), int(count[2]), done.out


def holds(ctx, name, path, functions):
    """All goals of the named functions, each of which has some, and of all lemmas."""
    for label, what in (("functions", ["-wp-fct", ",".join(functions)]),
                        ("lemmas", ["-wp-prop", "@lemma"])):
        proved, goals, out = prove(ctx, ctx.root, path, what)
        names = GOAL.findall(out)
        idle = [f for f in functions if not any(n.startswith(f + "_ensures") for n in names)]
        if proved != goals or (label == "functions" and idle):
            yield failed("%s/%s" % (name, label), "%d of %d goals proved\n%s" % (proved, goals, out))
        else:
            yield passed("%s/%s" % (name, label), "%d goals" % goals)


def found(ctx, label, name, path, text, instead):
    """With the fault a goal is not proved that is proved without it."""
    root = os.path.join(ctx.tmp, label)
    for folder in INCLUDES + ["tests/proof", "kernel"]:
        shutil.copytree(ctx.path(folder), os.path.join(root, folder), dirs_exist_ok=True)
    with open(os.path.join(root, path), encoding="utf-8") as source:
        before = source.read()
    if before.count(text) != 1:
        return failed("fault/" + label, "%s does not hold '%s' once" % (path, text))
    with open(os.path.join(root, path), "w", encoding="utf-8") as out:
        out.write(before.replace(text, instead))
    file, functions = next((f, g) for n, f, g in PROVED if n == name)
    proved, goals, out = prove(ctx, root, file, ["-wp-fct", ",".join(functions)])
    if proved >= goals:
        return failed("fault/" + label, "all %d goals are proved with the fault" % goals)
    return passed("fault/" + label, "%d of %d goals" % (proved, goals))


def run(ctx):
    """Everything that holds, then the faults."""
    env = dict(ctx.builder.env, WHY3CONFIG=os.path.join(ctx.tmp, "why3.conf"))
    done = ctx.run(["why3", "config", "detect"], env=env)
    if not done.ok or "Z3" not in done.out or "CVC4" not in done.out:
        yield failed("provers", done.out)
        return
    for name, path, functions in PROVED:
        try:
            yield from holds(ctx, name, path, functions)
        except ProofError as error:
            yield failed(name, str(error))
    for fault in FAULTS:
        try:
            yield found(ctx, *fault)
        except ProofError as error:
            yield failed("fault/" + fault[0], str(error))
