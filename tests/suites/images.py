# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The commands of the host tool that work on images, each in its file of tests/tools."""

import importlib
import os
import sys

from suites import Result

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))

TITLE = "septum pack, list, build, run, report: contents, refusals, verdicts, the page in a browser"
WATCH = ["sdk/tools/**", "sdk/include/**", "tests/tools/**", "configs/boards/**"]
ORDER = 40

COMMANDS = ["pack", "list", "build", "run", "report"]


def run(ctx):
    """Every check, named <command>/<check>."""
    for command in COMMANDS:
        ctx.progress(command)
        for result in importlib.import_module("check_" + command).run(ctx):
            yield Result("%s/%s" % (command, result.name), result.status, result.detail)
