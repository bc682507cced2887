# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Where the commands write: what must stay is not replaced, and what is lost is no success."""

import os
import shutil
import stat

import check_build
import fixtures
from tooling import Tool, refused, same

FILE = '<File name="table" path="table.bin"/>\n    </Partition>'


def prepare(ctx):
    """A folder with everything that the commands read, the board's description, too."""
    tool = Tool(ctx, "output")
    tool.write("build.elf", fixtures.hypervisor(**check_build.SIZES))
    tool.write("small.xml", check_build.DESCRIPTION.replace("</Partition>", FILE))
    tool.write("one.elf", check_build.partition(0x40100000))
    tool.write("table.bin", b"table")
    tool.write("bounds.json", '{"longest_section": {"value": 911}}')
    os.mkdir(tool.path("boards"))
    shutil.copy(ctx.path("configs", "boards", "leon3.xml"), tool.path("boards"))
    os.symlink("small.xml", tool.path("symbolic"))
    os.link(tool.path("one.elf"), tool.path("hard"))
    tool.pack("image.elf")
    return tool


def contents(tool):
    """{path: (kind and rights, bytes)} of everything in the folder."""
    found = {}
    for folder, names, files in os.walk(tool.folder):
        for name in names + files:
            path = os.path.join(folder, name)
            mode = os.lstat(path).st_mode
            data = b""
            if stat.S_ISREG(mode):
                with open(path, "rb") as file:
                    data = file.read()
            found[path] = (mode, data)
    return found


def commands(tool, halting):
    """{name: (words without an output, what they read)}"""
    sources = ["small.xml", "./symbolic", "boards/leon3.xml"]
    compiled = sources + ["build.elf", "one.elf", "hard", "table.bin"]
    boards = ["--board-path", "boards"]
    packed = ["--hypervisor", "hv.elf", "--config", "system.cfg", "--blobs", "system.blobs"]
    return {
        "build": (["build", "small.xml", "--hypervisor", "build.elf"] + boards, compiled),
        "build-rom": (["build", "small.xml", "--hypervisor", "build.elf", "--format", "rom",
                       "--rom-loader", "loader.elf"] + boards, ["loader.elf"]),
        "compile": (["compile", "small.xml", "--hypervisor", "build.elf"] + boards, compiled),
        "link": (["link", "small.xml", "--partition", "one"] + boards, sources),
        "pack": (["pack"] + packed, ["hv.elf", "system.cfg", "system.blobs"]),
        "pack-rom": (["pack", "--format", "rom", "--rom-loader", "loader.elf"] + packed,
                     ["loader.elf"]),
        "report": (["report", "image.elf", "--hypervisor", "hv.elf", "--bounds", "bounds.json"],
                   ["image.elf", "hv.elf", "bounds.json"]),
        "run": (["run", "image.elf", "--board", halting], ["image.elf", halting]),
    }


def check_inputs(tool, halting):
    """No output replaces an input, whatever name it is given."""
    for name, (words, inputs) in commands(tool, halting).items():
        option = "--console" if name == "run" else "-o"
        for path in inputs:
            before = contents(tool)
            done = tool.run(*words, option, path)
            label = "%s-onto-%s" % (name, os.path.basename(path))
            yield refused(label, done, "'%s'" % path if path[0] != "." else path,
                          "it is the same file as the input", "[SEP")
            after = contents(tool)
            changed = sorted(p for p in before.keys() | after.keys()
                             if before.get(p) != after.get(p))
            yield same(label + "-nothing-written", changed, [])
            for lost in changed:   # so that one fault does not hide the next
                os.remove(lost)
                if lost in before:
                    tool.write(lost, before[lost][1])


def check_outputs(tool, halting):
    """No output replaces another one of the same command."""
    known = commands(tool, halting)
    for name, words in (("build", ["-o", "new", "--depfile", "./new"]),
                        ("build", ["-o", "kept/system.cfg", "--keep", "kept"]),
                        ("build", ["-o", "new", "--keep", "kept",
                                   "--depfile", "kept/./system.blobs"]),
                        ("compile", ["-o", "new", "--blobs", ".//new"]),
                        ("compile", ["-o", "old", "--depfile", "older"])):
        if "old" in words:
            tool.write("old", b"before")
            os.link(tool.path("old"), tool.path("older"))
        before = contents(tool)
        done = tool.run(*known[name][0], *words)
        label = "%s-twice-%s" % (name, words[-1].replace("/", "-"))
        yield refused(label, done, "it is the same file as the output", "[SEP8014]")
        yield same(label + "-nothing-written", contents(tool) == before, True)


def check_kinds(tool, halting):
    """A FIFO gets the bytes and stays one; a link stays a link to what is replaced."""
    for name, (words, _) in commands(tool, halting).items():
        option = "--console" if name == "run" else "-o"
        tool.run(*words, option, "plain")
        os.mkfifo(tool.path("fifo"))
        reader = os.open(tool.path("fifo"), os.O_RDONLY | os.O_NONBLOCK)
        done = tool.run(*words, option, "fifo")
        data = b""
        while True:
            part = os.read(reader, 65536)
            if not part:
                break
            data += part
        os.close(reader)
        stays = stat.S_ISFIFO(os.stat(tool.path("fifo")).st_mode)
        yield same(name + "-fifo", (done.code, stays, data == tool.read("plain")), (0, True, True))
        os.remove(tool.path("fifo"))
        tool.write("real", b"before")
        os.symlink("real", tool.path("link"))
        done = tool.run(*words, option, "link")
        yield same(name + "-link", (done.code, os.path.islink(tool.path("link")),
                                    tool.read("real") == tool.read("plain")), (0, True, True))
        for path in ("link", "real", "plain"):
            os.remove(tool.path(path))


def into(tool, redirection, words):
    """The command with its standard output elsewhere."""
    return tool.ctx.run(["sh", "-c", 'exec "$0" "$@" ' + redirection, tool.program] + words,
                        cwd=tool.folder, env=tool.env, timeout=60, split=True)


def check_standard_output(tool, halting):
    """What could not be printed is no success; a command that prints nothing needs no output."""
    board = ["--board-path", "boards"]
    for name, words in (
            ("help", ["--help"]), ("version", ["--version"]), ("help-of-check", ["check", "--help"]),
            ("schema", ["schema"]), ("list", ["list", "image.elf"]),
            ("list-json", ["list", "image.elf", "--json"]),
            ("check-json", ["check", "--json", "small.xml"] + board),
            ("link", ["link", "small.xml", "--partition", "one"] + board),
            ("report", ["report", "image.elf", "--hypervisor", "hv.elf"]),
            ("pack", ["pack", "--hypervisor", "hv.elf", "--config", "system.cfg", "--blobs",
                      "system.blobs", "-o", "-"]),
            ("run", ["run", "image.elf", "--board", halting]),
            ("run-raw", ["run", "image.elf", "--raw", "--board", halting])):
        for where, redirection in (("full", "> /dev/full"), ("closed", ">&-")):
            done = into(tool, redirection, words)
            yield refused("%s-%s" % (name, where), done,
                          "standard output: error: cannot be written", "[SEP9002]")
            yield same("%s-%s-once" % (name, where), done.err.count("SEP9002"), 1)
    done = into(tool, ">&-", ["build", "small.xml", "--hypervisor", "build.elf", "-o", "new"] + board)
    yield same("silent-closed", (done.code, done.err), (0, ""))
    done = into(tool, ">&- <&- 2>&-", ["build", "small.xml", "--hypervisor", "build.elf", "--json",
                                       "-o", "other"] + board)
    yield same("closed-not-into-the-image", (done.code, tool.read("other") == tool.read("new")),
               (1, True))
    board = fixtures.board(tool.folder, "seven",
                           r"printf '\036[septum] halt: x status 7\n'" + "\n")
    done = into(tool, "> /dev/full", ["run", "image.elf", "--board", board])
    yield refused("status-of-the-system", done, "[SEP9002]", code=7)
    board = fixtures.board(tool.folder, "long",
                           r"printf '\036[septum] halt: x status 0\n'; head -c 99999 /dev/zero" + "\n")
    words = ["run", "image.elf", "--board", board, "--console", "record"]
    done = tool.ctx.run(["sh", "-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\" > /dev/null",
                         tool.program] + words, cwd=tool.folder, env=tool.env, split=True)
    yield refused("record-too-long", done, "record: error: cannot be written", "[SEP9002]")


def run(ctx):
    """All checks of outputs."""
    tool = prepare(ctx)
    halting = fixtures.board(tool.folder, "halting",
                             r"printf '\036[septum] halt: x status 0\n'" + "\n")
    yield from check_inputs(tool, halting)
    yield from check_outputs(tool, halting)
    yield from check_kinds(tool, halting)
    yield from check_standard_output(tool, halting)
