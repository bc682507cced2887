#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The Kconfig front end: turns what Kconfiglib passes over in silence into errors.

Kconfiglib replaces an out-of-range value by the default, drops an assignment whose dependencies
are not met and drops an unknown symbol, all with exit status 0. Here each of them is
`file:line: error: ...`, all errors of a run are shown, and nothing is written.

  kconfig.py check      --config F
  kconfig.py generate   --config F --header H --cmake C
  kconfig.py menuconfig --config F --output O     (opens a broken configuration as well)
  kconfig.py list       print the symbols with type, default and range
"""

import argparse
import difflib
import os
import re
import shutil
import sys

import kconfiglib

ASSIGN = re.compile(r"^CONFIG_([A-Za-z0-9_]+)=(.*)$")
UNSET = re.compile(r"^# CONFIG_([A-Za-z0-9_]+) is not set$")
STRING = re.compile(r'^"((?:[^"\\]|\\.)*)"$')


class Assignment:
    """One line of a configuration file that gives a symbol a value."""

    def __init__(self, line, name, value):
        self.line, self.name, self.value = line, name, value


def load_tree(kconfig):
    """Parse the Kconfig tree; its own warnings are errors."""
    os.environ["srctree"] = os.path.dirname(os.path.abspath(kconfig))
    os.environ.setdefault("CONFIG_", "CONFIG_")
    tree = kconfiglib.Kconfig(os.path.basename(kconfig), warn_to_stderr=False)
    if tree.warnings:
        raise SystemExit("\n".join(w.replace("warning:", "error:") for w in tree.warnings))
    return tree


def where(item):
    """Where a symbol or a choice is defined, for messages."""
    return "%s:%d" % (item.nodes[0].filename, item.nodes[0].linenr)


def parse(path, errors):
    """Read the assignments of a configuration file, refusing every other kind of line."""
    seen, result = {}, []
    with open(path, encoding="utf-8") as source:
        for number, text in enumerate(source, 1):
            text = text.strip()
            match, unset = ASSIGN.match(text), UNSET.match(text)
            if not match and not unset:
                if text and not text.startswith("#"):
                    errors.append((number, "not an assignment: '%s'; write CONFIG_NAME=value" % text))
                continue
            item = Assignment(number, (match or unset)[1], match[2] if match else "n")
            if item.name in seen:
                errors.append((number, "CONFIG_%s is assigned twice, first on line %d"
                               % (item.name, seen[item.name])))
                continue
            seen[item.name] = number
            result.append(item)
    return result


def active_range(sym):
    """The range in force, as two texts, or None."""
    for low, high, cond in sym.ranges:
        if kconfiglib.expr_value(cond):
            return low.str_value, high.str_value
    return None


def number_of(sym, text):
    """The value of an int or hex text, or None when it is neither."""
    try:
        return int(text, 16 if sym.type == kconfiglib.HEX else 10)
    except ValueError:
        return None


def check_shape(tree, item):
    """What is wrong with one assignment taken alone, or None."""
    sym = tree.syms.get(item.name)
    if sym is None or not sym.nodes:
        names = [n for n, s in tree.syms.items() if s.nodes]
        near = difflib.get_close_matches(item.name, names, 1)
        return "unknown symbol CONFIG_%s%s" % (
            item.name, "; did you mean CONFIG_%s?" % near[0] if near else "")
    if not any(node.prompt for node in sym.nodes):
        return "CONFIG_%s cannot be assigned: it has no prompt (%s)" % (item.name, where(sym))
    if sym.type == kconfiglib.BOOL and item.value not in ("y", "n"):
        return "CONFIG_%s=%s: expected y or n (%s)" % (item.name, item.value, where(sym))
    if sym.type == kconfiglib.STRING and not STRING.match(item.value):
        return "CONFIG_%s=%s: expected a text in double quotes (%s)" % (
            item.name, item.value, where(sym))
    if sym.type in (kconfiglib.INT, kconfiglib.HEX) and number_of(sym, item.value) is None:
        return "CONFIG_%s=%s: expected %s (%s)" % (
            item.name, item.value,
            "a number" if sym.type == kconfiglib.INT else "a hexadecimal number", where(sym))
    return None


def check_effect(tree, item):
    """Why one well-shaped assignment did not take effect, or None when it did."""
    sym = tree.syms[item.name]
    if not kconfiglib.expr_value(sym.direct_dep):
        if item.value == "n":
            return None
        return "CONFIG_%s=%s has no effect: it depends on %s, which is not met (%s)" % (
            item.name, item.value, kconfiglib.expr_str(sym.direct_dep), where(sym))
    if sym.type in (kconfiglib.INT, kconfiglib.HEX):
        value, limits = number_of(sym, item.value), active_range(sym)
        if limits and not number_of(sym, limits[0]) <= value <= number_of(sym, limits[1]):
            return "CONFIG_%s=%s is out of range: allowed is %s to %s (%s)" % (
                item.name, item.value, limits[0], limits[1], where(sym))
        return None
    if sym.type == kconfiglib.BOOL and sym.str_value != item.value:
        if sym.choice:
            chosen = sym.choice.selection
            return "CONFIG_%s=%s has no effect: CONFIG_%s is chosen instead (%s)" % (
                item.name, item.value, chosen.name if chosen else "?", where(sym))
        return "CONFIG_%s=%s has no effect: it is %s because of %s (%s)" % (
            item.name, item.value, sym.str_value,
            kconfiglib.expr_str(sym.rev_dep) if item.value == "n"
            else "the visibility of its prompt", where(sym))
    return None


def load(tree, path):
    """Load a configuration; returns the list of (line, text) errors."""
    errors = []
    items = parse(path, errors)
    sound = []
    for item in items:
        wrong = check_shape(tree, item)
        if wrong:
            errors.append((item.line, wrong))
        else:
            sound.append(item)
    tree.load_config(path)
    for item in sound:
        wrong = check_effect(tree, item)
        if wrong:
            errors.append((item.line, wrong))
    return sorted(errors)


def write_if_changed(path, text):
    """Write through a temporary file, and only when the content differs."""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as old:
            if old.read() == text:
                return
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    temporary = "%s.%d.tmp" % (path, os.getpid())
    with open(temporary, "w", encoding="utf-8") as new:
        new.write(text)
    os.replace(temporary, path)


def visible_symbols(tree):
    """The symbols that have a value worth writing, in tree order."""
    for sym in tree.unique_defined_syms:
        if sym.type == kconfiglib.BOOL or kconfiglib.expr_value(sym.direct_dep):
            yield sym


def header_text(tree):
    """The C header: a bool is 1 or undefined."""
    lines = ["/* Generated by cmake/kconfig.py: do not edit. */",
             "#ifndef SEPTUM_AUTOCONF_H", "#define SEPTUM_AUTOCONF_H", ""]
    for sym in visible_symbols(tree):
        if sym.type == kconfiglib.BOOL:
            if sym.str_value == "y":
                lines.append("#define CONFIG_%s 1" % sym.name)
        elif sym.type == kconfiglib.STRING:
            lines.append('#define CONFIG_%s "%s"' % (sym.name, kconfiglib.escape(sym.str_value)))
        else:
            lines.append("#define CONFIG_%s %s" % (sym.name, sym.str_value))
    return "\n".join(lines + ["", "#endif", ""])


def cmake_text(tree):
    """The CMake file: a bool is ON or OFF."""
    lines = ["# Generated by cmake/kconfig.py: do not edit."]
    for sym in visible_symbols(tree):
        if sym.type == kconfiglib.BOOL:
            lines.append("set(CONFIG_%s %s)" % (sym.name, "ON" if sym.str_value == "y" else "OFF"))
        else:
            lines.append("set(CONFIG_%s [==[%s]==])" % (sym.name, sym.str_value))
    return "\n".join(lines + [""])


def command_load(args, tree):
    """check and generate."""
    errors = load(tree, args.config)
    for line, text in errors:
        print("%s:%d: error: %s" % (args.config, line, text), file=sys.stderr)
    if errors:
        return 1
    if args.command == "generate":
        write_if_changed(args.header, header_text(tree))
        write_if_changed(args.cmake, cmake_text(tree))
    return 0


def command_menuconfig(args, tree):
    """Edit args.output, which starts as a copy of args.config; broken input opens as well."""
    import menuconfig  # needs curses: only here
    if not os.path.exists(args.output):
        os.makedirs(os.path.dirname(os.path.abspath(args.output)), exist_ok=True)
        shutil.copyfile(args.config, args.output)
    errors = load(tree, args.output)
    for line, text in errors:
        print("%s:%d: error: %s" % (args.output, line, text), file=sys.stderr)
    os.environ["KCONFIG_CONFIG"] = args.output
    menuconfig.menuconfig(tree)
    with open(args.config, "rb") as named, open(args.output, "rb") as edited:
        if named.read() == edited.read():
            os.unlink(args.output)  # nothing was saved: the named configuration stays in force
    if os.path.exists(args.output + ".old"):
        os.unlink(args.output + ".old")
    return 0


def command_list(_args, tree):
    """One line for each symbol."""
    for sym in tree.unique_defined_syms:
        ranges = " ".join("%s..%s" % (low.str_value, high.str_value)
                          for low, high, _ in sym.ranges)
        print("CONFIG_%-20s %-7s %-8s %s" % (
            sym.name, kconfiglib.TYPE_TO_STR[sym.type], sym.str_value, ranges))
    return 0


def main():
    """Parse the command line and run one command."""
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["check", "generate", "menuconfig", "list"])
    parser.add_argument("--kconfig", default=os.path.join(root, "Kconfig"))
    parser.add_argument("--config")
    parser.add_argument("--header")
    parser.add_argument("--cmake")
    parser.add_argument("--output")
    args = parser.parse_args()
    needed = {"check": ["config"], "generate": ["config", "header", "cmake"],
              "menuconfig": ["config", "output"], "list": []}[args.command]
    missing = [n for n in needed if not getattr(args, n)]
    if missing:
        parser.error("%s needs --%s" % (args.command, " --".join(missing)))
    if args.config and not os.path.exists(args.config):
        print("%s:1: error: there is no such configuration" % args.config, file=sys.stderr)
        return 1
    try:
        tree = load_tree(args.kconfig)
    except kconfiglib.KconfigError as error:
        print(str(error), file=sys.stderr)
        return 1
    return {"check": command_load, "generate": command_load, "menuconfig": command_menuconfig,
            "list": command_list}[args.command](args, tree)


if __name__ == "__main__":
    sys.exit(main())
