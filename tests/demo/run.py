# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""./dev demo: builds and runs the small mission and says whether it was kept."""

import argparse
import os
import re
import sys

sys.path.append(os.path.dirname(os.path.abspath(__file__)))
import linux_boots  # noqa: E402  (after the path is set)
import mission  # noqa: E402
from debian import FetchError  # noqa: E402
from linux import Linux  # noqa: E402

# Of a terminal: one for each console in the order in which they first speak, then the verdict's.
COLOURS = ("36", "33", "35", "34", "32")
GOOD, BAD, PLAIN = "32;1", "31;1", "0"
LABEL = re.compile(r"\[([^\] ]+)\]")


def _paint(text, colour):
    """The text in a colour, where there are colours."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return "\033[%sm%s\033[%sm" % (colour, text, PLAIN)


def _show_consoles(out):
    """The labelled lines, each console in its colour."""
    known = {}
    for line in out.splitlines():
        match = LABEL.match(line)
        if not match:
            print("  " + line)
            continue
        colour = known.setdefault(match[1], COLOURS[len(known) % len(COLOURS)])
        print("  %s%s" % (_paint("%-12s" % match[0], colour), line[match.end():].lstrip()))


def _show_verdict(it, title="What the partitions' own time stamps and the fault record say"):
    print("\n%s:\n" % title)
    for line in it.lines:
        print("  %s  %s" % (_paint("+", GOOD), line))
    for line in it.wrong:
        print("  %s  %s" % (_paint("-", BAD), line))
    print("\n" + (_paint("The mission was kept.", GOOD) if it.kept else
                  _paint("The mission was NOT kept.", BAD)))


def run(ctx, preset, rest):
    """The command; its exit status."""
    parser = argparse.ArgumentParser(prog="./dev demo " + preset)
    parser.add_argument("--swapped", action="store_true",
                        help="with two slots swapped: the mission is not kept")
    args = parser.parse_args(rest)
    if preset == "arm64" and not args.swapped:
        return max(_mission(ctx, preset, args), _linux(ctx))
    return _mission(ctx, preset, args)


def _linux(ctx):
    """Debian's Linux beside two real-time partitions; the exit status."""
    try:
        guest = Linux(ctx.root)
    except FetchError as error:
        print("\nWithout Linux: %s" % error)
        return 0
    print("\nNow Linux beside two real-time partitions (%s)." % guest.versions())
    it = linux_boots.beside(ctx, linux_boots.Parts(ctx, guest))
    _show_consoles(it.out)
    _show_verdict(it, "What Linux and the real-time partitions say")
    return 0 if it.kept else 1


def _mission(ctx, preset, args):
    """The small mission; the exit status."""
    able = mission.presets()
    if preset not in able:
        print("dev: the demo does not fly on '%s': it takes an emulated board whose times were "
              "measured; there is: %s" % (preset, " ".join(able)), file=sys.stderr)
        return 2
    out, it = mission.fly(ctx, preset, "example-demo-swapped" if args.swapped else "example-demo")
    print()
    _show_consoles(out)
    _show_verdict(it)
    return 0 if it.kept else 1
