# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Every requirement is shown by a test, and every test shows a requirement that exists."""

import re

from suites import failed, passed

TITLE = "each requirement of docs/requirements.md is named by a test, each test names a known one"
WATCH = ["docs/requirements.md", "tests/**"]
ORDER = 5

IDENTIFIER = re.compile(r"REQ-[A-Z]+-\d{3}")
TESTS = ["tests/unit/test_*.c", "tests/unit/*/test_*.c", "tests/qemu/conformance/*/requirements.txt",
         "tests/qemu/unmodified/*/requirements.txt", "tests/qemu/fullpool/requirements.txt",
         "tests/fuzz/fuzz_*.c"]
CASE = re.compile(r"^static void (\w+)\(void \*\*state\)", re.M)


def requirements(ctx):
    """{identifier: line} of the document, and what is wrong with it."""
    known, wrong = {}, []
    with open(ctx.path("docs", "requirements.md"), encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            row = re.match(r"\| (REQ-\S+) \| (.*) \|$", line)
            if not row:
                continue
            if not IDENTIFIER.fullmatch(row.group(1)) or row.group(1) in known:
                wrong.append("%d: %s is malformed or given twice" % (number, row.group(1)))
            if " shall " not in row.group(2):
                wrong.append("%d: %s has no 'shall'" % (number, row.group(1)))
            known[row.group(1)] = number
    return known, wrong


def nameless(text):
    """Unit tests without `/// Shows` above them."""
    lines = text.splitlines()
    for match in CASE.finditer(text):
        at = text[:match.start()].count("\n")
        above = []
        while at > 0 and lines[at - 1].startswith("//"):
            at -= 1
            above.append(lines[at])
        if not any(IDENTIFIER.search(line) for line in above if "Shows" in line or "REQ-" in line):
            yield match.group(1)


def run(ctx):
    """Compare the document with what the tests name."""
    known, wrong = requirements(ctx)
    if not known:
        yield failed("requirements", "docs/requirements.md has none")
        return
    for text in wrong:
        yield failed("requirements", "docs/requirements.md:" + text)
    shown = set()
    for name in ctx.sources(*TESTS):
        with open(ctx.path(name), encoding="utf-8") as source:
            text = source.read()
        named = set(IDENTIFIER.findall(text))
        shown |= named
        bad = ["names the unknown %s" % i for i in sorted(named - set(known))]
        if name.endswith("requirements.txt") and not named:
            bad.append("names no requirement")
        if '#include "system.h"' in text:
            bad += ["%s names no requirement" % t for t in nameless(text)]
        yield failed(name, "\n".join(bad)) if bad else passed(name)
    for identifier in sorted(set(known) - shown):
        yield failed(identifier, "docs/requirements.md:%d: no test shows it" % known[identifier])
