# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A hypervisor of a preset without some of its parts, in a build folder of its own."""

import os
import re

import harness

# What can be left out: the line of the configuration that has it, and the one that has not.
OPTIONS = {part: (option + "=y", "# %s is not set" % option) for part, option in (
    ("hm", "CONFIG_SERVICE_HM"), ("ipc", "CONFIG_SERVICE_IPC"), ("trace", "CONFIG_SERVICE_TRACE"),
    ("pools", "CONFIG_POOLS"), ("unmodified", "CONFIG_UNMODIFIED"))}
OPTIONS["smp"] = ("CONFIG_CPUS_MAX=2", "CONFIG_CPUS_MAX=1")


def can_lack(ctx, preset):
    """The parts that a preset has."""
    with open(ctx.path("configs", preset + ".config"), encoding="utf-8") as source:
        lines = source.read().splitlines()
    return [part for part, (line, _) in OPTIONS.items() if line in lines]


class Variant:
    """One of them."""

    def __init__(self, ctx, preset, without):
        self.ctx, self.preset, self.without = ctx, preset, tuple(without)
        self.name = "without-" + "-".join(without)
        self.folder = ctx.path("build", preset + "-" + self.name)
        self.board = harness.board_of(ctx, preset)
        self.hypervisor = os.path.join(self.folder, "septum-%s.elf" % self.board)

    def build(self):
        """Configures and builds; what went wrong, or nothing."""
        os.makedirs(self.folder, exist_ok=True)
        unknown = set(self.without) - set(can_lack(self.ctx, self.preset))
        if unknown:
            return "configs/%s.config does not have %s on" % (self.preset, " ".join(sorted(unknown)))
        with open(self.ctx.path("configs", self.preset + ".config"), encoding="utf-8") as source:
            text = source.read()
        for line, other in (OPTIONS[part] for part in self.without):
            text = text.replace(line + "\n", other + "\n")
        config = os.path.join(self.folder, "variant.config")
        with open(self.ctx.path("build", self.preset, "CMakeCache.txt"), encoding="utf-8") as cache:
            toolchain = re.search(r"^CMAKE_TOOLCHAIN_FILE:\w+=(.*)$", cache.read(), re.M)[1]
        with self.ctx.builder.lock(os.path.basename(self.folder)):
            with open(config, "w", encoding="utf-8") as out:
                out.write(text)
            for argv in (["cmake", "-G", "Ninja", "-S", self.ctx.root, "-B", self.folder,
                          "-DSEPTUM_PRESET=" + self.preset, "-DSEPTUM_CONFIG=" + config,
                          "-DCMAKE_TOOLCHAIN_FILE=" + toolchain],
                         ["cmake", "--build", self.folder, "--target", os.path.basename(self.hypervisor)]):
                done = self.ctx.run(argv, timeout=300)
                if not done.ok or "warning:" in done.out:
                    return done.out
        return ""

    def image(self, description, folder, path, hypervisor=None):
        """A system of partitions that the preset has built, on this hypervisor or another one."""
        done = self.ctx.run([self.ctx.tool(), "build", "--board", self.board, "--board-path",
                             self.ctx.path("configs", "boards"), "--hypervisor",
                             hypervisor or self.hypervisor, "--search-path", folder, "-o", path,
                             description])
        if not done.ok:
            raise RuntimeError(done.out)
        return path
