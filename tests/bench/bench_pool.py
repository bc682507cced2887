# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What a release costs in a pool with so many real-time vCPUs: the systems `edf-<n>`.

A decision is the function that names who runs next, with the release that makes it necessary, up to the
instruction behind its call."""

import json
import os

from bench_number import Number
from bench_system import NS, MeasureError, System

SIZES = (1, 4, 8, 32, 128)
CHOOSE = "pool_choose"
ROUNDED = 100   # as the other bounds
LOADED = 0.8   # of the decisions: by then nothing is loaded any more


# Of a call, by instruction set: (mask, value under it, bits of the distance in words, bytes from it to where
# it comes back).
CALLS = {"sparc": (0xc0000000, 0x40000000, 0x3fffffff, 8), "arm": (0xfc000000, 0x94000000, 0x03ffffff, 4)}


def _target(isa, address, word):
    """Where a call at an address goes; None: it is none."""
    mask, call, distance, _ = CALLS[isa]
    if word & mask != call:
        return None
    words = word & distance
    if words & (distance + 1) // 2:
        words -= distance + 1
    return (address + 4 * words) & 0xffffffff


def _return_address(system):
    """Of the one call of the function."""
    isa = system.board["isa"]
    names = sorted((address, name) for name, address in system.symbols.items())
    start = next(a for a, n in names if n == "without_guest")
    end = min(a for a, _ in names if a > start)
    found = [address + CALLS[isa][3] for address, word in system.words(start, end)
             if _target(isa, address, word) == system.symbols[CHOOSE]]
    if len(found) != 1:
        raise MeasureError("%s is called at %d places" % (CHOOSE, len(found)))
    return found[0]


def _decisions(ctx, preset, name, size):
    """Lengths of the decisions of a system once it is loaded."""
    system = System(ctx, preset, name)
    _, trace = system.run(["log=begin:%#x" % system.symbols[CHOOSE],
                           "log=end:%#x" % _return_address(system)])
    begins, ends = trace.counts("log", "begin"), trace.counts("log", "end")
    lengths = [b - a for a, b in zip(begins, ends)]
    if len(begins) != len(ends) or len(lengths) < 8 * size:
        raise MeasureError("%d decisions begin and %d end" % (len(begins), len(ends)))
    return lengths[int(len(lengths) * LOADED):]


def measure(ctx, preset):
    """edf_decision_<n>, the worst of many, each with one release."""
    for size in SIZES:
        lengths = _decisions(ctx, preset, "edf-%d" % size, size)
        yield Number("edf_decision_%d" % size, max(lengths), plugin=max(lengths),
                     note="worst of %d decisions, with the release" % len(lengths))
    lengths = _decisions(ctx, preset, "fast-lines", 1)
    yield Number("edf_decision_fast", max(lengths), plugin=max(lengths),
                 note="with as many fast lines as the board has; worst of %d decisions" % len(lengths))


def _rounded(value):
    return -(-value // ROUNDED) * ROUNDED


def add_bounds(ctx, preset, numbers):
    """pool_overhead: a job's release, which may preempt, and its end, each a decision and a switch; with fast
    interrupt lines, which each decision looks at, more. Written to what `septum check` adds to each job (configs/bounds), with the length of an instruction."""
    known = {n.name: n.value for n in numbers}
    each = known["edf_decision_%d" % SIZES[-1]] + known["partition_switch"]
    value = _rounded(2 * each)
    fast = _rounded(2 * (each + known["edf_decision_fast"] - known["edf_decision_%d" % SIZES[0]]))
    path = os.path.join(ctx.root, "build", preset, "bounds.json")
    with open(path, encoding="utf-8") as source:
        bounds = json.load(source)
    bounds["pool_overhead"] = {"value": value, "unit": "instructions",
                               "where": "release, switch, preemption"}
    bounds["pool_overhead_fast"] = {"value": fast, "unit": "instructions",
                                    "where": "the same with fast interrupt lines"}
    bounds["instruction_ns"] = {"value": NS, "unit": "ns", "where": "emulator"}
    with open(path, "w", encoding="utf-8") as out:
        out.write(json.dumps(bounds, indent=1) + "\n")
    return [Number("pool_overhead", value, note="release and end of a job"),
            Number("pool_overhead_fast", fast, note="the same in a pool with fast interrupt lines"),
            Number("instruction_ns", NS, unit="ns", note="of the emulator's clock")]
