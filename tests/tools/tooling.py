# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What the tests of the host tool share: running it, judging what it said."""

import json
import os

import fixtures
from suites import failed, passed


class Tool:
    """The command `septum` with the parts of the flight system in a folder of its own."""

    def __init__(self, ctx, name):
        # With sanitizers: what is refused must also be refused cleanly.
        self.program = os.path.join(ctx.build("host", "septum-checked"), "sdk", "tools",
                                    "septum-checked")
        self.ctx, self.env = ctx, dict(ctx.builder.env, LLVM_PROFILE_FILE=os.devnull)
        self.folder = os.path.join(ctx.tmp, name)
        os.makedirs(self.folder)
        self.files = fixtures.files(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, data):
        return fixtures.write(self.folder, name, data)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run(self, *words, **options):
        """The command's process.Result with stderr apart."""
        options.setdefault("cwd", self.folder)
        options.setdefault("timeout", 60)
        options.setdefault("env", self.env)
        return self.ctx.run([self.program] + list(words), split=True, **options)

    def pack(self, output, *words, **changed):
        """Packs the flight system, parts replaced by keyword."""
        f = dict(self.files, **changed)
        return self.run("pack", "--hypervisor", f["hypervisor"], "--config", f["config"],
                        "--blobs", f["blobs"], "-o", output, *words)

    def schema(self, name):
        with open(self.ctx.path("sdk", "tools", "schema", name), encoding="utf-8") as file:
            return json.load(file)


def same(name, got, want):
    """A check that two values are equal."""
    if got == want:
        return passed(name)
    return failed(name, "expected %r\ngot      %r" % (want, got))


def refused(name, done, *texts, code=1, absent=()):
    """A check that a command refused: its exit status, its words, and nothing left behind."""
    problem = []
    if done.code != code:
        problem.append("exit status %s instead of %d" % (done.code, code))
    problem += ["'%s' was not said" % t for t in texts if t not in done.err]
    if "Sanitizer" in done.err or "runtime error" in done.err:
        problem.append("a sanitizer spoke")
    for path in absent:
        folder, start = os.path.split(path)
        problem += ["%s was left behind" % n for n in os.listdir(folder) if n.startswith(start)]
    return failed(name, "\n".join(problem + [done.out, done.err])) if problem else passed(name)
