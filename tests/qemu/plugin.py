# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Plugins for the emulator: building them, and the one that ends a run after so many instructions."""

import fcntl
import glob
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wundef", "-Werror",
         "-Wmissing-prototypes", "-shared", "-fPIC", "-fvisibility=hidden"]
API = os.path.join(HERE, "..", "bench", "plugin")      # where qemu_plugin.h is
ENDED = re.compile(r"the emulator ended with status (77|78) before")


def build(ctx, name, sources):
    """A plugin, built when a source is newer; sources may be headers, too."""
    folder = os.path.join(ctx.root, "build", "bench")
    target = os.path.join(folder, name + ".so")
    os.makedirs(folder, exist_ok=True)
    with open(target + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(target) or \
                os.path.getmtime(target) < max(map(os.path.getmtime, sources)):
            done = ctx.run(["clang-19"] + FLAGS + ["-I", API, "-o", target + ".new"] +
                           [s for s in sources if s.endswith(".c")])
            if not done.ok:
                raise RuntimeError("the plugin %s does not build:\n%s" % (name, done.out))
            os.replace(target + ".new", target)
    return target


def limit(ctx, instructions, count=None):
    """Words for the emulator with which a run ends after so many instructions; see plugin/limit.c.

    count: a file that gets how many a run has executed that came to its own end."""
    sources = glob.glob(os.path.join(HERE, "plugin", "*.c")) + glob.glob(os.path.join(API, "*.h"))
    words = "%s,n=%d" % (build(ctx, "limit", sources), instructions)
    return ["-plugin", words + (",count=" + count if count else "")]


def ending(out):
    """How a run was ended by the limit: "limit", "standstill", or None if it was not."""
    match = ENDED.search(out)
    return {"77": "limit", "78": "standstill"}[match[1]] if match else None
