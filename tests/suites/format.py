# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""clang-format over every C source."""

from suites import failed, passed

TITLE = "C sources are formatted as .clang-format says"
WATCH = ["**/*.c", "**/*.h", ".clang-format"]
ORDER = 10


def run(ctx):
    """One check per folder, so that the table names where it went wrong."""
    files = ctx.sources("**/*.c", "**/*.h")
    folders = sorted({f.split("/")[0] for f in files})

    def check(folder):
        mine = [f for f in files if f.split("/")[0] == folder]
        done = ctx.run(["clang-format-19", "--dry-run", "-Werror", "--style=file"] + mine)
        if done.ok:
            return passed(folder, "%d files" % len(mine))
        wrong = sorted({line.split(":")[0] for line in done.out.splitlines() if ": error:" in line})
        return failed(folder, "clang-format-19 -i would change " + " ".join(wrong or [done.out]))

    yield from ctx.map(check, folders)
