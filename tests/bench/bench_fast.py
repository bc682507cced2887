# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""From an interrupt that is taken while another partition of its owner's pool computes to the owner's first
instruction: the system `fast`, on the board's test build (tests/qemu/board)."""

import os

from bench_number import Number
from bench_system import MeasureError, System

ASSERTED = "interrupt_source_asserted"   # behind the access that raises the line
AT_ONCE = 300   # instructions: the raiser's hypercall ends, and the interrupt is taken
SHARED = 100    # instructions from an entry that all interrupts share to where lines are told apart
LEAST = 20      # of each kind


def measure(ctx, preset):
    """fast_irq: the worst of a best-effort vCPU and of a job preempted, from the entry of the interrupt on; not
    those beside which the timer fires."""
    system = System(ctx, preset, "fast", hypervisor=_hypervisor(ctx, preset))
    _, trace = system.run(["seq=1", "log=asserted:%#x" % system.symbols[ASSERTED],
                           "log=taken:%#x" % system.entry("line"),
                           "log=timer:%#x" % system.entry("timer")])
    asserted, entered, taken, lengths = 0, 0, 0, {"job": [], "busy": []}
    for source, target, end, _, _ in trace.events:
        if (source, target) == ("log", "asserted"):
            asserted = end
        elif (source, target) == ("log", "taken"):
            taken = entered if end - entered < SHARED else end
        elif (source, target) == ("log", "timer"):
            entered, taken = end, 0   # a turn ends, or a job is released, at the same time
        elif source in lengths and target == "owner" and 0 < taken - asserted < AT_ONCE:
            lengths[source].append(end - taken)
            asserted = end
    if any(len(found) < LEAST for found in lengths.values()):
        raise MeasureError("fast: %s preemptions" % {k: len(v) for k, v in lengths.items()})
    value = max(max(found) for found in lengths.values())
    yield Number("fast_irq", value, plugin=value, note="a fast interrupt to its owner's first instruction, worst of %d; "
                 "in a job %d" % (sum(map(len, lengths.values())), max(lengths["job"])))


def _hypervisor(ctx, preset):
    folder = os.path.join(ctx.root, "build", preset, "tests", "qemu", "board")
    names = [n for n in os.listdir(folder) if n.endswith("-test.elf")]
    return os.path.join(folder, names[0])
