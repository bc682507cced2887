# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Flies the demo's mission: runs its image and judges what came out."""

import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "..", "qemu"))
sys.path.append(HERE)
import harness  # noqa: E402  (after the path is set)
import verdict  # noqa: E402

FOLDER = os.path.join("sdk", "examples", "demo")


def presets():
    """The presets that the mission can fly on: those whose emulator's times were measured."""
    with open(verdict.LIMITS, encoding="utf-8") as source:
        return sorted(preset for preset, limits in json.load(source).items()
                      if "timer_to_slot" in limits)


def _victim_memory(ctx, preset):
    """Where the victim's memory begins, and its size, as the tool says."""
    done = ctx.run([ctx.tool(), "link", "--partition", verdict.VICTIM,
                    "--board", harness.board_of(ctx, preset), ctx.path(FOLDER, "system.xml")])
    values = dict(re.findall(r"SEPTUM_(\w+) = (0x[0-9a-f]+);", done.out))
    start, top = int(values["TEXT_START"], 16), int(values["STACK0_TOP"], 16)
    return start, top - start


def fly(ctx, preset, target):
    """Run one packing of the mission; returns its output and the verdict."""
    ctx.build(preset, target)
    image = harness.image_path(ctx, preset, os.path.join("sdk", "examples"), target)
    done = harness.run_image(ctx, image, options=["--shift", str(verdict.SHIFT)])
    plan = verdict.Plan(ctx.path(FOLDER, "system.xml"))
    limit = verdict.way(preset)
    return done.out, verdict.judge(plan, limit, done.status, done.sources, _victim_memory(ctx, preset))
