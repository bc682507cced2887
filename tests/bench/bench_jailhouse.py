# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Jailhouse's measurement: `./dev bench jailhouse`.

R. Ramsauer, J. Kiszka, D. Lohmann, W. Mauerer: interrupt latency on a Jetson TK1 in microseconds, on the bare machine, with
the hypervisor and other guests idle, and with them under stress. Here one program (latency/guest.c) runs as they had it:
at EL1 of the emulated machine without any hypervisor, as a partition beside neighbours that idle, and beside neighbours
that make the longest hypercalls back to back. Septum's numbers are instructions under QEMU's instruction clock, Jailhouse's
are times of a GPIO's interrupt; neither is turned into the other."""

import os
import re
import xml.etree.ElementTree as ET

import harness
from bench_system import SHIFT, MeasureError

WHO = "Jailhouse, Jetson TK1 (Cortex-A15, 2.32 GHz)"
EVENTS = 10000
# Conditions: name, what it is, published mean and max in us (of 10 Hz).
CONDITIONS = (("bare", "the bare machine, at EL1", 0.45, 0.50),
              ("idle", "neighbours idle", 1.26, 2.81),
              ("calls", "neighbours call without end", 1.36, 5.56))
PUBLISHED = "device_irq_to_guest"
LINE = re.compile(r"^(?:\[\S+\] )?latency (\S+) (\d+) (\d+) (\d+) (\d+)\r?$", re.M)
MADE = re.compile(r"^\[(left|right)\] made (\d+) calls$", re.M)
NAMESPACE = "{urn:septum:board:1}"
# The clock whose alarm is the device's interrupt goes with the instructions.
STEADY = harness.STEADY + ["-rtc", "base=2026-01-01,clock=vm"]


def _bare(ctx, folder):
    """The same program on the machine of the board's description without its EL2."""
    board = ET.parse(ctx.path("configs", "boards", "qemu-virt.xml")).getroot()
    emulator = board.find(NAMESPACE + "Emulator")
    words = emulator.get("arguments").replace("virtualization=on", "virtualization=off").split()
    clock = emulator.get("icount").replace("%", str(SHIFT)).split()
    done = ctx.run([emulator.get("program")] + words + clock + STEADY +
                   ["-kernel", os.path.join(folder, "guest.elf")], timeout=120)
    return done.out


def _partition(ctx, folder, name):
    """It as a partition, beside neighbours."""
    done = ctx.run([ctx.tool(), "run", "--shift", str(SHIFT), "--timeout", "120",
                    os.path.join(folder, "bench-latency-%s.elf" % name), "--"] + STEADY, timeout=150)
    if not done.ok:
        raise MeasureError("latency, %s:\n%s" % (name, done.out[-4000:]))
    if name == "calls" and len([m for m in MADE.findall(done.out) if int(m[1]) > EVENTS]) != 2:
        raise MeasureError("the neighbours did not call:\n" + done.out[-4000:])
    return done.out


def _rows(preset, name, text, published):
    """Rows of one condition."""
    found = {m[0]: [int(w) for w in m[1:]] for m in LINE.findall(text)}
    if set(found) != {"device_irq_to_guest", "vtimer_to_guest", "vtimer_at_any_time"} or \
            any(numbers[3] != EVENTS for numbers in found.values()):
        raise MeasureError("latency, %s:\n%s" % (name, text[-4000:]))
    for what, (least, total, most, events) in found.items():
        for kind, value in (("min", least), ("mean", round(total / events, 2)), ("max", most)):
            row = {"preset": preset, "name": "jailhouse_%s_%s_%s" % (name, what, kind), "value": value,
                   "unit": "instructions"}
            if what == PUBLISHED and kind in published:
                row.update(published=published[kind], published_unit="us")
            yield row


def measure(ctx, preset, conditions=CONDITIONS):
    """All rows of a preset, or those of some conditions."""
    ctx.build(preset)
    folder = os.path.join(ctx.root, "build", preset, "tests", "bench", "latency")
    rows = []
    for name, text, mean, most in conditions:
        ctx.say("measure %s: interrupts, %s" % (preset, text))
        out = _bare(ctx, folder) if name == "bare" else _partition(ctx, folder, name)
        rows += _rows(preset, name, out, {"mean": mean, "max": most})
    return rows


def show(rows):
    """Print the table."""
    values = {row["name"]: row["value"] for row in rows}
    form = "%-22s %-28s %8s %10s %8s   %s"
    print("\nSeptum: instructions, %d events each; %s: us, mean / max.\n" % (EVENTS, WHO))
    print(form % ("name", "", "min", "mean", "max", "published"))
    for what in ("device_irq_to_guest", "vtimer_to_guest", "vtimer_at_any_time"):
        for name, text, mean, most in CONDITIONS:
            said = "%.2f / %.2f" % (mean, most) if what == PUBLISHED else ""
            print(form % ((what, text) + tuple(values["jailhouse_%s_%s_%s" % (name, what, kind)]
                                               for kind in ("min", "mean", "max")) + (said,)))
