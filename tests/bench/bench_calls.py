# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Hypercalls, register windows, a timer's interrupt: the system `calls`."""

import os
import re

from bench_number import Number, both
from bench_system import NS, MeasureError, System, numbers

# Hypercalls that are not timed, and why.
UNTIMED = {"system_halt": "ends the system, when the consoles are brought out",
           "system_reset": "starts the hypervisor anew"}


# Calls that carry a message of so many bytes go by their own name.
MESSAGE = re.compile(r"(sampling|queuing)_[a-z]+_\d+$|trace_event$")


class Call:
    """A measured call: by the clock, and by the plugin each repetition, whole and its section.

    What is pending when the call returns is taken before the partition's next instruction. The
    section is the call's own part of that: up to the first interrupt."""

    def __init__(self, name, number, clock, windows):
        self.name, self.number, self.clock = name, number, clock
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
        elif name in ("cut", "irq") and cut is None:
            cut = count
        elif name == "done":
            windows.append((count - begin, (cut or count) - begin))
    rows = {"depth": [], "call": []}
    for kind, calls in rows.items():
        for name, count, with_call, without, number, status, expected in numbers(lines, kind):
            if status != expected:
                raise MeasureError("%s answers %d, not %d" % (name, status, expected))
            taken, windows = windows[:count], windows[count:]
            calls.append(Call(str(name), number, (with_call - without) / NS / count, taken))
    if windows:
        raise MeasureError("%d more calls than were printed" % len(windows))
    return rows["depth"], rows["call"]


def _mean(values):
    return sum(values) / len(values)


def _ends(ctx, preset):
    """[(name, number, section)] of the calls behind which the caller does not go on: up to where an
    interrupt could be taken, or to the first instruction of a partition."""
    system = System(ctx, preset, "ends")
    names = system.partition_symbols("ends")
    stops = system.addresses("interrupts") + [system.symbols[n] for n in system.board["polls"]]
    sources, trace = system.run(["seq=1", "log=trap:%#x" % names["bench_call_trap"]] +
                                ["log=cut:%#x" % address for address in stops])
    marks = [e for e in trace.events if e[0] not in ("load", "io")]
    sections = [marks[i + 1][2] - e[2] for i, e in enumerate(marks) if e[:2] == ("log", "trap")]
    made = numbers(sources["ends"], "end")
    if len(made) != len(sections):
        raise MeasureError("ends: %d calls of %d" % (len(sections), len(made)))
    return [(name, number, section) for (name, number), section in zip(made, sections)]


def listed(ctx, board):
    """{number: name} of every hypercall, the architecture's own among them."""
    found = {}
    for name, pattern in (("hypercall.h", r"^ +X\((?P<n>\d+), (?P<name>\w+),"),
                          (os.path.join("arch", board["isa"] + ".h"),
                           r"^#define SEP_HC_[A-Z0-9]+_(?P<name>\w+) (?P<n>\d+)$")):
        path = os.path.join(ctx.root, "sdk", "include", "septum", name)
        with open(path, encoding="utf-8") as source:
            here = re.finditer(pattern, source.read(), re.M)
        numbered = {int(m["n"]): m["name"].lower() for m in here}
        if not numbered and not name.startswith("arch"):
            raise MeasureError("no hypercall is found in %s" % path)
        found.update(numbered)
    return found


def _check_all_timed(ctx, board, timed):
    """Every hypercall of the lists is timed, or UNTIMED says why not."""
    known = listed(ctx, board)
    missing = sorted(n for i, n in known.items() if i not in timed and n not in UNTIMED)
    idle = sorted(set(UNTIMED) - {n for i, n in known.items() if i not in timed})
    if missing or idle:
        raise MeasureError("hypercalls that are not timed: %s; in UNTIMED for nothing: %s"
                           % (" ".join(missing), " ".join(idle)))


def _hypercalls(depths, calls, ends):
    first = depths[0]
    yield both("hypercall_null", first.clock, first.whole, "at the first depth of calls")
    worst = max(depths, key=lambda d: d.section)
    yield both("hypercall_null_worst", worst.clock, worst.whole, "at the worst of %d depths"
               % len(depths), value=worst.section)
    for call in calls:
        name = call.name if MESSAGE.match(call.name) else "hypercall_" + call.name
        yield both(name, call.clock, call.whole, value=call.section)
    for name, _, section in ends:
        yield Number("hypercall_" + name, section, plugin=section, note="up to where an interrupt "
                     "could be taken: the caller does not go on")
    # A batch takes interrupts between two calls: of more than one call it is no single section.
    single = [c for c in calls if c.name != "batch_8"]
    yield _longest("longest_hypercall", single, ends)
    yield _longest("longest_hypercall_but_ports",
                   [c for c in single if not c.name.startswith(("sampling_", "queuing_"))], ends)


def _longest(number, calls, ends):
    """The longest section of these calls, and of those that do not come back."""
    worst = max(calls, key=lambda c: c.section)
    name, _, section = max(ends, key=lambda e: e[2])
    if section > worst.section:
        return Number(number, section, plugin=section, note=name)
    return both(number, worst.clock, worst.whole, worst.name + "; the columns: with the interrupts "
                "behind it", value=worst.section)


def _windows(system, lines, trace, step):
    """Many levels against few: what the additional levels cost is their traps and their step."""
    if "window_overflow" not in system.board["entries"]:
        return
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
    words += ["log=cut:%#x" % address for address in system.addresses("interrupts") +
              [system.symbols[name] for name in system.board["polls"]]]
    step = ["win=load_step:%#x-%#x" % (system.symbols["load_step"],
                                       system.symbols["cpu_take_interrupt"])]
    sources, trace = system.run(words + step)
    lines = sources["caller"]
    constants = numbers(lines, "constants")[0]
    call = numbers(lines, "twice")[0][0] / NS - constants[1]
    depths, calls = _calls(lines, trace)
    ends = _ends(ctx, preset)
    _check_all_timed(ctx, system.board, {c.number for c in depths + calls} | {e[1] for e in ends})
    yield from _hypercalls(depths, calls, ends)
    yield from _windows(system, lines, trace, constants[5])
    yield from _irq(system, lines, trace, constants, call)
    window = trace.windows["load_step"]
    yield Number("load_step", window.most, plugin=window.most, note="longest of %d" % window.number)
