# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Where instructions go, by function of the hypervisor.

show(ctx, preset, system, "FIRST LAST") looks at windows between two addresses: numbers, symbols of the
hypervisor, or PROGRAM:SYMBOL of a partition. "FROM>TO<MIN-MAX" looks at what lies between two partitions
when it is that many instructions long.
"""

import bisect

from bench_system import System


def _address(system, text):
    """The address that a word names."""
    base, _, offset = text.partition("+")
    offset = int(offset or "0", 0)
    if base[0].isdigit():
        return int(base, 0) + offset
    program, _, symbol = base.rpartition(":")
    return (system.partition_symbols(program) if program else system.symbols)[symbol] + offset


def _trace(system, what):
    """The trace and how many windows there were."""
    if ">" in what:
        ends, _, lengths = what.partition("<")
        least, most = map(int, lengths.split("-"))
        _, trace = system.run(["seq=1", "prof=" + what])
        return trace, [e[4] for e in trace.events
                       if e[:2] == tuple(ends.split(">")) and least <= e[4] <= most]
    first, last = (_address(system, word) for word in what.split())
    _, trace = system.run(["win=window:%#x-%#x" % (first, last), "prof=window"])
    spread = trace.windows["window"]
    return trace, [spread.least, spread.most]


def show(ctx, preset, name, what, image=None):
    """Run a system and print the profile of all its windows together."""
    system = System(ctx, preset, name, image)
    trace, lengths = _trace(system, what)
    number = len(lengths) if ">" in what else trace.windows["window"].number
    functions = sorted((a, n) for n, a in system.symbols.items())
    starts = [a for a, _ in functions]
    hypervisor = int(system.board["hypervisor"].split("-")[0], 16)
    by_function = {}
    for address, hits in trace.profile.items():
        at = bisect.bisect_right(starts, address) - 1
        function = functions[at][1] if at >= 0 and address >= hypervisor else "(partition)"
        by_function[function] = by_function.get(function, 0) + hits
    if not number:
        print("no window: %s" % what)
        return
    print("%d windows, %d to %d instructions" % (number, min(lengths), max(lengths)))
    for function, hits in sorted(by_function.items(), key=lambda f: -f[1]):
        print("%10.1f  %s" % (hits / number, function))
