# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""XtratuM's published evaluation rebuilt: `./dev bench paper`.

M. Masmano, I. Ripoll, A. Crespo, J. J. Metge: times on a LEON2 (AT697F) of 80 MHz. Septum's numbers are
instructions under QEMU's instruction clock. Both are printed, neither is turned into the other."""

import json
import os
import statistics

import bench_calls
from bench_system import NS, MeasureError, System, numbers
from paper import picture

MHZ = 80                      # a microsecond of the published hardware is so many cycles
WHO = "XtratuM 2.2, LEON2 (AT697F), %d MHz" % MHZ
NOTE = "Septum: instructions, not cycles and not time; XtratuM: %s, 1 us = %d cycles" % (
    WHO.split(", ", 1)[1], MHZ)
# Average counts of each published case in one major frame, the plan, and what was published of it.
COUNTS = {1: ("p1 p2 p3, 1 s each", [11428202], ""),
          2: ("ten times p1 p2 p3, 0.1 s each", [11426656], ""),
          3: ("five times p1 p2 p3, 0.2 s each", [11424764], ""),
          4: ("as 3, a gap behind each slot", [11426715], ""),
          5: ("p1 p2 p3, 0.1 s each", [1142484, 1142484, 1142474],
              "min 1142468, max 1142500, stdev 3.49 / 4.98 / 4.09"),
          6: ("p1 to p8, 0.1 s each", [1142474, 1142484],
              "of averages the least and the most; min 1142444, max 1142488, stdev 0 to 4.57")}
SWITCH = 27                   # us of a slot that are not the partition's
# Published hypercalls: name, us, the number of ./dev bench that is the same, a remark.
OPEN = "nothing to open: streams are read by number"
CREATE = "one call for both kinds"
CALLS = [("get_time HW", 5, "hypercall_get_time", ""),
         ("get_time EXEC", 7, "hypercall_get_time_exec", ""),
         ("set_timer HW", 13, "hypercall_set_timer_hw", ""),
         ("set_timer EXEC", 13, "hypercall_set_timer_exec", ""),
         ("enable_irqs", 5, "hypercall_irq_enable", ""),
         ("disable_irqs", 5, "hypercall_irq_disable", ""),
         ("unmask_irq", 5, "hypercall_irq_unmask", ""),
         ("hm_open", 31, None, OPEN),
         ("hm_status", 14, "hypercall_hm_status", ""),
         ("trace_open", 66, None, OPEN),
         ("trace_status", 5, "hypercall_trace_status", ""),
         ("trace_event", 13, "trace_event", "recorded, not filtered out"),
         ("create_sampling_port", 65, "hypercall_port_open", CREATE)]
MESSAGES = (("write_sampling", "sampling_write", (15, 17, 32, 87)),
            ("read_sampling", "sampling_read", (16, 18, 30, 83)),
            ("create_queuing_port", None, (68,)),
            ("send_queuing", "queuing_send", (15, 20, 30, 81)),
            ("receive_queuing", "queuing_receive", (15, 19, 32, 92)))
for _name, _ours, _times in MESSAGES:
    for _size, _time in zip((32, 256, 1024, 4096), _times):
        CALLS.append(("%s %d B" % (_name, _size), _time, "%s_%d" % (_ours, _size), "") if _ours else
                     (_name, _time, "hypercall_port_open", CREATE))


def _row(preset, name, value, unit, published, published_unit, note=""):
    row = {"preset": preset, "name": name, "value": value, "unit": unit, "published": published,
           "published_unit": published_unit}
    return dict(row, note=note) if note else row


def run_plans(ctx, preset):
    """{case: [counts of each frame's counters]}, and {case: instructions of one counter's slots}."""
    system = System(ctx, preset, "paper",
                    os.path.join(ctx.root, "build", preset, "tests", "bench", "paper", "bench-paper.elf"))
    sources, _ = system.run()
    counts = {}
    for case, *values in numbers(sources["reader"], "case"):
        counts.setdefault(case, []).append(values[:8 if case == 6 else 3])
        if 0 in counts[case][-1] or any(values[len(counts[case][-1]):]):
            raise MeasureError("paper: case %d counted %s" % (case, values))
    slots = {case: [s for s in plan["processors"][0]["slots"] if s["partition"] == "p1"]
             for case, plan in enumerate(system.report["plans"], 1)}
    if set(counts) != set(COUNTS) or set(slots) != set(COUNTS):
        raise MeasureError("paper: cases %s, plans %s" % (sorted(counts), sorted(slots)))
    return counts, {case: (len(mine), sum(s["duration"] for s in mine) / NS)
                    for case, mine in slots.items()}


def _mean(frames):
    return statistics.fmean(value for frame in frames for value in frame)


def _loss(reference, value):
    """What was lost against a reference, in percent."""
    return (reference - value) / reference * 100


def plan_rows(preset, counts, slots):
    """The rows of the six cases."""
    means = {case: _mean(frames) for case, frames in counts.items()}
    said = {case: statistics.fmean(values) for case, (_, values, _) in COUNTS.items()}
    for case, (plan, _, note) in COUNTS.items():
        name = "paper_case_%d" % case
        yield _row(preset, name + "_count", round(means[case], 1), "counts", round(said[case], 1),
                   "counts", "; ".join(filter(None, (plan, note))))
        if case in (2, 3, 4, 5):
            part = 10 if case == 5 else 1        # of the time that case 1 has
            yield _row(preset, name + "_lost", round(means[1] / part - means[case], 1), "counts",
                       round(said[1] / part - said[case], 1), "counts", "against case 1" +
                       (", a tenth of it" if case == 5 else ""))
            yield _row(preset, name + "_loss", round(_loss(means[1] / part, means[case]), 4), "%",
                       round(_loss(said[1] / part, said[case]), 4), "%")
        if case == 4:
            yield _row(preset, name + "_to_2", round(means[4] - means[2], 1), "counts", 59, "counts",
                       "against case 2, as published")
        if case in (5, 6):
            columns = list(zip(*counts[case]))
            yield _row(preset, name + "_spread", max(map(max, columns)) - min(map(min, columns)),
                       "counts", 1142500 - 1142468 if case == 5 else 1142488 - 1142444, "counts",
                       "most minus least of all")
            yield _row(preset, name + "_stdev", round(max(map(statistics.stdev, columns)), 2),
                       "counts", 4.98 if case == 5 else 4.57, "counts", "the partition's that varies most")
    yield _row(preset, "paper_case_5_to_6", round(means[5] - _mean([f[:3] for f in counts[6]]), 1),
               "counts", 4, "counts", "p1 p2 p3 alone against p1 p2 p3 of eight")
    number, length = slots[1]
    step = round(length / means[1])             # instructions of one count
    further = slots[2][0] - number
    yield _row(preset, "paper_step", step, "instructions", 7, "cycles", "of one count; published: 80 MHz "
               "by the count of case 1")
    yield _row(preset, "paper_slot_lost", round((slots[5][1] - step * means[5]) / slots[5][0]),
               "instructions", SWITCH * MHZ, "cycles", "of a slot, case 5; published: the switch, %d us"
               % SWITCH)
    yield _row(preset, "paper_further_slot", round((means[1] - means[2]) * step / further),
               "instructions", round((said[1] - said[2]) * 7 / further), "cycles",
               "case 2 against case 1, each further slot")


def call_rows(preset, measured):
    """The rows of the published table of hypercalls. measured: {name: instructions}."""
    for name, time, ours, note in CALLS:
        if ours is not None and ours not in measured:
            raise MeasureError("paper: %s is not measured" % ours)
        key = "paper_" + name.lower().replace(" b", "").replace(" ", "_")
        yield _row(preset, key, measured[ours] if ours else None, "instructions", time, "us",
                   note if ours else "no counterpart: " + note)


def measure(ctx, preset):
    """All rows of a preset."""
    ctx.build(preset)
    ctx.say("measure %s: the plans of the paper" % preset)
    counts, slots = run_plans(ctx, preset)
    ctx.say("measure %s: its hypercalls" % preset)
    calls = bench_calls.measure(ctx, preset)
    rows = list(plan_rows(preset, counts, slots))
    return rows + list(call_rows(preset, {n.name: n.value for n in calls}))


def _text(value):
    return "-" if value is None else str(value)


def show(rows):
    """Print the tables."""
    form = "%-28s %12s %-12s %12s %-7s %9s  %s"
    print("\n%s.\nSlots are as long as published: a second is %.2f million instructions here, %d million "
          "cycles there.\n" % (NOTE, 1e3 / NS, MHZ))
    print(form % ("name", "Septum", "", "XtratuM", "", "cycles", ""))
    for r in rows:
        cycles = r["published"] * MHZ if r["published_unit"] == "us" else ""
        print(form % (r["name"], _text(r["value"]), "" if r["value"] is None else r["unit"],
                      _text(r["published"]), r["published_unit"], cycles, r.get("note", "")))


def write(ctx, preset, rows):
    """The rows and the picture of them in the build folder; returns the picture's path.

    Copies of both lie in docs/pictures."""
    path = os.path.join(ctx.root, "build", preset, "paper.")
    for name, text in (("json", as_json(rows)), ("svg", picture.draw(rows, WHO, MHZ))):
        with open(path + name, "w", encoding="utf-8") as out:
            out.write(text)
    return path + "svg"


def as_json(rows):
    """The rows as a file has them."""
    return json.dumps(rows, indent=1) + "\n"


def committed(root, name):
    """The text of a file of docs/pictures."""
    with open(os.path.join(root, "docs", "pictures", name), encoding="utf-8") as source:
        return source.read()
