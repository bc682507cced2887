# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Damages packed systems: an ELF image by physical address, its configuration by record and field."""

import hashlib
import os
import struct
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import cfgwriter  # noqa: E402  (after the path is set)

HEADER = {"magic": 0, "abi_revision": 4, "arch": 8, "size": 12, "sha256": 16, "section_count": 48,
          "text_offset": 52, "text_size": 56}
SECTIONS_AT, SECTION_BYTES = 64, 16
SECTION = {"offset": 0, "count": 4, "size": 8}


class Image:
    """A system image in memory, to be changed and written."""

    def __init__(self, path):
        with open(path, "rb") as source:
            self.data = bytearray(source.read())
        self.order = ">" if self.data[5] == 2 else "<"
        self.wide = self.data[4] == 2
        self.segments = list(self._read_segments())
        self.table = cfgwriter.record_table()
        magic = struct.pack(self.order + "I", cfgwriter.MAGIC)
        self.config = next(offset for offset, _, _ in self.segments
                           if self.data[offset:offset + 4] == magic)

    def _read_segments(self):
        """(offset in the file, physical address, bytes) of each loaded segment."""
        at_table, at_size = (32, 54) if self.wide else (28, 42)
        table = self.word(at_table, 8 if self.wide else 4)
        size, count = self.word(at_size, 2), self.word(at_size + 2, 2)
        for i in range(count):
            at = table + i * size
            fields = (8, 24, 32, 8) if self.wide else (4, 12, 16, 4)
            if self.word(at, 4) == 1:
                yield tuple(self.word(at + f, fields[3]) for f in fields[:3])

    def word(self, at, size=4):
        """A number at an offset of the file."""
        return int.from_bytes(self.data[at:at + size], "big" if self.order == ">" else "little")

    def put(self, at, value, size=4):
        """Set it."""
        value &= (1 << 8 * size) - 1
        self.data[at:at + size] = value.to_bytes(size, "big" if self.order == ">" else "little")

    def offset(self, physical):
        """Offset in the file of a physical address."""
        for offset, start, size in self.segments:
            if start <= physical < start + size:
                return offset + physical - start
        raise ValueError("0x%x is in no segment" % physical)

    def flip(self, at, bit=0):
        """Turn one bit of the file."""
        self.data[at] ^= 1 << bit

    def header(self, field):
        """Offset of a header's field."""
        return self.config + HEADER[field]

    def section(self, record, field):
        """Offset of a section's field."""
        return self.config + SECTIONS_AT + SECTION_BYTES * list(self.table).index(record) + \
            SECTION[field]

    def count(self, record):
        """How many records of a type there are."""
        return self.word(self.section(record, "count"))

    def field(self, record, index, name):
        """(offset, size) of a record's field."""
        at = self.config + self.word(self.section(record, "offset")) + \
            index * self.word(self.section(record, "size"))
        for kind, field, _ in self.table[record]:
            if field == name:
                return at, cfgwriter.SIZES[kind]
            at += cfgwriter.SIZES[kind]
        raise ValueError("%s has no field %s" % (record, name))

    def get(self, record, index, name):
        """A number field's value; of a list, the first index."""
        at, size = self.field(record, index, name)
        kinds = [kind for kind, field, _ in self.table[record] if field == name]
        return self.word(at, 4 if kinds == ["LIST"] else size)

    def set(self, record, index, name, value):
        """Change a field; a list takes a pair."""
        at, size = self.field(record, index, name)
        if isinstance(value, tuple):
            self.put(at, value[0])
            self.put(at + 4, value[1])
        else:
            self.put(at, value, size)

    def seal(self):
        """Make the configuration's hash right again."""
        size = min(self.word(self.header("size")), len(self.data) - self.config)
        body = bytes(self.data[self.config:self.config + size])
        digest = hashlib.sha256(body[:cfgwriter.HASH_AT] + body[cfgwriter.HASH_AT + 32:]).digest()
        self.data[self.header("sha256"):self.header("sha256") + 32] = digest

    def write(self, path):
        """The image as a file."""
        with open(path, "wb") as out:
            out.write(self.data)
        return path


def outside(image):
    """(name, change) for every reference of every record type: each to what is not there."""
    for record, fields in image.table.items():
        if image.count(record) == 0:
            continue
        for kind, field, target in fields:
            if kind in ("REF", "OPT"):
                values = [image.count(target), 0x80000000]
            elif kind == "LIST":
                values = [(image.count(target), 1), (0, 0xffffffff), (0xffffffff, 2)]
            elif kind == "TEXT":
                values = [image.word(image.header("text_size")), 0xfffffff0]
            else:
                continue
            for number, value in enumerate(values):
                yield ("%s.%s-%d" % (record, field, number),
                       lambda i, r=record, f=field, v=value: i.set(r, 0, f, v))
