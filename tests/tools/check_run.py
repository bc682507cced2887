# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum run, with scripts in the place of emulators."""

import glob
import os
import signal
import struct
import subprocess
import time

import fixtures
from suites import failed, passed
from tooling import Tool, refused, same

HALT = r"printf '\036[septum] halt: all partitions halted status %d\n'"

# name, script, words of the command, exit status, lines of the output
RUNS = [
    ("clean", HALT % 0, [], 0, ["[septum] halt: all partitions halted status 0"]),
    ("status", HALT % 7, [], 7, ["[septum] halt: all partitions halted status 7"]),
    ("status-emulator-fails", HALT % 3 + "; exit 134", [], 3,
     ["[septum] halt: all partitions halted status 3"]),
    ("dies", "echo x; kill -ABRT $$", [], 4, ["[boot] x"]),
    ("silent-end", "exit 0", [], 4, []),
    ("impostor", r"printf '\036[a] halt: x status 0\n'", [], 4, ["[a] halt: x status 0"]),
    ("halt-without-status", r"printf '\036[septum] halt: x\n'", [], 4, ["[septum] halt: x"]),
    ("halt-number", r"printf '\036[septum] halt: x status 0x\n'", [], 4,
     ["[septum] halt: x status 0x"]),
    ("reason-says-status", r"printf '\036[septum] halt: bad status 9 seen status 2\n'", [], 2,
     ["[septum] halt: bad status 9 seen status 2"]),
    ("no-new-line", r"printf '\036[septum] halt: x status 6'", [], 6,
     ["[septum] halt: x status 6"]),
    ("loader", r"printf 'hello\r\nyou\n'; " + HALT % 0, [], 0,
     ["[boot] hello", "[boot] you", "[septum] halt: all partitions halted status 0"]),
    ("interleaved", r"printf '\036[a] one \036\n[b] two\n\036[a] three\n'; " + HALT % 0, [], 0,
     ["[b] two", "[a] one three", "[septum] halt: all partitions halted status 0"]),
    ("partial", r"printf '\036[a] left'; " + r"printf '\036\n[septum] halt: x status 0\n'", [], 0,
     ["[septum] halt: x status 0", "[a] left"]),
    ("empty-lines", r"printf '\036[a] \n\036[a] \n'; " + HALT % 0, [], 0,
     ["[a] ", "[a] ", "[septum] halt: all partitions halted status 0"]),
    ("no-marker", r"printf '\036no [marker]\n\036[a b] x\n'; " + HALT % 0, [], 0,
     ["[boot] no [marker]", "[boot] [a b] x", "[septum] halt: all partitions halted status 0"]),
    ("escapes", r"printf '\036[a] \033[2J\007\n'; " + HALT % 0, [], 0,
     [r"[a] \x1b[2J\x07", "[septum] halt: all partitions halted status 0"]),
    ("core-limit", "ulimit -c; " + HALT % 0, [], 0,
     ["[boot] 0", "[septum] halt: all partitions halted status 0"]),
    ("no-input", "read x || echo none; " + HALT % 0, [], 0,
     ["[boot] none", "[septum] halt: all partitions halted status 0"]),
]

# name, words of the command, arguments that the emulator must get
ARGUMENTS = [
    ("plain", [], "-first -second -icount shift=5,sleep=off -kernel image.elf"),
    ("shift", ["--shift", "0"], "-first -second -icount shift=0,sleep=off -kernel image.elf"),
    ("no-icount", ["--no-icount"], "-first -second -kernel image.elf"),
    ("gdb", ["--gdb", "1234"],
     "-first -second -icount shift=5,sleep=off -S -gdb tcp:127.0.0.1:1234 -kernel image.elf"),
    ("gdb-last", ["--gdb", "65535"],
     "-first -second -icount shift=5,sleep=off -S -gdb tcp:127.0.0.1:65535 -kernel image.elf"),
    ("extra", ["--", "-d", "int"],
     "-first -second -icount shift=5,sleep=off -kernel image.elf -d int"),
    ("forced-rom", ["--rom"], "-first -second -icount shift=5,sleep=off -bios image.elf"),
]


def check_runs(tool):
    for name, script, words, code, lines in RUNS:
        board = fixtures.board(tool.folder, "board", script + "\n")
        done = tool.run("run", "image.elf", "--board", board, *words, stdin="typed\n")
        yield same("run-" + name, (done.code, done.out.splitlines()), (code, lines))


def check_arguments(tool):
    board = fixtures.board(tool.folder, "board", 'echo "$@"; ' + HALT % 0 + "\n")
    for name, words, want in ARGUMENTS:
        done = tool.run("run", "image.elf", "--board", board, *words)
        yield same("arguments-" + name, done.out.splitlines()[0], "[boot] " + want)
    done = tool.run("run", "image.rom", "--board", board)
    yield same("arguments-rom", done.out.splitlines()[0],
               "[boot] -first -second -icount shift=5,sleep=off -bios image.rom")
    board = fixtures.board(tool.folder, "board", "cat; " + HALT % 0 + "\n")
    done = tool.run("run", "image.elf", "--board", board, "--stdin", stdin="typed\n")
    yield same("stdin", done.out.splitlines()[0], "[boot] typed")


def check_console(tool):
    text = rb"\036[a] x\ry\n\036[septum] halt: x status 0\n"
    board = fixtures.board(tool.folder, "board", b"printf '%s'\n".decode() % text.decode())
    done = tool.run("run", "image.elf", "--board", board, "--console", "bytes", "--raw", text=False)
    raw = b"\x1e[a] x\ry\n\x1e[septum] halt: x status 0\n"
    yield same("console", (done.code, tool.read("bytes"), done.out), (0, raw, raw))


def monitored(tool, how):
    """A board whose emulator has a monitor, its description's path."""
    fake = tool.ctx.path("tests", "tools", "fake_emulator.py")
    path = fixtures.board(tool.folder, "monitored",
                          'while [ "$1" != -m ]; do shift; done\nexec python3 -B %s %s "$2"\n'
                          % (fake, how))
    with open(path, encoding="utf-8") as file:
        text = file.read()
    return tool.write("monitored.xml", text.replace('shift="5"', 'shift="5" monitor="-m %"'))


def check_record(tool):
    """The hypervisor's memory behind its head, whole or not at all."""
    left = set(glob.glob("/tmp/septum-rec-*"))
    for how, code, words in (("good", 3, []), ("slow", 3, []), ("hangs", 5, ["--timeout", "1"])):
        done = tool.run("run", "image.elf", "--board", monitored(tool, how), "--record", how,
                        *words)
        data = tool.read(how)
        start, size = struct.unpack(">QQ", data[16:32])
        want = b"SEPTMEM\0" + struct.pack(">II", 1, 0)
        whole = data[32:] == bytes((start + i) % 251 for i in range(size))
        yield same("record-" + how, (done.code, data[:16], start, size, whole),
                   (code, want, 0x40000000, 0x80000, True))
    for how, text in (("refuses", "[SEP9043]"), ("silent", "[SEP9043]"), ("short", "[SEP9002]")):
        done = tool.run("run", "image.elf", "--board", monitored(tool, how), "--record", how)
        yield refused("record-" + how, done, text, code=3, absent=[tool.path(how)])
    board = fixtures.board(tool.folder, "board", HALT % 0 + "\n")
    yield refused("record-no-monitor", tool.run("run", "image.elf", "--board", board, "--record",
                                                "never"), "[SEP9034]",
                  absent=[tool.path("never")])
    yield refused("record-where", tool.run("run", "image.elf", "--board", monitored(tool, "good"),
                                           "--record", "nowhere/file"), "[SEP9002]", code=3)
    yield same("record-leaves-nothing", set(glob.glob("/tmp/septum-rec-*")) - left, set())


def alive(mark):
    """Processes with a word in their command line."""
    found = []
    for pid in os.listdir("/proc"):
        try:
            with open("/proc/%s/cmdline" % pid, "rb") as line:
                if mark.encode() in line.read().split(b"\0"):
                    found.append(pid)
        except OSError:
            pass
    return found


def check_ends(tool):
    """Nothing is left behind, however a run ends."""
    board = fixtures.board(tool.folder, "board", "echo up; exec sleep 7601\n")
    done = tool.run("run", "image.elf", "--board", board, "--timeout", "1")
    yield refused("timeout", done, "did not halt within 1 s", code=5)
    yield same("timeout-leaves-nothing", alive("7601"), [])
    board = fixtures.board(tool.folder, "board", HALT % 2 + "; exec sleep 7601\n")
    done = tool.run("run", "image.elf", "--board", board)
    yield same("halted-but-stays", (done.code, done.seconds < 20, alive("7601")), (2, True, []))
    board = fixtures.board(tool.folder, "board", "trap '' TERM; while :; do echo up; done\n")
    done = tool.run("run", "image.elf", "--board", board, "--timeout", "1")
    yield same("floods-and-ignores", (done.code, done.seconds < 20), (5, True))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL):
        board = fixtures.board(tool.folder, "board", "echo up; exec sleep 7602\n")
        process = subprocess.Popen([tool.program, "run", "image.elf", "--board", board],
                                   cwd=tool.folder, env=tool.env, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        process.stdout.readline()
        time.sleep(0.1)
        before = len(alive("7602"))
        process.send_signal(number)
        process.communicate(timeout=20)
        time.sleep(0.1)
        left = alive("7602")
        for pid in left:
            os.kill(int(pid), signal.SIGKILL)
        want = -number if number == signal.SIGKILL else 128 + number
        good = before == 1 and not left and process.returncode == want
        yield passed("ends-on-%s" % number.name) if good else \
            failed("ends-on-%s" % number.name, "%d before, %s left, status %d"
                   % (before, left, process.returncode))


def run(ctx):
    """All checks of run."""
    tool = Tool(ctx, "run")
    tool.pack("image.elf")
    tool.pack("image.rom", "--format", "rom", "--rom-loader", tool.files["loader"])
    yield from check_runs(tool)
    yield from check_arguments(tool)
    yield from check_console(tool)
    yield from check_record(tool)
    yield from check_ends(tool)
    board = fixtures.write(tool.folder, "none.xml",
                           fixtures.BOARD.format(program=tool.path("nothing")))
    yield refused("no-emulator", tool.run("run", "image.elf", "--board", board),
                  "cannot be started: No such file")
    yield refused("board-unknown", tool.run("run", "image.elf", "--board", "leon4"),
                  "did you mean 'leon3'?")
    yield refused("board-file", tool.run("run", "image.elf", "--board", "no.xml"), "cannot be read")
    for option, value in (("--timeout", "x"), ("--shift", "x"), ("--gdb", "x"), ("--gdb", "0"),
                          ("--gdb", "65536")):
        yield refused("number%s-%s" % (option, value), tool.run("run", "image.elf", option, value),
                      option, "'%s'" % value, code=2)
    yield refused("image-missing", tool.run("run", "nothing"), "cannot be read")
