# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""A measured number: its value, how it was measured twice, its limit."""

import json
import os

TOLERANCE = 2       # instructions between clock and plugin
LIMITS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "limits.json")


class Number:
    """One row of the table. clock and plugin are the two measurements of the same thing."""

    def __init__(self, name, value, unit="instructions", clock=None, plugin=None, note=""):
        self.name, self.value, self.unit = name, value, unit
        self.clock, self.plugin, self.note = clock, plugin, note

    @property
    def agrees(self):
        """Whether both measurements say the same."""
        return self.clock is None or self.plugin is None or \
            abs(self.clock - self.plugin) <= TOLERANCE

    def row(self, preset):
        """As ./dev bench --json has it."""
        return {"preset": preset, "name": self.name, "value": self.value, "unit": self.unit}


def both(name, clock, plugin, note="", value=None):
    """A number of instructions measured twice; the value is the plugin's, which counts whole."""
    return Number(name, round(plugin if value is None else value), clock=clock, plugin=plugin,
                  note=note)


def limits(preset):
    """{name: limit} of a preset."""
    with open(LIMITS, encoding="utf-8") as source:
        return json.load(source).get(preset, {})


def over(number, limit):
    """Whether a number is above its limit."""
    return limit is not None and number.value > limit
