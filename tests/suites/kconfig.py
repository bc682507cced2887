# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The Kconfig front end: what Kconfiglib passes over in silence must be an error with its line."""

import os

from suites import failed, passed

TITLE = "configurations: named ones are sound, every kind of wrong line is refused"
WATCH = ["**/Kconfig*", "configs/**", "cmake/kconfig.py", "cmake/SeptumKconfig.cmake",
         "tests/kconfig/**"]
ORDER = 10

# A small tree of its own, so that these cases do not change with the product's options.
TREE = """\
mainmenu "Test"
choice
	prompt "Kind"
config KIND_A
	bool "A"
config KIND_B
	bool "B"
endchoice
config COUNT
	int "Count"
	range 1 64
	default 8
config BASE
	hex "Base"
	range 0x10 0x20
	default 0x10
config SMP
	bool "SMP"
config CORES
	int "Cores"
	depends on SMP
	default 2
config DEEP
	bool "Deep"
	depends on SMP && KIND_B
config NAME
	string "Name"
	default "x"
config HIDDEN
	bool
	default y
config TAKER
	bool "Taker"
	select GIVEN
config GIVEN
	bool "Given"
"""

# name, configuration, the expected lines after "<file>:" (none: it is sound)
CASES = [
    ("sound", "CONFIG_KIND_B=y\nCONFIG_COUNT=64\nCONFIG_SMP=y\nCONFIG_CORES=3\nCONFIG_DEEP=y\n"
     "CONFIG_NAME=\"a b\"\n# CONFIG_TAKER is not set\n\n# a comment\n", []),
    ("above", "CONFIG_COUNT=65\n",
     ["1: error: CONFIG_COUNT=65 is out of range: allowed is 1 to 64 (Kconfig:9)"]),
    ("below", "\nCONFIG_COUNT=0\n",
     ["2: error: CONFIG_COUNT=0 is out of range: allowed is 1 to 64 (Kconfig:9)"]),
    ("hex-range", "CONFIG_BASE=0x21\n",
     ["1: error: CONFIG_BASE=0x21 is out of range: allowed is 0x10 to 0x20 (Kconfig:13)"]),
    ("dependency", "CONFIG_CORES=4\n",
     ["1: error: CONFIG_CORES=4 has no effect: it depends on SMP, which is not met (Kconfig:19)"]),
    ("dependency-bool", "CONFIG_SMP=y\nCONFIG_DEEP=y\n",
     ["2: error: CONFIG_DEEP=y has no effect: it depends on SMP && KIND_B, which is not met "
      "(Kconfig:23)"]),
    ("unknown", "CONFIG_BOGUS=y\n", ["1: error: unknown symbol CONFIG_BOGUS"]),
    ("unknown-near", "CONFIG_COUMT=3\n",
     ["1: error: unknown symbol CONFIG_COUMT; did you mean CONFIG_COUNT?"]),
    ("unknown-unset", "# CONFIG_BOGUS is not set\n", ["1: error: unknown symbol CONFIG_BOGUS"]),
    ("no-prompt", "CONFIG_HIDDEN=n\n",
     ["1: error: CONFIG_HIDDEN cannot be assigned: it has no prompt (Kconfig:29)"]),
    ("twice", "CONFIG_COUNT=3\nCONFIG_COUNT=4\n",
     ["2: error: CONFIG_COUNT is assigned twice, first on line 1"]),
    ("two-choices", "CONFIG_KIND_A=y\nCONFIG_KIND_B=y\n",
     ["1: error: CONFIG_KIND_A=y has no effect: CONFIG_KIND_B is chosen instead (Kconfig:4)"]),
    ("selected", "CONFIG_TAKER=y\nCONFIG_GIVEN=n\n",
     ["2: error: CONFIG_GIVEN=n has no effect: it is y because of TAKER (Kconfig:35)"]),
    ("not-bool", "CONFIG_SMP=1\n", ["1: error: CONFIG_SMP=1: expected y or n (Kconfig:17)"]),
    ("not-int", "CONFIG_COUNT=0x4\n",
     ["1: error: CONFIG_COUNT=0x4: expected a number (Kconfig:9)"]),
    ("not-hex", "CONFIG_BASE=zz\n",
     ["1: error: CONFIG_BASE=zz: expected a hexadecimal number (Kconfig:13)"]),
    ("not-string", "CONFIG_NAME=abc\n",
     ["1: error: CONFIG_NAME=abc: expected a text in double quotes (Kconfig:26)"]),
    ("junk", "COUNT=3\n", ["1: error: not an assignment: 'COUNT=3'; write CONFIG_NAME=value"]),
    ("all-at-once", "CONFIG_COUNT=65\nCONFIG_BOGUS=y\nCONFIG_CORES=4\n",
     ["1: error: CONFIG_COUNT=65 is out of range: allowed is 1 to 64 (Kconfig:9)",
      "2: error: unknown symbol CONFIG_BOGUS",
      "3: error: CONFIG_CORES=4 has no effect: it depends on SMP, which is not met (Kconfig:19)"]),
]

TOOL = ["/usr/bin/python3", "-B", "cmake/kconfig.py"]


def one_case(ctx, case):
    """Run generate over one wrong (or sound) configuration."""
    name, text, expected = case
    config = os.path.join(ctx.tmp, name + ".config")
    header, script = config + ".h", config + ".cmake"
    with open(config, "w", encoding="utf-8") as out:
        out.write(text)
    done = ctx.run(TOOL + ["generate", "--kconfig", os.path.join(ctx.tmp, "Kconfig"),
                           "--config", config, "--header", header, "--cmake", script])
    got = done.out.splitlines()
    want = ["%s:%s" % (config, line) for line in expected]
    if got != want:
        return failed(name, "expected:\n%s\ngot:\n%s" % ("\n".join(want), done.out))
    if (done.code == 0) != (not expected):
        return failed(name, "exit status %d" % done.code)
    if os.path.exists(header) != (not expected) or os.path.exists(script) != (not expected):
        return failed(name, "output files: written on failure, or not written")
    return passed(name)


# Opens menuconfig on a terminal and quits: q, and n where it asks whether to save.
OPEN = """
import os, pty, select, sys, time
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "xterm"
    os.execvp(sys.argv[1], sys.argv[1:])
seen, end, sent = b"", time.monotonic() + 60, 0
while time.monotonic() < end:
    ready = select.select([fd], [], [], 0.5)[0]
    if ready:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    elif sent < 5 and (b"Septum configuration" in seen or b"Test" in seen):
        os.write(fd, b"q" if sent == 0 else b"n")
        sent += 1
else:
    os.kill(pid, 9)
opened = sent > 0
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.write("opened %s, exit %d\\n" % (opened, code))
sys.exit(0 if opened and code == 0 else 1)
"""


def opens(ctx, name, command, cwd):
    """A menuconfig that must come up on the screen."""
    done = ctx.run(["/usr/bin/python3", "-B", "-c", OPEN] + command, cwd=cwd, timeout=90)
    return passed(name) if done.ok else failed(name, done.out)


def broken_build(ctx):
    """A broken configuration fails configure and build, yet the target menuconfig opens."""
    folder = os.path.join(ctx.tmp, "broken")
    config = os.path.join(ctx.tmp, "broken.config")
    with open(ctx.path("configs", "host.config"), encoding="utf-8") as sound:
        text = sound.read()
    sound_text, wrong_text = text, text + "CONFIG_NOSUCH=y\n"
    line = len(wrong_text.splitlines())
    message = "%s:%d: error: unknown symbol CONFIG_NOSUCH" % (config, line)

    def write(content):
        with open(config, "w", encoding="utf-8") as out:
            out.write(content)

    write(wrong_text)
    configure = ["cmake", "-G", "Ninja", "-S", ctx.root, "-B", folder, "-DSEPTUM_PRESET=host",
                 "-DSEPTUM_CONFIG=" + config, "-DCMAKE_TOOLCHAIN_FILE="
                 + ctx.path("cmake", "toolchains", "host-clang.cmake")]
    menu = ["cmake", "--build", folder, "--target", "menuconfig"]
    done = ctx.run(configure)
    if done.ok or message not in done.out:
        yield failed("broken-configure", done.out)
    else:
        yield passed("broken-configure")
    yield opens(ctx, "broken-menuconfig-first", menu, ctx.root)
    write(sound_text)
    done = ctx.run(configure)
    if not done.ok:
        yield failed("mended-configure", done.out)
        return
    yield passed("mended-configure")
    write(wrong_text)
    yield opens(ctx, "broken-menuconfig-again", menu, ctx.root)
    done = ctx.run(["cmake", "--build", folder])
    if done.ok or message not in done.out:
        yield failed("broken-build", done.out)
    else:
        yield passed("broken-build")


def run(ctx):
    """Cases on a small tree, the named configurations, and menuconfig."""
    with open(os.path.join(ctx.tmp, "Kconfig"), "w", encoding="utf-8") as out:
        out.write(TREE)
    yield from ctx.map(lambda case: one_case(ctx, case), CASES)
    for config in ctx.sources("configs/*.config"):
        done = ctx.run(TOOL + ["check", "--config", config])
        yield passed(config) if done.ok else failed(config, done.out)
    yield from broken_build(ctx)
