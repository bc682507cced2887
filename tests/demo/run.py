# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""./dev demo: builds and runs the small mission and says whether it was kept."""

import argparse
import os
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import mission  # noqa: E402  (after the path is set)


def run(ctx, preset, rest):
    """The command; its exit status."""
    parser = argparse.ArgumentParser(prog="./dev demo " + preset)
    parser.add_argument("--swapped", action="store_true",
                        help="with two slots swapped: the mission is not kept")
    args = parser.parse_args(rest)
    out, it = mission.fly(ctx, preset, "example-demo-swapped" if args.swapped else "example-demo")
    print(out)
    for line in it.lines:
        print(line)
    for line in it.wrong:
        print("WRONG: " + line)
    print("The mission was %s." % ("kept" if it.kept else "NOT kept"))
    return 0 if it.kept else 1
