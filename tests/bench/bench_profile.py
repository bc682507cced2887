# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Where the instructions of a window go, by function of the hypervisor.

    ./dev bench leon3 --profile SYSTEM FIRST LAST

FIRST and LAST are addresses, symbols of the hypervisor or PROGRAM:SYMBOL of a partition, with an
optional +OFFSET.
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


def show(ctx, preset, name, first, last, image=None):
    """Run a system and print the profile of all its windows together."""
    ctx.build(preset)
    system = System(ctx, preset, name, image)
    window = "win=window:%#x-%#x" % (_address(system, first), _address(system, last))
    _, trace = system.run([window, "prof=window"])
    spread = trace.windows["window"]
    functions = sorted((a, n) for n, a in system.symbols.items())
    starts = [a for a, _ in functions]
    by_function = {}
    for address, hits in trace.profile.items():
        at = bisect.bisect_right(starts, address) - 1
        name = functions[at][1] if at >= 0 and address >= int(
            system.board["hypervisor"].split("-")[0], 16) else "(partition)"
        by_function[name] = by_function.get(name, 0) + hits
    print("%d windows, %d to %d instructions" % (spread.number, spread.least, spread.most))
    for name, hits in sorted(by_function.items(), key=lambda f: -f[1]):
        print("%10.1f  %s" % (hits / spread.number, name))
