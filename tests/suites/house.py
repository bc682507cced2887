# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""House rules that no compiler checks."""

import re

from suites import failed, passed

TITLE = "licence lines, layering, HAL list, length of files, no machine paths, planted faults fit"
ORDER = 10

SPDX = "SPDX-License-Identifier: Apache-2.0"
OWNER = "Copyright (c) 2026 The Septum authors"
SOURCES = ("**/*.c", "**/*.h", "**/*.S", "**/*.ld", "**/*.py", "**/*.sh", "**/*.cmake",
           "**/CMakeLists.txt", "**/Kconfig", "**/Kconfig.*", "configs/*.config", "dev", ".ci/run")
# Names of instruction sets, their parts and their registers.
ISA = re.compile(r"\b(sparc\w*|leon\d?|srmmu|gptimer|irqmp|apbuart|arm64|aarch64|armv8|el2|gicv\d|"
                 r"mips\w*|x86\w*|vmx|svm|ept|__sparc\w*|__arm\w*|__aarch64\w*|__mips\w*|__x86\w*|"
                 r"CONFIG_ARCH_\w+|CONFIG_BOARD_\w+|psr|wim|tbr|asr\d+)\b", re.IGNORECASE)
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
# Put together here, so that this file does not trip over itself.
UNFINISHED = re.compile(r"\b(%s)\b" % "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)))
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(%s)/\w" % "|".join(("ho" + "me", "ro" + "ot", "wo" + "rk",
                                                            "Us" + "ers")))
HAL_PROTOTYPE = re.compile(r"^(?!\s)(?!typedef|#|//|/\*)[\w\s\*]*?\b(hal_\w+)\s*\(", re.MULTILINE)
HAL_MAX = 50
LINES_MAX = 400
LONG_FILES = "tests/long-files.txt"
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def read(ctx, name):
    """A file's text."""
    with open(ctx.path(name), encoding="utf-8", errors="replace") as source:
        return source.read()


def verdict(name, wrong, what):
    """One check out of a list of offenders."""
    return failed(name, "%s:\n%s" % (what, "\n".join(wrong))) if wrong else passed(name)


def lines(ctx, names, pattern, clean=lambda text: text):
    """file:line: text of every line that matches."""
    found = []
    for name in names:
        for number, line in enumerate(clean(read(ctx, name)).splitlines(), 1):
            if pattern.search(line):
                found.append("%s:%d: %s" % (name, number, line.strip()))
    return found


def without_comments(text):
    """The code with comments blanked, line numbers kept."""
    return COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def licence(ctx):
    """The two lines at the top of each source, and one sentence after them."""
    wrong = []
    for name in ctx.sources(*SOURCES):
        top = read(ctx, name).splitlines()[:6]
        text = "\n".join(top[:3])
        if SPDX not in text or OWNER not in text:
            wrong.append(name)
    return verdict("licence", wrong, "without '%s' and '%s' at the top" % (SPDX, OWNER))


def purpose(ctx):
    """A sentence on what the file is for follows the licence."""
    wrong = []
    for name in ctx.sources("**/*.c", "**/*.h", "**/*.S"):
        top = read(ctx, name).splitlines()[:8]
        at = next((i for i, line in enumerate(top) if OWNER in line), 0)
        rest = [line.strip("/*# \t") for line in top[at + 1:at + 4]
                if line.startswith(("//", "/*", " *", "#"))]
        if not any(len(line) > 10 and not line.startswith(("ifndef", "include", "define", "pragma"))
                   for line in rest):
            wrong.append(name)
    return verdict("purpose", wrong, "no sentence on what the file is for under the licence lines")


def hal_functions(ctx):
    """The functions that hal/include/hal declares."""
    names = {}
    for name in ctx.sources("hal/include/hal/*.h"):
        for match in HAL_PROTOTYPE.finditer(without_comments(read(ctx, name))):
            names.setdefault(match[1], name)
    return names


def hal_list(ctx):
    """At most 50 functions, the same in docs/porting.md."""
    declared = set(hal_functions(ctx))
    yield (passed("hal-count", "%d functions" % len(declared)) if 0 < len(declared) <= HAL_MAX else
           failed("hal-count", "%d functions, at most %d are allowed" % (len(declared), HAL_MAX)))
    try:
        text = read(ctx, "docs/porting.md")
    except FileNotFoundError:
        yield failed("hal-porting", "docs/porting.md does not exist")
        return
    listed = set(re.findall(r"`(hal_\w+)\(", text))
    wrong = ["missing in docs/porting.md: %s()" % n for n in sorted(declared - listed)] + \
            ["not in hal/include/hal: %s()" % n for n in sorted(listed - declared)]
    yield verdict("hal-porting", wrong, "docs/porting.md and the HAL headers differ")


def layers(ctx):
    """Dependencies point one way: services -> kernel -> hal."""
    wrong = []
    for name in ctx.sources("kernel/**/*.[ch]", "services/**/*.[ch]", "hal/**/*.h"):
        allowed = {"kernel": ("hal/", "kernel/", "septum/"),
                   "services": ("hal/", "kernel/", "septum/"),
                   "hal": ("hal/", "arch/", "septum/")}[name.split("/")[0]]
        own = name.rsplit("/", 1)[0]
        for header in INCLUDE.findall(read(ctx, name)):
            if header in ("stdint.h", "stddef.h", "stdbool.h", "stdatomic.h", "limits.h",
                          "stdalign.h", "stdnoreturn.h", "autoconf.h", "stdarg.h"):
                continue
            if header.startswith(allowed) or "/" not in header:
                continue
            if name.startswith("services/") and header.startswith(own.split("/")[1] + "/"):
                continue
            wrong.append("%s includes %s" % (name, header))
    return verdict("layers", wrong, "a layer includes what it may not")


def long_files(ctx):
    """Sources of more than 400 lines stand in a list, each with its reason."""
    listed = {}
    for line in read(ctx, LONG_FILES).splitlines():
        name, _, reason = line.partition(" ")
        if name and not name.startswith("#"):
            listed[name] = reason.strip()
    long = {name for name in ctx.sources("**/*.c", "**/*.h", "**/*.S", "**/*.py", "**/*.cmake",
                                         "**/CMakeLists.txt", "dev")
            if len(read(ctx, name).splitlines()) > LINES_MAX}
    wrong = ["%s: more than %d lines" % (name, LINES_MAX) for name in sorted(long - set(listed))]
    wrong += ["%s: listed without need" % name for name in sorted(set(listed) - long)]
    wrong += ["%s: listed without a reason" % name for name in sorted(listed) if not listed[name]]
    return verdict("long-files", wrong, "a file holds one concept, or %s says why not" % LONG_FILES)


def mutants(ctx):
    """Each planted fault still fits the source; the suite `mutants` applies it in the same way."""
    def fits(name):
        done = ctx.run(["git", "apply", "-C1", "--check", name])
        return None if done.ok else "%s:\n%s" % (name, done.out)

    names = ctx.sources("tests/mutants/*.patch")
    return verdict("mutants", [text for text in ctx.map(fits, names) if text],
                   "a planted fault does not fit the source")


def run(ctx):
    """Every rule over every file it concerns."""
    yield licence(ctx)
    yield purpose(ctx)
    portable = ctx.sources("kernel/**/*.[ch]", "services/**/*.[ch]", "hal/**/*.[ch]")
    yield verdict("no-isa", lines(ctx, portable, ISA, without_comments),
                  "an instruction set is named in portable code")
    yield layers(ctx)
    yield long_files(ctx)
    yield mutants(ctx)
    yield from hal_list(ctx)
    text = [n for n in ctx.sources("**") if not re.search(r"\.(png|elf|bin|rom|gz|pdf)$", n)]
    # A corpus for a fuzzer may hold anything.
    text = [n for n in text if "/corpus/" not in n]
    yield verdict("unfinished", lines(ctx, text, UNFINISHED), "an unfinished mark is committed")
    yield verdict("machine-paths", lines(ctx, text, MACHINE_PATH),
                  "a path of somebody's machine is committed")
    yield verdict("mutable-tables", lines(
        ctx, ctx.sources("kernel/**/*.c", "services/**/*.c"),
        re.compile(r"^(static\s+)?(?!.*\bconst\b)[\w\s\*]+\(\s*\*\s*\w+\s*\[[^;]*=")),
        "a table of functions that is not const")
    # The simulated machine finds its sections' bounds, which may be absent, through weak symbols.
    layered = [n for n in ctx.sources("kernel/**", "services/**", "arch/**", "hal/**")
               if not n.startswith("arch/host/")]
    yield verdict("no-weak", lines(ctx, layered,
                                   re.compile(r"\b__?weak|attribute__?\(\(.*weak|^\s*\.weak\b")),
                  "a weak symbol")
