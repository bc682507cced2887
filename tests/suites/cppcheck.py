# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""cppcheck with its MISRA addon over the portable code, as a subset with listed deviations."""

import json
import os
import re

from suites import failed, passed

TITLE = "cppcheck and the MISRA subset, deviations in docs/misra-deviations.md"
WATCH = ["kernel/**", "services/**", "hal/**", "sdk/include/**", "arch/host/include/**",
         "docs/misra-deviations.md"]
ORDER = 40

DEVIATIONS = "docs/misra-deviations.md"
ROW = re.compile(r"^\|\s*(\d+\.\d+)\s*\|\s*([^|]*?)\s*\|\s*([^|]*?)\s*\|$")


def deviations(ctx):
    """The table's rows as (rule, paths or '', reason)."""
    with open(ctx.path(DEVIATIONS), encoding="utf-8") as source:
        rows = [ROW.match(line.strip()) for line in source]
    return [m.groups() for m in rows if m]


def run(ctx):
    """Errors and MISRA findings fail; every deviation needs a reason."""
    rows = deviations(ctx)
    for rule, _, reason in rows:
        if len(reason) < 10:
            yield failed("deviation-" + rule, "no reason given in %s" % DEVIATIONS)
    files = ctx.sources("kernel/**/*.c", "services/**/*.c")
    if not files:
        yield failed("files", "there is no portable code to look at")
        return
    folder = ctx.configure("host")
    addon = os.path.join(ctx.tmp, "misra.json")
    with open(addon, "w", encoding="utf-8") as out:
        # Summaries in our own words; the texts of the rules are not ours to ship.
        json.dump({"script": "misra.py",
                   "args": ["--rule-texts=" + ctx.path("scripts", "misra-rules.txt")]}, out)
    suppressions = os.path.join(ctx.tmp, "suppressions")
    with open(suppressions, "w", encoding="utf-8") as out:
        for rule, scope, _ in rows:
            scopes = [s.strip().strip("`") for s in scope.split(",")] if scope else [""]
            for one in scopes:
                out.write("misra-c2012-%s%s\n" % (rule, ":" + one if one else ""))
        out.write("missingIncludeSystem\nunusedStructMember\ntoomanyconfigs\n")
    command = ["cppcheck", "--quiet", "--std=c11", "--addon=" + addon, "--error-exitcode=3",
               "--enable=warning,style,performance,portability", "--inline-suppr", "--max-configs=1",
               "--suppressions-list=" + suppressions,
               "--template={file}:{line}: {severity}: {message} [{id}]",
               "--include=" + os.path.join(folder, "generated", "autoconf.h")]
    # This version of cppcheck passes over the word of C11.
    command.append("-D_Noreturn=__attribute__((noreturn))")
    command.append("-DHAL_STRICT_TYPES")  # targets pass the same types as unions, in registers
    command += ["-I" + d for d in ("hal/include", "kernel/include", "sdk/include",
                                   "arch/host/include", "arch/host/boards/sim/include",
                                   os.path.join(folder, "generated"))]

    def check(name):
        # Its own folder for what cppcheck leaves behind, which is beside the sources otherwise.
        work = os.path.join(ctx.tmp, name.replace("/", "-"))
        os.makedirs(work)
        done = ctx.run(command + ["--cppcheck-build-dir=" + work, name])
        return passed(name) if done.ok else failed(name, done.out)

    yield from ctx.map(check, files)
