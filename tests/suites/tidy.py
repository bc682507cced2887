# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""clang-tidy over every C file that a preset compiles."""

import json
import os

from suites import failed, passed

TITLE = "clang-tidy finds nothing in what each preset compiles"
PRESETS = ["host", "leon3", "arm64"]
WATCH = ["**/*.c", "**/*.h", ".clang-tidy"]
ORDER = 60

# Not the product's own logic: unit tests use cmocka's macros.
LEFT_OUT = ("tests/",)


# The path analyser's budget per function (its default is 225000 nodes): most of the run time is
# spent on the few functions that would use it up.
ANALYSER = [word for option in ("-analyzer-config", "max-nodes=40000")
            for word in ("--extra-arg=-Xclang", "--extra-arg=" + option)]


def run(ctx):
    """One check per source file; of a file that two presets compile the paths are analysed once."""
    work, seen = [], set()
    for preset in ctx.presets:
        folder = ctx.configure(preset)
        with open(os.path.join(folder, "compile_commands.json"), encoding="utf-8") as source:
            commands = json.load(source)
        files = sorted({os.path.relpath(c["file"], ctx.root) for c in commands
                        if c["file"].endswith(".c")})
        files = [f for f in files if not f.startswith(LEFT_OUT + ("build/",))]
        work += [(preset, folder, f, f in seen) for f in files]
        seen.update(files)

    def check(item):
        preset, folder, name, analysed = item
        ctx.progress("%s %s" % (preset, name))
        # The compiler's warnings are the build's business, and it knows flags that tidy does not.
        done = ctx.run(["clang-tidy-19", "--quiet", "-p", folder, "--extra-arg=-Wno-error"] +
                       (["--checks=-clang-analyzer-*"] if analysed else ANALYSER) + [name])
        label = "%s:%s" % (preset, name)
        text = [line for line in done.out.splitlines() if not line.endswith(" generated.")]
        return passed(label) if done.ok else failed(label, "\n".join(text))

    yield from ctx.map(check, work)
