# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""What a release costs in a pool with so many real-time vCPUs: the systems `edf-<n>`, `edf-preempt-<n>` and
`edf-behind-<n>`.

A decision is the function that names who runs next, with the release that makes it necessary, up to the
instruction behind its call."""

import json
import os

from bench_number import Number
from bench_system import NS, MeasureError, System

KINDS = {"edf": (1, 4, 8, 32, 128), "edf-preempt": (8, 128), "edf-behind": (8, 128)}
NAMES = {"edf": "edf_decision", "edf-preempt": "edf_preempt", "edf-behind": "edf_behind"}
VCPUS = 8      # of a partition
CHOOSE = "pool_choose"
ROUNDED = 100   # as the other bounds


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


def _decisions(ctx, preset, name):
    """Lengths of the decisions of a system once it is loaded."""
    system = System(ctx, preset, name)
    _, trace = system.run(["log=begin:%#x" % system.symbols[CHOOSE],
                           "log=end:%#x" % _return_address(system),
                           "log=loaded:%#x" % system.partition_symbols("edf")["loaded"]])
    begins, ends = trace.counts("log", "begin"), trace.counts("log", "end")
    if len(begins) != len(ends):
        raise MeasureError("%d decisions begin and %d end" % (len(begins), len(ends)))
    loaded = trace.counts("log", "loaded")
    if len(loaded) != -(-int(name.rsplit("-", 1)[1]) // VCPUS):
        raise MeasureError("%s: %d partitions were loaded" % (name, len(loaded)))
    return [e - b for b, e in zip(begins, ends) if b >= loaded[-1]]


def measure(ctx, preset):
    """edf_decision_<n>: the worst of many with no job open before their release; edf_preempt_<n>, edf_behind_<n>:
    with one open, before or behind which the release goes."""
    for kind, sizes in KINDS.items():
        for size in sizes:
            lengths = _decisions(ctx, preset, "%s-%d" % (kind, size))
            if len(lengths) < 8 * size:
                raise MeasureError("%s-%d: %d decisions" % (kind, size, len(lengths)))
            name = "%s_%d" % (NAMES[kind], size)
            yield Number(name, max(lengths), plugin=max(lengths),
                         note="worst of %d decisions, with the release" % len(lengths))


def add_bounds(ctx, preset, numbers):
    """pool_overhead: a job's release, which may preempt, and its end, each a decision and a switch. Written
    to what `septum check` adds to each job (configs/bounds), with the length of an instruction."""
    known = {n.name: n.value for n in numbers}
    each = max(known["%s_%d" % (name, KINDS[kind][-1])] for kind, name in NAMES.items()) + known["partition_switch"]
    value = -(-2 * each // ROUNDED) * ROUNDED
    path = os.path.join(ctx.root, "build", preset, "bounds.json")
    with open(path, encoding="utf-8") as source:
        bounds = json.load(source)
    bounds["pool_overhead"] = {"value": value, "unit": "instructions",
                               "where": "release, switch, preemption"}
    bounds["instruction_ns"] = {"value": NS, "unit": "ns", "where": "emulator"}
    with open(path, "w", encoding="utf-8") as out:
        out.write(json.dumps(bounds, indent=1) + "\n")
    return [Number("pool_overhead", value, note="release and end of a job"),
            Number("instruction_ns", NS, unit="ns", note="of the emulator's clock")]
