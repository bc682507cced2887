# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What compares consoles with expected.txt must itself tell right from wrong."""

import os
import sys

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)

TITLE = "the comparison with expected.txt accepts and refuses what it should"
WATCH = ["tests/qemu/harness.py"]
ORDER = 10

# name, expected, output, what a difference must contain (None: there is none)
CASES = [
    ("equal", "[a] x\n[b] y\n", "[b] y\n[a] x\n", None),
    ("empty-line", "[a] \n[a] x\n", "[a] \n[a] x\n", None),
    ("order-in-source", "[a] x\n[a] y\n", "[a] y\n[a] x\n", "[a] expected: x"),
    ("too-few", "[a] x\n[a] y\n", "[a] x\n", "nothing more"),
    ("too-many", "[a] x\n", "[a] x\n[a] y\n", "[a] unexpected: y"),
    ("silent-source", "[a] x\n[b] y\n", "[a] x\n", "[b] expected: y"),
    ("unexpected-source", "[a] x\n", "[a] x\n[b] y\n", "[b] unexpected: y"),
    ("wildcard", "[a] n=* end\n", "[a] n=12 end\n", None),
    ("wildcard-empty", "[a] n=*\n", "[a] n=\n", None),
    ("wildcard-wrong", "[a] n=* end\n", "[a] n=12\n", "expected: n=* end"),
    ("no-regex", "[a] (1.5)\n", "[a] (1x5)\n", "expected: (1.5)"),
    ("dots", "[a] x\n[a] ...\n[a] z\n", "[a] x\n[a] y\n[a] y\n[a] z\n", None),
    ("dots-none", "[a] x\n[a] ...\n", "[a] x\n", None),
    ("dots-missing", "[a] ...\n[a] z\n", "[a] x\n", "nowhere"),
    ("dots-backtrack", "[a] ...\n[a] x\n[a] y\n", "[a] x\n[a] x\n[a] y\n", None),
    ("dots-not-last", "[a] ...\n[a] x\n", "[a] x\n[a] y\n", "unexpected"),
    ("hypervisor-open", "[septum] two\n[septum] f*r\n",
     "[septum] one\n[septum] two\n[septum] three\n[septum] four\n", None),
    ("hypervisor-missing", "[septum] two\n", "[septum] one\n", "[septum] expected: two"),
    ("hypervisor-order", "[septum] two\n[septum] one\n", "[septum] one\n[septum] two\n",
     "[septum] expected: one"),
    ("hypervisor-silent", "[septum] two\n", "[a] x\n", "[septum] expected: two"),
    ("event-unexpected", "[a] x\n", "[a] x\n[septum] HM: a event stack action halt code 1\n",
     "[septum] unexpected: HM: a event stack"),
    ("event-expected", "[septum] HM: a event stack *\n",
     "[septum] HM: a event stack action halt code 1\n", None),
    ("unlabelled-ignored", "[a] x\n", "a warning of the emulator\n[a] x\n", None),
]

WRONG_FILES = [
    ("no-label", "hello\n", "neither a line of a source nor a comment"),
    ("directive", "#! bogus 1\n", "unknown directive 'bogus'"),
]


def run(ctx):
    """One check per case."""
    path = os.path.join(ctx.tmp, "expected.txt")

    def write(text):
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    for name, expected, output, want in CASES:
        write(expected)
        got = harness.Expectation(path).compare(harness.split_sources(output))
        if want is None and got:
            yield failed(name, "refused: " + "\n".join(got))
        elif want is not None and want not in "\n".join(got):
            yield failed(name, "'%s' is not in: %s" % (want, got))
        else:
            yield passed(name)
    for name, text, want in WRONG_FILES:
        write(text)
        try:
            harness.Expectation(path)
            yield failed(name, "accepted")
        except ValueError as error:
            yield passed(name) if want in str(error) else failed(name, str(error))
    write("# c\n#! status 3\n#! timeout 7\n#! stdin after=ready a\\nb\n")
    it = harness.Expectation(path)
    ok = (it.status, it.timeout, it.after, it.stdin) == (3, 7, "ready", "a\nb")
    yield passed("directives") if ok else failed("directives", str(vars(it)))
