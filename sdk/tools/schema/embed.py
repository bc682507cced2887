#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Turns text files into C strings: embed.py OUT.c NAME=FILE..."""

import sys


def main():
    lines = ["// Made by embed.py: texts that the tool carries in itself."]
    for argument in sys.argv[2:]:
        name, path = argument.split("=", 1)
        with open(path, "rb") as source:
            data = source.read()
        lines.append(f"extern const char {name}[];")
        lines.append(f"const char {name}[] = {{")
        for i in range(0, len(data), 20):
            lines.append("    " + " ".join(f"{byte}," for byte in data[i:i + 20]))
        lines.append("    0};")
    with open(sys.argv[1], "w", encoding="ascii") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
