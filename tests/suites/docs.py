# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The documents name everything that the sources define, with the same numbers, and their links lead somewhere."""

import os
import re
import xml.etree.ElementTree as ElementTree

from suites import failed, passed

TITLE = "documents name every call, status, event, element and command; their links resolve"
WATCH = ["**/*.md", "sdk/include/septum/**", "sdk/tools/schema/*.xsd", "sdk/tools/cmd/commands.h",
         "hal/include/hal/*.h", "**/*.c", "**/*.h", "**/*.S"]
ORDER = 10

REFERENCE = "docs/manual/reference.md"
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*?)\s*$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def read(ctx, name):
    """A file's text."""
    with open(ctx.path(name), encoding="utf-8") as source:
        return source.read()


def x_list(ctx, header, name, pattern):
    """Rows X(...) of the list #define <name>(X), as tuples of what the pattern's groups match."""
    body = re.search(r"#define %s\(X\)(.*?)(?<!\\)\n" % name, read(ctx, header), re.DOTALL)
    rows = re.findall(r"X\(%s\)" % pattern, body[1].replace("\\\n", " ")) if body else []
    return [row if isinstance(row, tuple) else (row,) for row in rows]


def compare(name, document, text, wanted):
    """A check that each text of {what: what the document must contain} is there."""
    missing = ["%s: no '%s'" % (what, must) for what, must in wanted.items() if must not in text]
    if not wanted:
        return failed(name, "nothing found to look for: the list moved")
    if missing:
        return failed(name, "%s lacks\n%s" % (document, "\n".join(missing)))
    return passed(name, "%d names" % len(wanted))


def reference(ctx):
    """The lists of the guest interface against the manual's reference."""
    text = read(ctx, REFERENCE)
    septum = "sdk/include/septum/"
    calls = x_list(ctx, septum + "hypercall.h", "SEP_HYPERCALL_LIST", r"(\d+), (\w+), [^)]*")
    yield compare("hypercalls", REFERENCE, text,
                  {n: "| %s | `sep_%s` |" % (number, n) for number, n in calls})
    statuses = x_list(ctx, septum + "status.h", "SEP_STATUS_LIST", r'(\w+), (-?\d+), "[^"]*"')
    yield compare("statuses", REFERENCE, text,
                  {n: "| `%s` | %s |" % (n, value) for n, value in statuses})
    actions = x_list(ctx, septum + "event.h", "SEP_ACTION_LIST", r'(\w+), "([\w-]+)"')
    words = dict(actions)
    yield compare("actions", REFERENCE, text,
                  {n: "| `%s` (`%s`) |" % (word, n) for n, word in actions})
    events = x_list(ctx, septum + "event.h", "SEP_EVENT_LIST", r'(\w+), "([\w-]+)", (\w+),[^)]*')
    yield compare("events", REFERENCE, text,
                  {n: "| `%s` (`%s`) | %s |" % (word, n, words.get(action))
                   for n, word, action in events})
    irqs = re.findall(r"^\s+(SEP_IRQ_\w+) = (\d+)", read(ctx, septum + "irq.h"), re.MULTILINE)
    yield compare("virtual-interrupts", REFERENCE, text, {n: "`%s`" % n for n, _ in irqs})
    own = re.findall(r"#define (SEP_HC_SPARC_\w+) (\d+)", read(ctx, septum + "arch/sparc.h"))
    page = "docs/manual/partition-developer.md"
    yield compare("sparc-hypercalls", page, read(ctx, page),
                  {n: "| %s | `%s` |" % (number, n) for n, number in own})


def number(text):
    """The number that a macro's text or a cell of a table begins with, or None."""
    match = re.match(r"(?:\(\(\w+\))?(\d[\d ]*)", text)
    return int(match[1].replace(" ", "")) if match else None


def limits(ctx):
    """The numbers of the reference's section on limits against the headers."""
    known = {}
    for header in ctx.sources("sdk/include/septum/*.h"):
        known.update(re.findall(r"^#define (SEP_\w+) (.+)$", read(ctx, header), re.MULTILINE))
    section = re.search(r"^## Limits$(.*?)(?=^## |\Z)", read(ctx, REFERENCE), re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \|$", section[1] if section else "", re.MULTILINE)
    wrong = ["%s: %s, but the headers say %s" % (name, cell, known.get(name, "nothing"))
             for name, cell in rows
             if name not in known or number(cell) is None or number(cell) != number(known[name])]
    if wrong or not rows:
        yield failed("limits", "%s:\n%s" % (REFERENCE, "\n".join(wrong) or "no limits found"))
    else:
        yield passed("limits", "%d numbers" % len(rows))


def description(ctx):
    """Elements and attributes of the schema against the page on the format."""
    page = "docs/description-format.md"
    text = read(ctx, page)
    schema = ElementTree.parse(ctx.path("sdk/tools/schema/system.xsd"))
    space = "{http://www.w3.org/2001/XMLSchema}"
    elements = {e.get("name") for e in schema.iter(space + "element")}
    attributes = {a.get("name") for a in schema.iter(space + "attribute")}
    yield compare("elements", page, text, {e: e for e in sorted(elements - {None})})
    missing = [a for a in sorted(attributes - {None}) if not re.search(r"`%s\b" % a, text)]
    yield (failed("attributes", "%s lacks %s" % (page, " ".join(missing))) if missing or not attributes
           else passed("attributes", "%d names" % len(attributes)))


def contract(ctx):
    """What an architecture must define against the porting guide."""
    page = "docs/porting.md"
    text = read(ctx, page)
    comment = re.compile(r"//[^\n]*")
    functions, headers = set(), ctx.sources("hal/include/hal/*.h")
    for name in headers:
        code = comment.sub("", read(ctx, name))
        functions |= set(re.findall(r"^(?!typedef|#)\w[\w\s\*]*?\b((?:hal|kernel)_\w+)\s*\(", code,
                                    re.MULTILINE))
    yield compare("hal-functions", page, text, {f: "`%s()`" % f for f in sorted(functions)})
    yield compare("hal-headers", page, text,
                  {h: "hal/" + os.path.basename(h) for h in headers})
    constants = re.findall(r"HAL_BUILD_(?!INFO)(?!LEVELn)\w+", read(ctx, "hal/include/hal/build_info.h"))
    # A macro with parameters is followed by them.
    yield compare("build-constants", page, text, {c: "`%s" % c for c in constants})


def commands(ctx):
    """The host tool's commands against the integrator's page."""
    page = "docs/manual/integrator.md"
    known = x_list(ctx, "sdk/tools/cmd/commands.h", "COMMAND_LIST", r'(\w+), "[^"]*"')
    yield compare("commands", page, read(ctx, page), {c: "`septum %s`" % c for c, in known})


def anchor(heading):
    """The anchor that a heading gets on code hosts."""
    text = re.sub(r"[`*]", "", heading.lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def broken(ctx, name):
    """Links of a document that lead nowhere."""
    text = FENCE.sub("", read(ctx, name))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, part = target.partition("#")
        file = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name
        if not os.path.exists(ctx.path(file)):
            yield "%s: %s does not exist" % (name, target)
        elif part and file.endswith(".md") and \
                part not in [anchor(h) for h in HEADING.findall(FENCE.sub("", read(ctx, file)))]:
            yield "%s: %s has no such heading" % (name, target)


def functions(ctx):
    """Every function that a document names in backquotes stands in some source."""
    known = set()
    for pattern in ("**/*.c", "**/*.h", "**/*.S", "**/*.cmake", "**/CMakeLists.txt"):
        for name in ctx.sources(pattern):
            known.update(re.findall(r"\b[a-z_]\w*", read(ctx, name)))
    wrong = ["%s: %s()" % (name, function) for name in ctx.sources("**/*.md")
             for function in sorted(set(re.findall(r"`([a-z_]\w*)\(\)`", read(ctx, name))))
             if function not in known]
    return failed("functions", "named, but in no source:\n" + "\n".join(wrong)) if wrong \
        else passed("functions", "%d words known" % len(known))


def run(ctx):
    """Every document against what it describes."""
    yield from reference(ctx)
    yield from limits(ctx)
    yield from description(ctx)
    yield from contract(ctx)
    yield from commands(ctx)
    yield functions(ctx)
    documents = ctx.sources("**/*.md")
    wrong = [line for name in documents for line in broken(ctx, name)]
    yield (failed("links", "links that lead nowhere:\n" + "\n".join(wrong)) if wrong else
           passed("links", "%d documents" % len(documents)))
