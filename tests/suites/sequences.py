# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Schedulers as a release has them, without sanitizers, beside a model that shares nothing with them: a million
random sequences, each of which can be made again from its two numbers; and every small pool: admitted if and only if
its deadlines are met, and scheduled as foretold."""

import os
import re

from suites import failed, passed

TITLE = "a million random sequences of the schedulers, and every small pool, as foretold"
PRESETS = ["host"]
WATCH = ["kernel/**", "arch/host/**", "tests/unit/system.*", "tests/unit/sequences/**"]
ORDER = 47

SEQUENCES = 1000000
# Of what a run must have seen of each, and has seen several times as much.
LEAST = {"systems": 1000, "not admitted": 100, "deeds": 10000000, "jobs released": 10000000, "finished": 1000000,
         "overruns": 5000000, "cut at a deadline": 100000, "plan switches": 100000, "interrupts": 500000,
         "preemptions": 50000}


# Sets of at most three vCPUs, those of them that are admitted, units of time; and changes of queues: what there is.
SMALL = "1399022 sets, 231102 admitted, 6228586 units of time as foretold"
QUEUES = "362496 changes of queues as foretold"


def lacking(line, least):
    """What a line of counts `N what, N what` has too few of."""
    counts = {what: int(count) for count, what in re.findall(r"(\d+) ([a-z ]+)", line)}
    return ["%s: %s, at least %d" % (what, counts.get(what), count) for what, count in least.items()
            if counts.get(what, 0) < count]


def run(ctx):
    """All sequences; of one that differs its steps are told. All small pools."""
    ctx.build("host", "sequences")
    folder = os.path.join(ctx.build("host", "small"), "tests", "unit")
    done = ctx.run([os.path.join(folder, "small")], timeout=900)
    yield passed("small", SMALL) if done.code == 0 and SMALL in done.out and QUEUES in done.out \
        else failed("small", done.out)
    done = ctx.run([os.path.join(folder, "sequences"), str(SEQUENCES)], timeout=900)
    few = lacking(done.out, LEAST)
    if done.code != 0 or not done.out.startswith("%d sequences" % SEQUENCES) or few:
        yield failed("sequences", done.out + "\n".join(few))
    else:
        yield passed("sequences", done.out.strip())
