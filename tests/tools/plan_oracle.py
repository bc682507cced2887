# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Whether a plan exists for a small instance, asked of the solver z3: for each granule of the frame and each
partition a number that is 1 where it has the processor, and sums of them."""

import z3

SHORTEST = 50000


def exists(instance):
    """True or False."""
    grain = instance.granule
    length = instance.frame() // grain
    least, cost = -(-SHORTEST // grain), -(-instance.cost // grain)
    everybody = range(len(instance.wants))
    solver = z3.Solver()

    def numbers(name):
        rows = [[z3.Int("%s%d_%d" % (name, i, t)) for t in range(length)] for i in everybody]
        solver.add([z3.And(x >= 0, x <= 1) for row in rows for x in row])
        return rows

    has, given = numbers("has"), numbers("given")
    for t in range(length):
        solver.add(z3.Sum([has[i][t] for i in everybody]) <= 1)
        for i in everybody:
            begins = has[i][t] - (has[i][t - 1] if t else 0)   # 1 where a slot begins
            solver.add([begins <= (has[i][u] if u < length else 0) for u in range(t, t + least)])
            solver.add([given[i][t] <= (has[i][u] if u >= 0 else 0) for u in range(t - cost, t + 1)])

    for i, want in enumerate(instance.wants):
        period, capacity = want.period // grain, -(-want.capacity // grain)
        for opens in range(0, length, period):
            solver.add(z3.Sum(given[i][opens:opens + want.deadline // grain]) >= capacity)
            for a in want.after:
                need = -(-instance.wants[a].capacity // grain)
                for t in range(max(opens, cost), opens + period):
                    useful = z3.Sum(has[i][t - cost:t + 1]) - cost   # 1 where it is, else 0 or less
                    solver.add(need * useful <= z3.Sum(given[a][opens:t] + [z3.IntVal(0)]))
    answer = solver.check()
    assert answer in (z3.sat, z3.unsat), answer
    return answer == z3.sat
