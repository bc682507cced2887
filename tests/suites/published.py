# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Published evaluations rebuilt, against docs: `./dev bench paper` and `hellfire`, what is shown is made anew, numbers are
measured anew, of the second a part, which takes seconds; and `./dev bench jailhouse`: the same twice, neighbours without
influence in the measuring partition's own slots."""

import json
import os
import sys

from suites import failed, passed

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "..", "bench"), os.path.join(HERE, "..", "qemu")]
import bench_hellfire  # noqa: E402  (after the path is set)
import bench_jailhouse  # noqa: E402
import bench_paper   # noqa: E402
import bench_system  # noqa: E402
from hellfire import page  # noqa: E402
from paper import picture  # noqa: E402

TITLE = "published measurements rebuilt: twice the same, as docs shows them; neighbours without influence"
PRESETS = ["leon3", "arm64"]
WATCH = ["kernel/**", "services/**", "hal/**", "arch/**", "sdk/**", "tests/bench/**", "tests/qemu/board/**",
         "docs/pictures/**", "docs/hellfire.md"]
ORDER = 71

DATA, PICTURE = "paper.json", "paper.svg"
TOLERANCE = 0.1     # of a number, before the picture is too old to be shown
AGAIN = "run ./dev bench paper and copy build/<preset>/%s and %s to docs/pictures" % (DATA, PICTURE)


def drawn(ctx):
    """The picture is what the rows beside it become, byte for byte."""
    rows = json.loads(bench_paper.committed(ctx.root, DATA))
    again = picture.draw(rows, bench_paper.WHO, bench_paper.MHZ)
    if again != bench_paper.committed(ctx.root, PICTURE):
        return failed("picture", "docs/pictures/%s differs from what is drawn of %s: %s"
                      % (PICTURE, DATA, AGAIN))
    return passed("picture", "%d bytes" % len(again))


HELLFIRE = "run ./dev bench hellfire and copy build/<preset>/hellfire.md to docs, hellfire.json to docs/pictures"
# What is measured of it here: columns that one instruction more or less does not move far.
STEADY = ("mean", "median", "worst")


def written(ctx):
    """The page is what the rows beside it become, byte for byte."""
    with open(ctx.path("docs", "hellfire.md"), encoding="utf-8") as source:
        if source.read() != page.whole(json.loads(bench_paper.committed(ctx.root, "hellfire.json"))):
            return failed("page", "docs/hellfire.md is not what docs/pictures/hellfire.json makes: " + HELLFIRE)
    return passed("page")


def sampled(ctx, preset):
    """Some rows of Hellfire's experiments are those shown, but for a tolerance; every run is the same."""
    shown = {row["name"]: row for row in json.loads(bench_paper.committed(ctx.root, "hellfire.json"))}
    first, rows, second = ctx.map(lambda call: list(call()), [
        lambda: bench_hellfire.delay_rows(ctx, preset, 2, "recycle"),
        lambda: bench_hellfire.service_rows(ctx, preset, "fast_preemptible"),
        lambda: bench_hellfire.delay_rows(ctx, preset, 2, "recycle")])
    wrong = []
    for row in first + rows + list(bench_hellfire.dispatch_rows(ctx, preset)):
        old, new = shown.get(row["name"], {}), row["value"]
        if {**row, "value": 0, "note": ""} != {**old, "value": 0, "note": ""}:
            wrong.append("%s is shown as %s" % (row, old))
        elif row["name"].endswith(STEADY) and "_ping_" not in row["name"] and \
                abs(new - old["value"]) > TOLERANCE * old["value"]:
            wrong.append("%s: %s, shown %s" % (row["name"], new, old["value"]))
    yield (failed(preset + "/hellfire", "%s\n%s" % ("\n".join(wrong), HELLFIRE)) if wrong else
           passed(preset + "/hellfire", "%d rows" % len(first + rows)))
    yield (passed(preset + "/hellfire-twice") if first == second else
           failed(preset + "/hellfire-twice", "measured %s, then %s" % (first, second)))


def compare(row, shown):
    """What is wrong with a shown row, or None."""
    if shown is None:
        return "not shown"
    if {k: v for k, v in row.items() if k != "value"} != {k: v for k, v in shown.items() if k != "value"}:
        return "shown as %s" % shown
    new, old = row["value"], shown["value"]
    if (new is None) != (old is None):
        return "%s, shown %s" % (new, old)
    # Differences of counts are small, and nothing but differences of what is compared.
    exact = row["unit"] == "instructions" or row["name"].endswith("_count")
    if new is not None and exact and abs(new - old) > TOLERANCE * old:
        return "%s, shown %s" % (new, old)
    return None


def measured(ctx, preset):
    """The rows measured now are those shown, but for a tolerance."""
    rows = bench_paper.measure(ctx, preset)
    shown = {row["name"]: row for row in json.loads(bench_paper.committed(ctx.root, DATA))}
    wrong = ["%s: %s" % (row["name"], what) for row in rows
             for what in [compare(row, shown.pop(row["name"], None))] if what]
    wrong += ["%s is shown, but not measured" % name for name in shown]
    if wrong:
        yield failed(preset + "/rows", "%s\n%s" % ("\n".join(wrong), AGAIN))
    else:
        yield passed(preset + "/rows", "%d rows" % len(rows))
    first, second = (bench_paper.run_plans(ctx, preset) for _ in range(2))
    yield (passed(preset + "/twice") if first == second else
           failed(preset + "/twice", "counted %s, then %s" % (first, second)))


# Of instructions to the handler, in the partition's own slots; whatever neighbours do (tests/qemu/unmodified/limits.json).
MOST = {"device_irq_to_guest": 45, "vtimer_to_guest": 40}


def jailhouse(ctx, preset):
    """In its own slots a partition's interrupts take as long whatever others do, and no longer than the limit."""
    rows = {row["name"]: row["value"] for row in bench_jailhouse.measure(ctx, preset)}
    for what, most in MOST.items():
        found = {name: [rows["jailhouse_%s_%s_%s" % (name, what, kind)] for kind in ("min", "mean", "max")]
                 for name, _, _, _ in bench_jailhouse.CONDITIONS}
        good = found["idle"] == found["calls"] and found["calls"][2] <= most and found["bare"][2] < most
        label = "%s/jailhouse/%s" % (preset, what)
        yield passed(label, str(found)) if good else failed(label, "at most %d: %s" % (most, found))
    again = {row["name"]: row["value"]
             for row in bench_jailhouse.measure(ctx, preset, bench_jailhouse.CONDITIONS[2:])}
    other = {name: (value, rows[name]) for name, value in again.items() if value != rows[name]}
    label = preset + "/jailhouse/twice"
    yield failed(label, "measured differently: %s" % other) if other else passed(label)


def run(ctx):
    """The picture and the page, then the numbers."""
    yield drawn(ctx)
    yield written(ctx)
    for preset in ctx.presets:
        try:
            if preset == "leon3":
                yield from measured(ctx, preset)
                yield from sampled(ctx, preset)
            else:
                yield from jailhouse(ctx, preset)
        except bench_system.MeasureError as error:
            yield failed(preset, str(error))
