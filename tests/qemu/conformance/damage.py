#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Flips a bit in every place of a system image that holds one of some texts."""

import sys


def main():
    """damage.py IMAGE OUTPUT TEXT..."""
    with open(sys.argv[1], "rb") as file:
        image = bytearray(file.read())
    for text in sys.argv[3:]:
        at = image.find(text.encode())
        if at < 0:
            print("%s: error: '%s' is nowhere in it" % (sys.argv[1], text), file=sys.stderr)
            return 1
        while at >= 0:
            image[at] ^= 0x20
            at = image.find(text.encode(), at + 1)
    with open(sys.argv[2], "wb") as file:
        file.write(image)
    return 0


if __name__ == "__main__":
    sys.exit(main())
