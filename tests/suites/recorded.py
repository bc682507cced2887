# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A real system, recorded: what septum log and septum trace make of it, in every format.

The system is tests/qemu/recorded. Beside it stand the texts that must come out, with * for times, for
counts that depend on how long loading took, and for addresses that the compiler chooses. The times
are held against the plan, and two runs against each other.
"""

import json
import os
import re
import subprocess
import sys

from suites import Result, failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
for folder in ("qemu", "bench", "tools"):
    sys.path.append(os.path.join(HERE, "..", folder))
import bench_system  # noqa: E402  (after the path is set)
import check_trace   # noqa: E402
import harness       # noqa: E402
import stub          # noqa: E402
import trace_page    # noqa: E402
from browser import Browser      # noqa: E402
from flightlog import decoded    # noqa: E402
from tooling import Tool, same   # noqa: E402

TITLE = "a system's log and traces, recorded and from a debugger's dump: every format, twice the same"
PRESETS = ["leon3"]    # It has a device of this board, and addresses of its dump.
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "cmake/**",
         "tests/qemu/recorded/**", "tests/qemu/*.py", "tests/tools/**", "tests/suites/recorded.py"]
ORDER = 68

TIMEOUT = 60            # seconds: a safety net
FOLDER = os.path.join("tests", "qemu", "recorded")
START, SIZE = 0x40000000, 512 << 10     # the hypervisor's memory, as the description has it
DISPLAY = range(START + (2 << 20), START + (2 << 20) + (64 << 10))    # memory of the one that faults
MS = 1000000
LATE = 100000           # ns that a slot of the plan may begin behind its time, and its frame behind the boot
FRAME = 10 * MS
SLOTS = {(0, 0): (0, 2), (0, 1): (3, 5), (0, 2): (5, 7), (1, 7): (1, 3)}    # (plan, slot): ms
# What must be there, of every class but one that only a damaged hypervisor has.
WORDS = {"hypercall", "hypercall-end", "irq", "virq", "slot", "gap", "plan-switch", "state",
         "hm-event", "write", "read", "event"}


def difference(ctx, name, text):
    """The first line that is not as expected; None: all are."""
    with open(ctx.path(FOLDER, name), encoding="utf-8") as file:
        want = file.read().splitlines()
    got = text.splitlines()
    for number, line in enumerate(want):
        pattern = ".*".join(re.escape(part) for part in line.split("*"))
        if number >= len(got) or not re.fullmatch(pattern, got[number]):
            return "%s:%d: %s\n    but: %s" % (name, number + 1, line,
                                               got[number] if number < len(got) else "nothing more")
    return "more than expected: " + got[len(want)] if len(got) > len(want) else None


def texts(ctx, tool, label, path, *words):
    """Log and traces of a memory, as text, against what is expected."""
    for command in ("log", "trace"):
        done = tool.run(command, path, *words)
        wrong = difference(ctx, command + ".txt", done.out)
        if done.code != 0 or done.err or wrong:
            yield failed("%s-%s" % (label, command), "%s\n%s\n%s" % (wrong, done.err, done.out))
        else:
            yield passed("%s-%s" % (label, command))


def check_times(data):
    """Slots lie where the plan has them, and everything that a partition does lies in one of its own."""
    slots = [s for s in data["slots"] if s["complete"]]
    astray = []
    for s in slots:
        first, last = (ms * MS for ms in SLOTS[s["plan"], s["slot"]])
        begin = s["start"] % FRAME
        if not first <= begin <= first + LATE or s["end"] - s["start"] > last - first + LATE:
            astray.append(s)
    yield same("slots", (len(slots) > 10, astray), (True, []))
    outside = [r for r in data["records"] if r["stream"] != 0 and r["time"] >= slots[0]["start"] and
               not any(s["partition"] == r["partition"] and s["start"] <= r["time"] <= s["end"]
                       for s in data["slots"])]
    yield same("own-slots", outside, [])
    yield same("words", {r["event"] for r in data["records"]}, WORDS)
    yield same("messages", [(m["channel"], m["number"], m["size"], m["source"], m["destination"])
                            for m in data["messages"]],
               [(0, 1, 16, 0, 1), (1, 1, 4, 0, 1), (1, 2, 5, 0, 1)])


def check_formats(ctx, tool):
    """Each format holds what the others do."""
    path = "first.rec"
    data = decoded(tool, path)
    yield from check_times(data)
    lines = [line for line in tool.run("trace", path).out.splitlines() if "  cpu " in line]
    yield same("json", ["%d.%09d" % divmod(r["time"], 10 ** 9) + r["text"] for r in data["records"]],
               [line.split()[0] + re.split(r" {2,}", line.strip(), maxsplit=4)[4] for line in lines])
    log = json.loads(tool.run("log", path, "--json").out)
    yield same("registers", [int(n, 16) for r in log["records"] for n in r["registers"]],
               [int(n, 16) for line in tool.run("log", path, "--registers").out.splitlines()
                if line.startswith("    registers") for n in line.split()[2:]])
    fault = log["records"][2]
    yield same("fault", (fault["address"], fault["pc"] in fault["registers"],
                         int(fault["pc"], 16) in DISPLAY), ("0x60000000", True, True))
    if os.path.exists(check_trace.BABELTRACE):
        yield from check_trace.ctf_same(tool, path)
    else:
        yield Result("ctf", "skip", "babeltrace2 is not installed")
    yield from check_trace.chrome_same(tool, path)
    with Browser() as browser:
        yield from trace_page.drawn_same(tool, browser, path)
        yield same("console", browser.console, [])


def dump(ctx, preset, image, path):
    """Lets a debugger stop the system at its end, and writes the hypervisor's memory to a file."""
    symbols = bench_system.symbols(ctx, os.path.join(ctx.root, "build", preset,
                                                     "septum-%s.elf" % preset))
    socket = os.path.join(ctx.tmp, "recorded.sock")
    with subprocess.Popen([ctx.tool(), "run", "--timeout", str(TIMEOUT), image, "--"] +
                          stub.words(socket), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        try:
            debugger = stub.Stub(socket)
            debugger.run_to(symbols["system_stop"])
            with open(path, "wb") as file:
                file.write(debugger.read(START, SIZE))
            debugger.let_go()
            process.wait(timeout=TIMEOUT + 30)
        finally:
            process.kill()


def check(ctx, preset):
    """One preset."""
    ctx.build(preset)
    tool = Tool(ctx, "recorded-" + preset)
    image = harness.image_path(ctx, preset, os.path.join("tests", "qemu"), "recorded")
    for name in ("first", "second"):
        run = harness.run_image(ctx, image, options=["--record", tool.path(name + ".rec")])
        if run.status != 0:
            yield failed(name, run.out)
            return
    yield same("twice", tool.read("first.rec") == tool.read("second.rec"), True)
    yield from texts(ctx, tool, "recording", "first.rec")
    yield from check_formats(ctx, tool)
    try:
        dump(ctx, preset, image, tool.path("dump.bin"))
    except (stub.StubError, OSError, subprocess.TimeoutExpired) as error:
        yield failed("dump", str(error))
        return
    yield from texts(ctx, tool, "dump", "dump.bin", "--start", hex(START))


def run(ctx):
    """Every preset."""
    for preset in ctx.presets:
        for result in check(ctx, preset):
            yield Result("%s/%s" % (preset, result.name), result.status, result.detail)
