# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A pool that is full to the nanosecond (tests/qemu/fullpool).

The tool takes its description as it is and refuses it with a nanosecond more for any of its real-time vCPUs. As it
is, it misses nothing in 10^5 jobs (arm64: 2 * 10^4); nor does one with a fast interrupt that everybody raises, filled by
asking the tool for the longest capacity that it takes. A system that the same tool admits without the board's measured
bounds does miss deadlines, so the guests' own count can tell."""

import itertools
import json
import os
import re
import shutil
import sys

from suites import failed, passed

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "qemu"))
import harness  # noqa: E402  (after the path is set)
import plugin  # noqa: E402

TITLE = "a full pool: a nanosecond more is refused; 10^5 jobs meet their deadlines"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "configs/**", "tests/qemu/fullpool/**"]
ORDER = 63

FOLDER = os.path.join("tests", "qemu", "fullpool")
LIMIT = 5000000000   # instructions: twice what the longest of these takes
CAPACITY = re.compile(r'capacity="(\d+)ns"')
PERIOD = re.compile(r'period="(\d+)ns"')
REFUSED = re.compile(r"(misses|may miss) its deadline at .*\[SEP4108\]")
MISSED = re.compile(r"FAIL no deadline missed: [1-9]\d* instead of 0")


def _read(path):
    with open(path, encoding="utf-8") as source:
        return source.read()


def _write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    return path


def _expected(ctx):
    return harness.Expectation(ctx.path(FOLDER, "expected.txt"))


def _check(ctx, preset, path):
    """What the tool says of a description."""
    return ctx.run([ctx.tool(), "check", "--board", harness.board_of(ctx, preset), "--board-path",
                    ctx.path("configs", "boards"), path], split=True)


def admitted(ctx, preset, name, text):
    """It is admitted, and with one nanosecond more for any vCPU it is not, for want of that nanosecond."""
    label = "%s/%s/admitted" % (preset, name)
    folder = os.path.join(ctx.tmp, name + "-" + preset)
    done = _check(ctx, preset, _write(os.path.join(folder, "full.xml"), text))
    if not done.ok or done.err:
        return failed(label, done.out + done.err)
    found = list(CAPACITY.finditer(text))
    for number, place in enumerate(found):
        more = text[:place.start(1)] + str(int(place[1]) + 1) + text[place.end(1):]
        done = _check(ctx, preset, _write(os.path.join(folder, "more-%d.xml" % number), more))
        if done.ok or not REFUSED.search(done.err):
            return failed(label, "vCPU %d with a nanosecond more is not refused:\n%s" % (number, done.out + done.err))
    return passed(label, "%d capacities" % len(found))


def _filled(ctx, preset, text):
    """The description with the longest capacity for the long job that is admitted."""
    longest = max(int(p) for p in PERIOD.findall(text))
    place = re.search(r'period="%dns" capacity="(\d+)ns"' % longest, text)
    least, most = int(place[1]), longest       # admitted, not admitted
    path = os.path.join(ctx.tmp, "filled-%s.xml" % preset)
    while most - least > 1:
        middle = (least + most) // 2
        done = _check(ctx, preset, _write(path, text[:place.start(1)] + str(middle) + text[place.end(1):]))
        least, most = (middle, most) if done.ok else (least, middle)
    return text[:place.start(1)] + str(least) + text[place.end(1):]


def _pack(ctx, preset, tool, name, hypervisor, text):
    """Pack the images of one of the systems with another description: the image's path and what the tool says."""
    folder = os.path.join(ctx.tmp, "packed-%s-%s" % (preset, name))
    image = os.path.join(folder, "system.elf")
    done = ctx.run([tool, "build", "--board=" + harness.board_of(ctx, preset),
                    "--board-path=" + ctx.path("configs", "boards"), "--hypervisor=" + hypervisor,
                    "--search-path=" + ctx.path("build", preset, FOLDER, name), "-o", image,
                    _write(os.path.join(folder, "system.xml"), text)], split=True)
    return image, done.err if done.ok else done.out + done.err + "exit status %s" % done.code


def met(ctx, preset, name, image):
    """Nothing is missed, and nothing is in the health monitor's log."""
    return harness.check(ctx, "%s/%s/met" % (preset, name), image, _expected(ctx), emulator=plugin.limit(ctx, LIMIT))


def _uncharged(text):
    """The description with the tightest deadlines that are met where nothing is charged: each short job ends when it
    and those before it have run."""
    shortest = min(int(p) for p in PERIOD.findall(text))
    ends = itertools.count(1)
    return re.sub(r'(period="%dns" capacity="(\d+)ns")' % shortest,
                  lambda m: '%s deadline="%dns"' % (m[1], next(ends) * int(m[2])), text)


def _uncharging_tool(ctx, preset, folder):
    """A copy of the tool that finds other bounds beside it."""
    board = harness.board_of(ctx, preset) + ".json"
    bounds = json.loads(_read(ctx.path("configs", "bounds", board)))
    for name in set(bounds) - {"instruction_ns"}:
        bounds[name]["value"] = 0
    _write(os.path.join(folder, "share", "septum", "bounds", board), json.dumps(bounds))
    os.makedirs(os.path.join(folder, "bin"))
    return shutil.copy2(ctx.tool(), os.path.join(folder, "bin", "septum"))


def noticed(ctx, preset, text):
    """Without the charges more is admitted than can be done, and the same guests say so."""
    label = preset + "/noticed"
    tool = _uncharging_tool(ctx, preset, os.path.join(ctx.tmp, "uncharged-" + preset))
    hypervisor = ctx.path("build", preset, "septum-%s.elf" % harness.board_of(ctx, preset))
    image, problem = _pack(ctx, preset, tool, "fullpool", hypervisor, _uncharged(text))
    if problem:
        return failed(label, problem)
    run = harness.run_image(ctx, image, _expected(ctx))
    if run.status != 0 or not any(MISSED.fullmatch(line) for line in run.sources.get("jobs", [])):
        return failed(label, "no deadline was missed: exit status %s\n%s" % (run.status, run.out))
    return passed(label)


def stormed(ctx, preset, text):
    """The same with a fast interrupt, on the board's test build."""
    text = _filled(ctx, preset, text)
    result = admitted(ctx, preset, "fullpool-storm", text)
    if result.status != "pass":
        return result
    hypervisor = ctx.path("build", preset, "tests", "qemu", "board", "septum-%s-test.elf" % harness.board_of(ctx, preset))
    image, problem = _pack(ctx, preset, ctx.tool(), "fullpool-storm", hypervisor, text)
    return failed(preset + "/fullpool-storm", problem) if problem else met(ctx, preset, "fullpool-storm", image)


def run(ctx):
    """Four checks per preset."""
    checks = []
    for preset in ctx.presets:
        ctx.build(preset)
        text, storm = (_read(ctx.path("build", preset, FOLDER, name + ".xml")) for name in ("fullpool", "fullpool-storm"))
        image = harness.image_path(ctx, preset, os.path.dirname(FOLDER), "fullpool")
        checks += [(met, preset, "fullpool", image), (admitted, preset, "fullpool", text), (stormed, preset, storm),
                   (noticed, preset, text)]
    yield from ctx.map(lambda c: c[0](ctx, *c[1:]), checks)
