#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Prints what CMake must know of a system description to build its partitions.

One line `<image> <partition>` for each image, with the first partition that runs it. Everything else
that a partition is built with comes from the tool (`septum link`).
"""

import sys
import xml.etree.ElementTree as ElementTree

SYSTEM = "{urn:septum:system:1}"


def main():
    """system_folder.py SYSTEM_XML"""
    try:
        system = ElementTree.parse(sys.argv[1]).getroot()
    except (ElementTree.ParseError, OSError) as error:
        print("%s: error: %s" % (sys.argv[1], error), file=sys.stderr)
        return 1
    seen = {}
    for partition in system.iter(SYSTEM + "Partition"):
        seen.setdefault(partition.get("image"), partition.get("name"))
    for image, name in seen.items():
        if image and name:
            print("%s %s" % (image, name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
