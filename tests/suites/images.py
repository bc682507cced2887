# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The commands of the host tool that work on images, each in its file of tests/tools, and outputs."""

import importlib
import os
import re
import sys

from suites import Result, failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))

TITLE = "septum pack, list, build, run, report, log, trace: contents, outputs, refusals, verdicts, the page in a browser"
WATCH = ["docs/image-errors.md", "sdk/tools/**", "sdk/include/**", "tests/tools/**", "configs/boards/**"]
ORDER = 40

COMMANDS = ["pack", "list", "build", "run", "output", "report", "log", "trace"]


def errors(ctx):
    """The numbers in the sources are those of docs/image-errors.md."""
    texts = []
    for names in (ctx.sources("sdk/tools/**/*.c"), ["docs/image-errors.md"]):
        text = ""
        for name in names:
            with open(ctx.path(name), encoding="utf-8") as file:
                text += file.read()
        texts.append(set(re.findall(r'(?:"|^\| )(SEP9\d{3})\b', text, re.M)))
    different = sorted(texts[0] ^ texts[1])
    return failed("errors", "not in both: %s" % different) if different else passed("errors")


def run(ctx):
    """Every check, named <command>/<check>."""
    yield errors(ctx)
    for command in COMMANDS:
        ctx.progress(command)
        for result in importlib.import_module("check_" + command).run(ctx):
            yield Result("%s/%s" % (command, result.name), result.status, result.detail)
