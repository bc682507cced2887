# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The longest stretch of the hypervisor's in which no interrupt can be taken.

Looked for in systems that do everything there is: hypercalls, faults of all kinds, loading. What is
found is written for `septum report --bounds`, too.
"""

import json
import os

from bench_number import Number
from bench_system import System

MEASURED = ("calls", "jitter-calls")
MISUSE = ("hypercalls", "infoblock", "memory", "privileged", "random", "stack", "traploop")


def _systems(ctx, preset):
    for name in MEASURED:
        yield System(ctx, preset, name)
    folder = os.path.join(ctx.root, "build", preset, "tests", "qemu", "misuse")
    for name in MISUSE:
        image = os.path.join(folder, "misuse-%s.elf" % name)
        if os.path.exists(image):
            yield System(ctx, preset, name, image)


def _section(system):
    _, trace = system.run([])
    length, first, last = trace.section
    return length, "%s to %s" % (system.place(first), system.place(last)), system.name


def measure(ctx, preset):
    """longest_section."""
    length, where, name = max(ctx.map(_section, list(_systems(ctx, preset))))
    bounds = {"longest_section": {"value": length, "unit": "instructions", "where": where}}
    with open(os.path.join(ctx.root, "build", preset, "bounds.json"), "w",
              encoding="utf-8") as out:
        json.dump(bounds, out)
    yield Number("longest_section", length, plugin=length, note="%s, in the system %s"
                 % (where, name))
