# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""The rows of `./dev bench hellfire` as tables: for the terminal, and for docs/hellfire.md."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))
# Rows of the tables: what they say, and the middle of the names of what they show.
SERVICE = [("alone, interrupts masked; pings without the service", "alone"), ("deferred delivery", "deferred"),
           ("fast delivery, service preemptible", "fast_preemptible"),
           ("fast delivery, service not preemptible", "fast_not_preemptible")]
CODING, PING = ("mean", "stdev", "worst"), ("mean", "stdev", "95th", "worst")
DISPATCH = ("mean", "stdev", "median", "95th")
POLICIES = [("deferred", "deferred"), ("recycled", "recycle"), ("recycled, half not preemptible", "recycle_half"),
            ("reset", "reset"), ("reset, half not preemptible", "reset_half")]
DELAY = ("median", "95th", "most")
# What is published of the delays are curves; this is said of them.
SAID = {"deferred": lambda n: "grows to %d" % (30 * (n - 1)), "recycle": lambda n: "mostly about 0.7, a tail at multiples of 30",
        "recycle_half": lambda n: "between deferred and recycled", "reset": lambda n: "near native, about 1",
        "reset_half": lambda n: "between deferred and reset"}


def _number(value):
    return "–" if value is None else "%.4g" % value if abs(value) < 1000 else "%.0f" % value


class _Rows:
    def __init__(self, rows):
        self.rows = {row["name"]: row for row in rows}

    def cell(self, stem, columns, key):
        """Numbers of one cell: `stem` and each of the columns."""
        return " / ".join(_number(self.rows["hellfire_%s_%s" % (stem, c)][key]) for c in columns)


def _table(head, lines):
    return "\n".join("| %s |" % " | ".join(line) for line in [head, ["---"] * len(head)] + lines) + "\n"


def _service(rows):
    lines = []
    for words, case in SERVICE:
        for who, key in (("Septum", "value"), ("Hellfire", "published")):
            lines.append([words, who] + [rows.cell("%s_%s" % (case, what), columns, key) for what, columns in
                                         (("encoding", CODING), ("decoding", CODING), ("ping", PING))])
    return _table(["system", "", "encoding: mean / σ / worst", "decoding: mean / σ / worst",
                   "ping: mean / σ / 95th / worst"], lines)


def _delays(rows):
    lines = [[str(number), words] + [rows.cell("delay_%d_%s_%s" % (number, policy, what), DELAY, "value")
                                     for what in ("seen", "answered")] + [SAID[policy](number)]
             for number in (2, 4, 6) for words, policy in POLICIES]
    return _table(["partitions", "delivery", "seen: median / 95th / most", "answered: median / 95th / most", "Hellfire, in words"],
                  lines)


def _dispatches(rows):
    lines = [[str(number), rows.cell("dispatch_%d" % number, DISPATCH, "value"),
              rows.cell("dispatch_%d" % number, DISPATCH, "published")] for number in (1, 4, 8)]
    return _table(["real-time vCPUs", "Septum, instructions: mean / σ / median / 95th",
                   "Hellfire, µs: mean / σ / median / 95th"], lines)


def _parts(rows):
    rows = _Rows(rows)
    return {"service": _service(rows), "delays": _delays(rows), "dispatches": _dispatches(rows)}


def tables(rows):
    """All tables, for the terminal."""
    parts = _parts(rows)
    return "A real-time service beside pings, ms\n\n%s\nDelay of interrupts, ms\n\n%s\nDispatch\n\n%s" % (
        parts["service"], parts["delays"], parts["dispatches"])


def whole(rows):
    """The page: hellfire.md.in with the tables."""
    with open(os.path.join(HERE, "hellfire.md.in"), encoding="utf-8") as source:
        text = source.read()
    for name, table in _parts(rows).items():
        text = text.replace("@%s@\n" % name, table)
    return text
