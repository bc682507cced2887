# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A measured number: its value, how it was measured twice, its limit."""

import json
import os

TOLERANCE = 2       # instructions between clock and plugin
HERE = os.path.dirname(os.path.abspath(__file__))
LIMITS = os.path.join(HERE, "..", "limits.json")
BOUNDS = os.path.join(HERE, "..", "..", "configs", "bounds")
# A slot may begin late by the longest call of the neighbour before it, and by as much as without.
# A slot may begin late by the longest hypercall, with the decision behind a call of a vCPU in a pool, and this.
JITTER, LONGEST, DECISION, ADDITION = "slot_jitter_hypercalls", "longest_hypercall", "edf_decision_1", 100


class Number:
    """One row of the table. clock and plugin are the two measurements of the same thing."""

    def __init__(self, name, value, unit="instructions", clock=None, plugin=None, note="",
                 fault=""):
        self.name, self.value, self.unit = name, value, unit
        self.clock, self.plugin, self.note = clock, plugin, note
        self.limit, self.fault = None, fault

    @property
    def wrong(self):
        """What is wrong with it, a text each."""
        texts = [self.fault] if self.fault else []
        if self.clock is not None and self.plugin is not None and \
                abs(self.clock - self.plugin) > TOLERANCE:
            texts.append("%.1f by the clock but %.1f by the plugin" % (self.clock, self.plugin))
        if self.limit is not None and self.value > self.limit:
            texts.append("%s above %s %s" % (self.value, self.limit, self.unit))
        return texts

    def row(self, preset):
        """As ./dev bench --json has it."""
        return {"preset": preset, "name": self.name, "value": self.value, "unit": self.unit}


def both(name, clock, plugin, note="", value=None):
    """A number of instructions measured twice; the value is the plugin's, which counts whole."""
    return Number(name, round(plugin if value is None else value), clock=clock, plugin=plugin,
                  note=note)


def committed(preset):
    """{name: limit} of a preset in tests/limits.json."""
    with open(LIMITS, encoding="utf-8") as source:
        return json.load(source).get(preset, {})


def limits(preset):
    """{name: limit} of a preset, with the bounds that `septum report` repeats for its board."""
    known = committed(preset)
    with open(os.path.join(HERE, "boards", preset + ".json"), encoding="utf-8") as source:
        path = os.path.join(BOUNDS, json.load(source)["board"] + ".json")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as source:
            known.update((name, bound["value"]) for name, bound in json.load(source).items())
    return known


def set_limits(preset, numbers):
    """Give the numbers their limits."""
    known = limits(preset)
    parts = {n.name: n.value for n in numbers if n.name in (LONGEST, DECISION)}
    if len(parts) == 2:
        known.setdefault(JITTER, sum(parts.values()) + ADDITION)
    for number in numbers:
        number.limit = known.get(number.name)
