# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The command ./dev."""

import argparse
import importlib.util
import json
import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import build      # noqa: E402  (after the path is set)
import packages   # noqa: E402
import process    # noqa: E402
import suites     # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
START = time.monotonic()

HELP = """\
usage: ./dev <command>

  demo [preset]                   build and run the demonstration mission (default leon3)
  test [preset...] [suite...]     run the tests: all but optional ones, those of a preset, or those named
       --changed                  only suites that watch a file changed against HEAD
       --list                     name the suites
  bench [preset...] [--json FILE] measure (default leon3); FILE gets [{preset,name,value,unit}]
       --profile SYSTEM WHAT      where instructions go (tests/bench/bench_profile.py)
       paper, hellfire, jailhouse instead of presets: published measurements rebuilt (docs/comparison.md)
  menuconfig <preset>             edit a preset's configuration (build/<preset>/.config)
  clean                           remove the build folders
  help                            this text

What is missing is installed with apt (as root), by name; the list is scripts/packages.txt.
"""


def say(text):
    """Progress: what happens now, with the time since the start."""
    print("%6.1fs  %s" % (time.monotonic() - START, text), flush=True)


def jobs():
    """How many things to do at a time."""
    return len(os.sched_getaffinity(0))


def load_module(path):
    """Load a Python file of the tree as a module."""
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location("septum_" + name, path)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, os.path.dirname(path))
    sys.modules.setdefault("suites", suites)
    spec.loader.exec_module(module)
    return module


def context(builder, presets, tmp):
    """What demo and bench get; the same as a suite."""
    return suites.Context(ROOT, builder, say, presets, jobs(), tmp)


def command_demo(words):
    """demo [preset]"""
    parser = argparse.ArgumentParser(prog="./dev demo")
    parser.add_argument("preset", nargs="?", default="leon3")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed to the demo")
    args = parser.parse_args(words)
    return with_script(os.path.join("tests", "demo", "run.py"), [args.preset],
                       lambda module, ctx: module.run(ctx, args.preset, args.rest))


def with_script(path, presets, call):
    """Install, check the presets, and call the script of a command in a folder of its own."""
    if not packages.ensure(ROOT, ("build",)):
        return 1
    builder = build.Builder(ROOT, say)
    unknown = [p for p in presets if p not in builder.presets()]
    if unknown:
        print("dev: there is no preset '%s'; there are: %s"
              % (unknown[0], " ".join(builder.presets())), file=sys.stderr)
        return 2
    if not os.path.exists(os.path.join(ROOT, path)):
        print("dev: %s does not exist" % path, file=sys.stderr)
        return 1
    tmp = tempfile.mkdtemp(prefix="septum-run-")
    try:
        return call(load_module(os.path.join(ROOT, path)), context(builder, presets, tmp))
    except build.BuildError as error:
        build.report(error)
        return 1
    finally:
        shutil.rmtree(tmp, ignore_errors=True)


# Published evaluations: words of `bench` in place of presets, functions of tests/bench/run.py.
REBUILT = {"paper": "leon3", "hellfire": "leon3", "jailhouse": "arm64"}


def command_bench(words):
    """bench [preset...] [--json FILE] [--profile SYSTEM WHAT]"""
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("preset", nargs="*", default=["leon3"])
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--profile", nargs=2, metavar=("SYSTEM", "WHAT"),
                        help="instructions by function, see tests/bench/bench_profile.py")
    args = parser.parse_args(words)
    target = os.path.abspath(args.json) if args.json else None
    rebuilt = args.preset[0] if len(args.preset) == 1 and args.preset[0] in REBUILT else None
    presets = [REBUILT[rebuilt]] if rebuilt else args.preset

    def measure(module, ctx):
        if args.profile:
            return module.profile(ctx, presets[0], *args.profile)
        rows, wrong = [], []
        for preset in presets:
            more, problems = getattr(module, rebuilt or "run")(ctx, preset)
            rows, wrong = rows + more, wrong + problems
        if target:
            with open(target + ".tmp", "w", encoding="utf-8") as out:
                json.dump(rows, out, indent=1)
                out.write("\n")
            os.replace(target + ".tmp", target)
        for problem in wrong:
            print("WRONG: " + problem)
        return 1 if wrong or not rows else 0

    return with_script(os.path.join("tests", "bench", "run.py"), presets, measure)


def command_test(words):
    """test [preset...] [suite...] [--changed] [--list]"""
    parser = argparse.ArgumentParser(prog="./dev test")
    parser.add_argument("name", nargs="*", help="presets and suites")
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args(words)
    builder = build.Builder(ROOT, say)
    known = builder.presets()
    presets = [n for n in args.name if n in known]
    names = [n for n in args.name if n not in known]
    for name in names:
        if name not in suites.names(ROOT):
            print("dev: '%s' is neither a preset (%s) nor a suite (%s)"
                  % (name, " ".join(known), " ".join(suites.names(ROOT))), file=sys.stderr)
            return 2
    # Before the suites are loaded: they import what the packages bring.
    if not packages.ensure(ROOT, ("build", "test")):
        return 1
    every = suites.find(ROOT)
    if not args.list:
        every = [suite for suite in every if not suite.optional or suite.name in names]
    chosen = suites.choose(every, presets, names, args.changed, ROOT, say)
    if args.list:
        for suite, mine in chosen:
            print("%-16s %-14s %s%s" % (suite.name, " ".join(mine) or "-",
                                        "(optional) " if suite.optional else "", suite.title))
        return 0
    # What only some suites take, and only where they run.
    if not packages.ensure(ROOT, {group for suite, _ in chosen for group in suite.packages}):
        return 1
    table = suites.run_all(ROOT, builder, say, chosen, jobs())
    good, bad, left = suites.print_table(table)
    if not chosen and not args.changed:
        print("dev: no suite was run", file=sys.stderr)
        bad += 1
    strict = os.environ.get("CI", "").lower() not in ("", "0", "false")
    if strict and left:
        print("CI is set: a skipped check counts as a failure")
    print("%d passed, %d failed, %d skipped" % (good, bad, left), flush=True)
    return 1 if bad or (strict and left) else 0


def command_menuconfig(words):
    """menuconfig <preset>"""
    parser = argparse.ArgumentParser(prog="./dev menuconfig")
    parser.add_argument("preset")
    args = parser.parse_args(words)
    if not packages.ensure(ROOT, ("build",)):
        return 1
    config = os.path.join("configs", args.preset + ".config")
    if not os.path.exists(os.path.join(ROOT, config)):
        print("dev: there is no %s" % config, file=sys.stderr)
        return 2
    return process.run_terminal(
        ["/usr/bin/python3", "-B", "cmake/kconfig.py", "menuconfig", "--config", config,
         "--output", os.path.join("build", args.preset, ".config")], cwd=ROOT)


def command_clean(words):
    """clean"""
    argparse.ArgumentParser(prog="./dev clean").parse_args(words)
    folder = os.path.join(ROOT, "build")
    builder = build.Builder(ROOT, say)
    for preset in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        path = os.path.join(folder, preset)
        if os.path.isdir(path):
            with builder.lock(preset):
                shutil.rmtree(path)
            say("removed build/%s" % preset)
    return 0


def command_help(_words):
    """help"""
    print(HELP, end="")
    return 0


COMMANDS = {"demo": command_demo, "test": command_test, "bench": command_bench,
            "menuconfig": command_menuconfig, "clean": command_clean, "help": command_help,
            "--help": command_help, "-h": command_help}


def main():
    """Pick the command."""
    words = sys.argv[1:]
    if not words or words[0] not in COMMANDS:
        if words:
            print("dev: unknown command '%s'\n" % words[0], file=sys.stderr)
        print(HELP, end="", file=sys.stderr)
        return 2
    return COMMANDS[words[0]](words[1:])


if __name__ == "__main__":
    sys.exit(process.guard(main))
