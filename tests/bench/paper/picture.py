# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Draws the rows of `./dev bench paper` as an SVG: the same rows, the same bytes."""

import html
import math

WIDTH, LEFT, RIGHT = 760, 190, 40       # of the picture, of the names, right of the axis
ROW, HEAD, FOOT = 20, 70, 42            # heights: of a row, above and below each panel's rows
OURS, THEIRS = "#0b6e99", "#d1631d"
INK, FAINT = "#222222", "#d8d8d8"
LOSSES = (("case 2: 10 x 0.1 s", "paper_case_2_loss"), ("case 3: 5 x 0.2 s", "paper_case_3_loss"),
          ("case 4: with gaps", "paper_case_4_loss"), ("case 5: 0.1 s", "paper_case_5_loss"))


def _text(x, y, words, anchor="start", size=12, colour=INK):
    return '<text x="%.1f" y="%.1f" font-size="%d" text-anchor="%s" fill="%s">%s</text>' % (
        x, y, size, anchor, colour, html.escape(words))


def _line(x, y, to_x, to_y, colour=FAINT, width=1):
    return '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%d"/>' % (
        x, y, to_x, to_y, colour, width)


def _ours(x, y):
    return '<circle cx="%.1f" cy="%.1f" r="5" fill="%s"/>' % (x, y, OURS)


def _theirs(x, y):
    return '<rect x="%.1f" y="%.1f" width="9" height="9" fill="%s"/>' % (x - 4.5, y - 4.5, THEIRS)


class Panel:
    """Rows of pairs of numbers on one axis, from the height `top` down."""

    def __init__(self, top, title, axis, ticks, place):
        self.top, self.title, self.axis = top, title, axis
        self.ticks, self.place = ticks, place   # place: a number to 0 … 1

    def _x(self, value):
        return LEFT + (WIDTH - LEFT - RIGHT) * self.place(value)

    def draw(self, rows, note):
        """The lines of the panel and its height. rows: (name, ours or None, theirs)."""
        first = self.top + HEAD
        last = first + ROW * len(rows)
        out = [_text(12, self.top + 24, self.title, size=15)]
        out += [_ours(LEFT + 5, self.top + 45), _text(LEFT + 16, self.top + 49, note[0]),
                _theirs(LEFT + 245, self.top + 45), _text(LEFT + 256, self.top + 49, note[1])]
        for value, words in self.ticks:
            out.append(_line(self._x(value), first - 8, self._x(value), last))
            out.append(_text(self._x(value), last + 15, words, "middle", 11))
        out.append(_text(LEFT + (WIDTH - LEFT - RIGHT) / 2, last + 32, self.axis, "middle"))
        for index, (name, ours, theirs) in enumerate(rows):
            y = first + ROW * index + ROW / 2 - 4
            out.append(_text(LEFT - 12, y + 4, name, "end"))
            if ours is None:
                out.append(_text(self._x(theirs) - 10, y + 4, "no counterpart", "end", 11, "#777777"))
            else:
                out.append(_line(self._x(ours), y, self._x(theirs), y, "#a8a8a8", 2))
                out.append(_ours(self._x(ours), y))
            out.append(_theirs(self._x(theirs), y))
        return out, HEAD + ROW * len(rows) + FOOT


def _decades(low, high):
    """Places on an axis of logarithms."""
    return lambda value: math.log(value / low) / math.log(high / low)


def draw(rows, who, mhz):
    """The picture's text. rows: of bench_paper; who: the published system; mhz: its clock."""
    named = {row["name"]: row for row in rows}
    losses = [(name, named[key]["value"], named[key]["published"]) for name, key in LOSSES]
    calls = [(row["name"][len("paper_"):], row["value"], row["published"] * mhz) for row in rows
             if row["published_unit"] == "us"]
    body, height = [], 0
    for title, axis, ticks, place, data, note in (
            ("Hypercalls", "logarithmic: instructions (Septum), cycles (XtratuM) - not the same thing",
             [(n, "%d" % n) for n in (50, 100, 200, 500, 1000, 2000, 5000, 10000)], _decades(50, 10000),
             calls, ("Septum, leon3: instructions", "%s: cycles" % who)),
            ("Counts lost against case 1", "% of the counts of one long slot",
             [(n / 100, "%.2f %%" % (n / 100)) for n in range(5)], lambda value: value / 0.04, losses,
             ("Septum, leon3", who))):
        lines, more = Panel(height, title, axis, ticks, place).draw(data, note)
        body += lines
        height += more
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" ' \
        'font-family="sans-serif">' % (WIDTH, height + 10, WIDTH, height + 10)
    licence = "<!-- SPDX-License-Identifier: Apache-2.0\n     Copyright (c) 2026 The Septum authors\n" \
        "     Drawn by ./dev bench paper. -->"
    ground = '<rect width="%d" height="%d" fill="#ffffff"/>' % (WIDTH, height + 10)
    return "\n".join([head, licence, ground] + body + ["</svg>"]) + "\n"
