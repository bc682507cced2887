# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hypercalls, register windows, a timer's interrupt: the system `calls`."""

from bench_number import Number, both
from bench_system import NS, MeasureError, System, numbers


def _calls(lines, trace):
    """(kind, name, clock, [plugin, one per repetition]) of each measured call, in order."""
    begin, end = trace.counts("log", "trap"), trace.counts("log", "done")
    lengths = [b - a for a, b in zip(begin, end)]
    if len(begin) != len(end):
        raise MeasureError("%d calls began, %d returned" % (len(begin), len(end)))
    rows = []
    for kind in ("depth", "call"):
        for name, count, with_call, without, _status in numbers(lines, kind):
            taken, lengths = lengths[:count], lengths[count:]
            rows.append((kind, str(name), (with_call - without) / NS / count, taken))
    if lengths:
        raise MeasureError("%d more calls than were printed" % len(lengths))
    return rows


def _mean(values):
    return sum(values) / len(values)


def _hypercalls(rows):
    depths = [(clock, taken) for kind, _, clock, taken in rows if kind == "depth"]
    clock, taken = depths[0]
    yield both("hypercall_null", clock, _mean(taken), "at the first depth of calls")
    clock, taken = max(depths, key=lambda d: max(d[1]))
    yield both("hypercall_null_worst", clock, _mean(taken), "at the worst of %d depths"
               % len(depths), value=max(taken))
    single = [(name, clock, taken) for kind, name, clock, taken in rows if kind == "call"]
    for name, clock, taken in single:
        yield both("hypercall_" + name, clock, _mean(taken))
    # A batch takes interrupts between two calls: of more than one call it is no single section.
    sections = [s for s in single if not s[0].startswith("batch_") or s[0] == "batch_1"]
    name, clock, taken = max(sections, key=lambda s: max(s[2]))
    yield both("longest_hypercall", clock, _mean(taken), name, value=max(taken))


def _windows(system, lines, trace, step):
    """Many levels against few: what the additional levels cost is their traps and their step."""
    few, many = numbers(lines, "windows")
    levels = many[0] - few[0]
    for index, name in ((1, "window_overflow"), (2, "window_underflow")):
        clock = (many[index] - few[index]) / NS / levels - step
        spread = trace.spread(["caller"], [system.entry(name)])
        yield both(name, clock, spread.mean, "worst %d" % spread.most, value=spread.most)


def _irq(system, lines, trace, constants, call):
    """From a timer's expiry to the first instruction of the partition's handler.

    Inside: the clock of bench_spin, its steps and the handler's clock; reading it takes `call`."""
    head, step, irq_head = constants[2], constants[3], constants[6]
    rows = numbers(lines, "irq")
    inside = [(taken - start) / NS - call - head - steps * step - (step - 1) / 2
              - irq_head for _, start, taken, steps in rows]
    spread = trace.spread(["caller"], [system.entry("timer")], ["caller"])
    events = [e for e in trace.events if e[:2] in (("log", "irq"), ("load", "clock"))]
    late = []
    for (expiry, _, taken, _), at in zip(rows, [i for i, e in enumerate(events) if e[1] == "irq"]):
        late.append((taken - expiry) / NS - (events[at + 1][2] - events[at][2]))
    yield both("timer_irq_to_guest", _mean(inside), spread.mean, "expiry to handler, worst of %d; "
               "the columns: from the interrupted instruction" % len(late), value=max(late))


def measure(ctx, preset):
    """All numbers of the system."""
    system = System(ctx, preset, "calls")
    names = system.partition_symbols("calls")
    table = system.board["irq_table"]
    words = ["log=trap:%#x" % names["bench_call_trap"], "log=done:%#x" % names["bench_call_done"],
             "log=irq:%#x" % (names["bench_trap_table"] + table)]
    step = ["win=load_step:%#x-%#x" % (system.symbols["load_step"],
                                       system.symbols["cpu_take_interrupt"])]
    sources, trace = system.run(words + step)
    lines = sources["caller"]
    constants = numbers(lines, "constants")[0]
    call = numbers(lines, "twice")[0][0] / NS - constants[1]
    yield from _hypercalls(_calls(lines, trace))
    yield from _windows(system, lines, trace, constants[5])
    yield from _irq(system, lines, trace, constants, call)
    window = trace.windows["load_step"]
    yield Number("load_step", window.most, plugin=window.most, note="longest of %d" % window.number)
