# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The models of tests/models, searched exhaustively with spin; broken variants must be found."""

import os
import re
import shutil

from suites import failed, passed

TITLE = "spin: what processors share holds in every order of steps"
WATCH = ["services/ipc/**", "sdk/lib/wait.c", "kernel/virq.c", "kernel/partition.c",
         "kernel/resume.c", "kernel/smp.c", "tests/models/**"]
ORDER = 45

# What must hold: model, variants of its macros.
HOLDS = [("sampling", ""), ("sampling", "WRITES=4"),
         ("queue", ""), ("queue", "AGES"), ("queue", "AGES CLEARS"), ("queue", "AGES DEPTH=1"),
         ("queue", "CLEARS DEPTH=1"), ("queue", "AGES CLEARS DEPTH=3 MESSAGES=6"),
         ("post", ""), ("post", "POSTS=5 SLOTS=6"), ("plan", "")]
# What must be found: model, macros, a word of the assertion that fails.
BROKEN = [("sampling", "NO_LOCK", "got[0]"), ("sampling", "ONE_BUFFER", "got[0]"),
          ("sampling", "EARLY_TELL", "seen[0]"), ("sampling", "PLAIN_VIRQ", "seen[0]"),
          ("queue", "NO_LOCK", "got[0]"), ("queue", "EARLY_TELL", "waiting"),
          ("queue", "NO_ROOM_TOLD", "waiting"), ("queue", "NO_ROOM_TOLD AGES", "waiting"),
          ("queue", "PLAIN_VIRQ", "waiting"),
          ("post", "NO_KICK", "taken"), ("post", "LATE_POST", "taken"), ("post", "EARLY_LOOK", "taken"),
          ("plan", "PLAIN", "ran")]
DEPTH = 1000000     # steps of a path, at most: a longer one fails here


class ModelError(Exception):
    """A model that spin or the compiler refuses."""


def search(ctx, model, macros):
    """What spin's verifier prints of a model, every state visited."""
    name = "-".join([model] + re.findall(r"\w+", macros))
    folder = os.path.join(ctx.tmp, name)
    shutil.copytree(ctx.path("tests", "models"), folder)
    words = ["-D" + m for m in macros.split()]
    # The preprocessor that spin takes by itself is another compiler's.
    for argv in (["spin", "-a", "-Pclang-19 -E -x c"] + words + [model + ".pml"],
                 ["clang-19", "-O2", "-DSAFETY", "-w", "-o", "pan", "pan.c"]):
        done = ctx.run(argv, cwd=folder, timeout=120)
        if not done.ok:
            raise ModelError("%s:\n%s" % (" ".join(argv), done.out))
    return ctx.run(["./pan", "-m%d" % DEPTH], cwd=folder, timeout=300).out


def _label(model, macros):
    return "/".join([model] + macros.split())


def holds(ctx, model, macros):
    """No error in any state, all of them visited, and no line that is never reached."""
    out = search(ctx, model, macros)
    states = re.search(r"(\d+) states, stored", out)
    if not re.search(r"errors: 0$", out, re.M) or not states or \
            re.search(r"Search not completed|max search depth too small", out):
        return failed(_label(model, macros), out)
    # The ends of processes that never end aside.
    idle = [line for line in re.findall(r"^\s+\S+\.pml:.*$", out, re.M) if '"-end-"' not in line]
    if idle and not macros:
        return failed(_label(model, macros), "never reached:\n" + "\n".join(idle))
    return passed(_label(model, macros), "%s states" % states[1])


def broken(ctx, model, macros, word):
    """The variant's fault is found, by the assertion that is about it."""
    out = search(ctx, model, macros)
    found = re.search(r"assertion violated (.*)\(at depth", out)
    if not found or word not in found[1]:
        return failed(_label(model, macros), "the fault is not found, or another:\n" + out)
    return passed(_label(model, macros), "found: " + found[1].strip())


def run(ctx):
    """Everything that holds, everything that does not."""
    work = [(holds,) + item for item in HOLDS] + [(broken,) + item for item in BROKEN]

    def check(item):
        try:
            return item[0](ctx, *item[1:])
        except ModelError as error:
            return failed(_label(*item[1:3]), str(error))

    yield from ctx.map(check, work)
