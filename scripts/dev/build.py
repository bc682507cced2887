# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Configures and builds presets; runs of this program that share a build folder queue for it."""

import contextlib
import fcntl
import json
import os
import sys

import process


class BuildError(Exception):
    """A preset did not configure or build; the text says what was printed."""


class Builder:
    """Builds each preset (and target) at most once in the life of this program."""

    def __init__(self, root, say):
        self.root, self.say = root, say
        self.done, self.configured = set(), set()
        self.env = dict(os.environ)
        # The same input gives the same bytes whoever builds it.
        self.env.setdefault("SOURCE_DATE_EPOCH", "1767225600")

    def presets(self):
        """The names of the visible configure presets."""
        with open(os.path.join(self.root, "CMakePresets.json"), encoding="utf-8") as source:
            entries = json.load(source)["configurePresets"]
        return [e["name"] for e in entries if not e.get("hidden")]

    def folder(self, preset):
        """The build folder of a preset."""
        return os.path.join(self.root, "build", preset)

    @contextlib.contextmanager
    def lock(self, preset):
        """Hold the build folder; a second run waits here for the first."""
        os.makedirs(os.path.join(self.root, "build"), exist_ok=True)
        with open(os.path.join(self.root, "build", ".lock-" + preset), "w",
                  encoding="utf-8") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.say("waiting for another run that builds %s" % preset)
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def configure(self, preset):
        """Configure only; returns the build folder or raises BuildError."""
        if preset not in self.configured:
            with self.lock(preset):
                self.say("configure %s" % preset)
                self._step(["cmake", "--preset", preset])
            self.configured.add(preset)
        return self.folder(preset)

    def build(self, preset, target=None):
        """Configure and build; returns the build folder or raises BuildError."""
        # A named target is not taken as built with the rest: it may be excluded from `all`.
        if (preset, target) in self.done:
            return self.folder(preset)
        if preset != "host":
            self.tool()
        self.configure(preset)
        with self.lock(preset):
            self.say("build %s%s" % (preset, " " + target if target else ""))
            command = ["cmake", "--build", "--preset", preset]
            self._step(command + (["--target", target] if target else []))
        self.done.add((preset, target))
        return self.folder(preset)

    def tool(self):
        """Build the host command that packs images, when its sources are there."""
        if os.path.exists(os.path.join(self.root, "sdk", "tools", "CMakeLists.txt")):
            self.build("host", "septum")
        return os.path.join(self.folder("host"), "sdk", "tools", "septum")

    def _step(self, argv):
        result = process.run(argv, cwd=self.root, env=self.env)
        if not result.ok:
            raise BuildError("%s\n%s" % (" ".join(argv), result.out))


def report(error):
    """Show a failed build."""
    print(str(error), file=sys.stderr)
