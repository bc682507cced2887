# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hypercalls, register windows, a timer's interrupt: the system `calls`."""

from bench_number import Number, both
from bench_system import NS, MeasureError, System, numbers


class Call:
    """A measured call: by the clock, and by the plugin each repetition, whole and its section.

    What is pending when the call returns is taken before the partition's next instruction. The
    section is the call's own part of that: up to the first interrupt."""

    def __init__(self, name, clock, windows):
        self.name, self.clock = name, clock
        self.whole = _mean([w for w, _ in windows])
        self.section = max(s for _, s in windows)


def _calls(lines, trace):
    """The measured calls in order: from each depth, and one of each kind."""
    windows, begin, cut = [], None, None
    for kind, name, count, _, _ in trace.events:
        if kind != "log":
            continue
        if name == "trap":
            begin, cut = count, None
        elif name == "cut" and cut is None:
            cut = count
        elif name == "done":
            windows.append((count - begin, (cut or count) - begin))
    rows = {"depth": [], "call": []}
    for kind, calls in rows.items():
        for name, count, with_call, without, _status in numbers(lines, kind):
            taken, windows = windows[:count], windows[count:]
            calls.append(Call(str(name), (with_call - without) / NS / count, taken))
    if windows:
        raise MeasureError("%d more calls than were printed" % len(windows))
    return rows["depth"], rows["call"]


def _mean(values):
    return sum(values) / len(values)


def _hypercalls(depths, calls):
    first = depths[0]
    yield both("hypercall_null", first.clock, first.whole, "at the first depth of calls")
    worst = max(depths, key=lambda d: d.section)
    yield both("hypercall_null_worst", worst.clock, worst.whole, "at the worst of %d depths"
               % len(depths), value=worst.section)
    for call in calls:
        yield both("hypercall_" + call.name, call.clock, call.whole, value=call.section)
    # A batch takes interrupts between two calls: of more than one call it is no single section.
    single = [c for c in calls if not c.name.startswith("batch_") or c.name == "batch_1"]
    worst = max(single, key=lambda c: c.section)
    yield both("longest_hypercall", worst.clock, worst.whole, worst.name + "; the columns: with "
               "the interrupts behind it", value=worst.section)


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
    words += ["log=cut:%#x" % address for address in system.addresses("interrupts")]
    step = ["win=load_step:%#x-%#x" % (system.symbols["load_step"],
                                       system.symbols["cpu_take_interrupt"])]
    sources, trace = system.run(words + step)
    lines = sources["caller"]
    constants = numbers(lines, "constants")[0]
    call = numbers(lines, "twice")[0][0] / NS - constants[1]
    yield from _hypercalls(*_calls(lines, trace))
    yield from _windows(system, lines, trace, constants[5])
    yield from _irq(system, lines, trace, constants, call)
    window = trace.windows["load_step"]
    yield Number("load_step", window.most, plugin=window.most, note="longest of %d" % window.number)
