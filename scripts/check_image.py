#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Checks a hypervisor executable: no writable code, nothing undefined, nothing weak; names its sizes.

How large it may be is a number like the others: `./dev test bench` holds it against tests/limits.json.
"""

import sys

from elftools.elf.constants import SH_FLAGS
from elftools.elf.elffile import ELFFile


def main():
    """check_image.py ELF"""
    wrong = []
    with open(sys.argv[1], "rb") as source:
        elf = ELFFile(source)
        code = 0
        for section in elf.iter_sections():
            flags = section["sh_flags"]
            if not flags & SH_FLAGS.SHF_ALLOC:
                continue
            if not flags & SH_FLAGS.SHF_WRITE:
                code += section["sh_size"]
            elif flags & SH_FLAGS.SHF_EXECINSTR:
                wrong.append("section %s is writable and executable" % section.name)
            print("%-20s %8d bytes" % (section.name, section["sh_size"]))
        print("read-only sections: %d bytes" % code)
        symbols = elf.get_section_by_name(".symtab")
        for symbol in symbols.iter_symbols() if symbols else []:
            if symbol.name and symbol["st_shndx"] == "SHN_UNDEF":
                wrong.append("%s is undefined" % symbol.name)
            if symbol["st_info"]["bind"] == "STB_WEAK":
                wrong.append("%s is weak" % symbol.name)
    for line in wrong:
        print("%s: error: %s" % (sys.argv[1], line), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
