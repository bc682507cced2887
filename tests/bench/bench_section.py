# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The longest stretch of the hypervisor's in which no interrupt can be taken.

Looked for in systems that do everything there is: hypercalls, faults of all kinds, loading and other
work in the background. What is found is written as `septum report` reads it, too: in configs/bounds
it is what the report says of the board, and the limit from then on.
"""

import glob
import json
import os

from bench_number import Number, committed
from bench_system import MeasureError, System

MEASURED = ("calls", "jitter-calls")
ROUNDED = 100   # the bound is rounded up, so that it does not change with every line of the kernel
MISUSE = ("hypercalls", "infoblock", "memory", "ports", "privileged", "random", "stack", "traploop")


def _systems(ctx, preset):
    for name in MEASURED:
        system = System(ctx, preset, name)
        isa = system.board["isa"]
        yield system
    folder = os.path.join(ctx.root, "build", preset, "tests", "qemu", "misuse")
    for name in MISUSE:
        attacks = os.path.join(ctx.root, "tests", "qemu", "misuse", "attacks")
        others = glob.glob(os.path.join(attacks, "*", name + ".c"))
        if others and all(isa != os.path.basename(os.path.dirname(path)) for path in others):
            continue    # of another architecture
        image = os.path.join(folder, "misuse-%s.elf" % name)
        if not os.path.exists(image):
            raise MeasureError("%s was not built: the attack is gone, or its name in MISUSE" % image)
        yield System(ctx, preset, name, image)


def _kind(system, first):
    """What a section is that begins there."""
    if first == system.entry("hypercall"):
        return "hypercall"
    if first in system.addresses("interrupts"):
        return "interrupt"
    if first in [system.symbols[name] for name in system.board["polls"]]:
        return "background"
    return "fault"


def _sections(system):
    """[(length, kind, where)] of one system."""
    _, trace = system.run([])
    return [(length, _kind(system, first), "%s to %s, in the system %s"
             % (system.place(first), system.place(last), system.name))
            for length, first, last in trace.sections]


def _write_bounds(ctx, preset, length, where):
    bound = -(-length // ROUNDED) * ROUNDED
    bounds = {"longest_section": {"value": bound, "unit": "instructions", "where": where},
              "partition_switch": {"value": committed(preset)["partition_switch"],
                                   "unit": "instructions", "where": "slot to slot"}}
    with open(os.path.join(ctx.root, "build", preset, "bounds.json"), "w",
              encoding="utf-8") as out:
        out.write(json.dumps(bounds, indent=1) + "\n")


def measure(ctx, preset):
    """longest_section, and the longest of each kind."""
    found = [s for part in ctx.map(_sections, list(_systems(ctx, preset))) for s in part]
    for kind in ("hypercall", "fault", "interrupt", "background"):
        length, _, where = max(s for s in found if s[1] == kind)
        yield Number("section_" + kind, length, note=where)
    length, kind, where = max(found)
    _write_bounds(ctx, preset, length, kind)
    yield Number("longest_section", length, note=where)
