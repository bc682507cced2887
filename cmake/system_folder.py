#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Prints what CMake must know of a system description to build its partitions.

One line `<image> <link address>` for each image; the link address is where the partition sees its
first memory area, with regions of the board (ram+1MiB) replaced by numbers. The tool checks that
an image fits the description; this only tells the linker where it is meant to be.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree

SYSTEM = "{urn:septum:system:1}"
BOARD = "{urn:septum:board:1}"
UNITS = {"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


def size(text):
    """A size: 0x10, 4KiB."""
    match = re.fullmatch(r"(0x[0-9a-fA-F]+|\d+)(B|KiB|MiB|GiB|)", text)
    if not match:
        raise ValueError("'%s' is not a size" % text)
    return int(match[1], 0) * UNITS[match[2]]


def address(text, regions):
    """An address: 0x40100000, ram, ram+1MiB."""
    first, _, offset = text.replace(" ", "").partition("+")
    base = regions[first] if first in regions else size(first)
    return base + (size(offset) if offset else 0)


def main():
    """system_folder.py BOARD_XML SYSTEM_XML"""
    board = ElementTree.parse(sys.argv[1]).getroot()
    regions = {r.get("name"): size(r.get("start")) for r in board.iter(BOARD + "Region")}
    system = ElementTree.parse(sys.argv[2]).getroot()
    seen = {}
    for partition in system.iter(SYSTEM + "Partition"):
        area = partition.find(SYSTEM + "Memory/" + SYSTEM + "Area")
        if area is None or not partition.get("image"):
            continue
        where = address(area.get("mappedAt") or area.get("start"), regions)
        image = partition.get("image")
        if seen.setdefault(image, where) != where:
            print("%s: error: %s is used at 0x%x and at 0x%x: give it the same mappedAt"
                  % (sys.argv[2], image, seen[image], where), file=sys.stderr)
            return 1
    for image, where in seen.items():
        print("%s 0x%x" % (image, where))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ValueError, KeyError, ElementTree.ParseError, OSError) as error:
        print("%s: error: %s" % (sys.argv[-1], error), file=sys.stderr)
        sys.exit(1)
