# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Wrong descriptions: one folder for each rule under tests/negative.

system.xml     the description
expected.txt   what the tool says, to the letter
command.txt    the command line, when it is not `check --board-path ../boards system.xml`
files.txt      files to make first: `hypervisor|image NAME [KEY=VALUE...]` or `text NAME WORDS`

Each is run in a copy of its folder by the tool with sanitizers: exit status 1, or 0 where all of it is
warnings, exact text, nothing written; and once more with --json against the published JSON schema. The list of rules in the
source, docs/errors.md and the folders must agree.
"""

import glob
import json
import os
import re
import shutil
import sys

import jsonschema

from suites import failed, passed

TITLE = "wrong descriptions: one for each rule, exact text, nothing written, JSON"
PRESETS = ["host"]
WATCH = ["sdk/tools/**", "sdk/include/**", "tests/negative/**", "tests/tools/fake_hypervisor.py",
         "docs/errors.md", "tests/suites/descriptions.py"]

DEFAULT = "check --board-path ../boards system.xml"
RULE = re.compile(r'X\((\d{4}), \w+, [\w |]+,\s*\\?\s*"([^"]+)"\)')
SEVERITIES = [("error", "errors", "more"), ("warning", "warnings", "more_warnings")]
WORDS = {"errors": "errors; mend these first", "warnings": "warnings"}
ROW = re.compile(r"^\| SEP(\d{4}) \| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def make_files(folder, fake):
    """Make what files.txt asks for."""
    path = os.path.join(folder, "files.txt")
    for line in open(path, encoding="utf-8").read().splitlines() if os.path.exists(path) else []:
        kind, name, *rest = line.split()
        if kind == "text":
            data = " ".join(rest).encode() + b"\n"
        else:
            pairs = dict(word.split("=", 1) for word in rest)
            data = getattr(fake, kind)(**{k: v if k == "omit" else int(v, 0)
                                          for k, v in pairs.items()})
        with open(os.path.join(folder, name), "wb") as out:
            out.write(data)


def read(path, otherwise=None):
    """A text file, or something else when there is none."""
    if otherwise is not None and not os.path.exists(path):
        return otherwise
    with open(path, encoding="utf-8") as source:
        return source.read()


def one_case(ctx, tool, schema, fake, source):
    """One folder: plain text and JSON."""
    name = os.path.basename(source)
    folder = os.path.join(ctx.tmp, "negative", name)
    shutil.copytree(source, folder)
    make_files(folder, fake)
    words = read(os.path.join(source, "command.txt"), DEFAULT).split()
    before = sorted(os.listdir(folder))
    env = dict(ctx.builder.env, LLVM_PROFILE_FILE=os.path.join(ctx.tmp, name + ".profraw"))
    done = ctx.run([tool] + words, cwd=folder, env=env, split=True)
    expected = read(os.path.join(source, "expected.txt"))
    code = 1 if ": error: " in expected else 0
    if done.code != code or done.out != "":
        return failed(name, "exit status %d, expected %d\n%s%s" % (done.code, code, done.out,
                                                                   done.err))
    if done.err != expected:
        return failed(name, "expected:\n%sgot:\n%s" % (expected, done.err))
    if name[:4].isdigit() and "[SEP%s]" % name[:4] not in expected:
        return failed(name, "the folder's own rule is not among the errors")
    done = ctx.run([tool, words[0], "--json"] + words[1:], cwd=folder, env=env,
                   split=True)
    if sorted(os.listdir(folder)) != before:
        return failed(name, "files were written: %s" % sorted(os.listdir(folder)))
    return check_json(name, done, schema, expected)


def check_json(name, done, schema, expected):
    """The JSON form says the same as the text."""
    try:
        report = json.loads(done.out)
        jsonschema.validate(report, schema, jsonschema.Draft202012Validator)
    except (ValueError, jsonschema.ValidationError) as error:
        return failed(name, "--json: %s\n%s" % (error, done.out))
    lines = []
    for severity, key, more in SEVERITIES:
        for e in report[key]:
            where = e["file"] + (":%d" % e["line"] if e["line"] else "")
            text = e["message"] + ("; " + e["mend"] if "mend" in e else "")
            lines.append("%s: %s: %s [%s]" % (where, severity, text, e["id"]))
        if report[more]:
            lines.append("system.xml: and %d more %s" % (report[more], WORDS[key]))
    if "".join(line + "\n" for line in lines) != expected:
        return failed(name, "--json says something else:\n" + "\n".join(lines))
    return passed(name)


def build_checked(ctx):
    """The tool with sanitizers, which is not part of a build of everything."""
    folder = ctx.configure("host")
    with ctx.builder.lock("host"):
        done = ctx.run(["cmake", "--build", folder, "--target", "septum-checked"])
    if not done.ok:
        raise RuntimeError(done.out)
    return os.path.join(folder, "sdk", "tools", "septum-checked")


def rules_agree(ctx):
    """Source, manual and folders have the same rules; every rule is used."""
    source = dict(RULE.findall(read(ctx.path("sdk", "tools", "base", "rules.h"))))
    manual = {row[0]: row[1] for row in ROW.findall(read(ctx.path("docs", "errors.md")))}
    if source != manual:
        different = {k for k in source.keys() | manual.keys() if source.get(k) != manual.get(k)}
        return failed("rules", "docs/errors.md and base/rules.h differ in %s" % sorted(different))
    folders = {os.path.basename(f)[:4] for f in glob.glob(ctx.path("tests", "negative", "*"))}
    missing = sorted(set(source) - folders)
    if missing:
        return failed("rules", "no wrong description for %s" % missing)
    return passed("rules", "%d" % len(source))


def run(ctx):
    """All folders, and that the lists agree."""
    sys.path.insert(0, ctx.path("tests", "tools"))
    import fake_hypervisor
    tool = build_checked(ctx)
    schema = json.loads(read(ctx.path("sdk", "tools", "schema", "errors.schema.json")))
    shutil.copytree(ctx.path("tests", "negative", "boards"),
                    os.path.join(ctx.tmp, "negative", "boards"))
    folders = sorted(f for f in glob.glob(ctx.path("tests", "negative", "*"))
                     if os.path.exists(os.path.join(f, "system.xml")))
    yield from ctx.map(lambda f: one_case(ctx, tool, schema, fake_hypervisor, f), folders)
    yield rules_agree(ctx)
