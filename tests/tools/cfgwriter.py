# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Writes compiled configurations from the field table of septum/config.h.

An oracle of its own: it reads the table as text and shares no code with the tool. Records are
dictionaries of field to value; a list is (first, count); absent fields are zero.
"""

import hashlib
import os
import re
import struct

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HEADERS = os.path.join(ROOT, "sdk", "include", "septum")
SIZES = {"ADDR": 8, "U64": 8, "U32": 4, "TEXT": 4, "REF": 4, "OPT": 4, "LIST": 8, "HASH": 32}
MAGIC = 0x53455043
HASH_AT = 16


def read_header(name):
    """A header's text with its continuation lines joined."""
    with open(os.path.join(HEADERS, name), encoding="utf-8") as file:
        return file.read().replace("\\\n", " ")


def record_table():
    """{record type: [(kind, field, target)]} in the order of SEP_CFG_RECORD_LIST."""
    text = read_header("config.h")
    order = re.search(r"#define SEP_CFG_RECORD_LIST\(X\)(.*)", text).group(1)
    table = {}
    for record in re.findall(r"X\((\w+)\)", order):
        fields = re.search(rf"#define SEP_CFG_FIELDS_{record}\(F\)(.*)", text).group(1)
        table[record] = re.findall(r"F\((\w+), (\w+), (\w+)\)", fields)
    return table


def words(header, macro):
    """The quoted word of each entry of an X list, for example of SEP_EVENT_LIST."""
    body = re.search(rf"#define {macro}\(X\)(.*)", read_header(header)).group(1)
    return re.findall(r'X\(\w+, "([^"]*)"', body)


def revision():
    return int(re.search(r"SEP_ABI_REVISION (\d+)u", read_header("types.h")).group(1))


class Texts:
    """The text section: each string once, zero-terminated."""

    def __init__(self):
        self.bytes = b"\0"
        self.offsets = {"": 0}

    def offset(self, text):
        if text not in self.offsets:
            self.offsets[text] = len(self.bytes)
            self.bytes += text.encode() + b"\0"
        return self.offsets[text]


def encode(kind, value, texts, order):
    if kind in ("ADDR", "U64"):
        return struct.pack(order + "Q", value or 0)
    if kind == "LIST":
        return struct.pack(order + "II", *(value or (0, 0)))
    if kind == "HASH":
        return value or bytes(32)
    if kind == "TEXT" and not isinstance(value, int):
        value = texts.offset(value or "")
    return struct.pack(order + "I", value or 0)


def seal(data):
    """The configuration with the hash that belongs to its bytes."""
    digest = hashlib.sha256(data[:HASH_AT] + data[HASH_AT + 32:]).digest()
    return data[:HASH_AT] + digest + data[HASH_AT + 32:]


def write(records, arch=1, big_endian=True, abi_revision=None):
    """Bytes of a configuration; records: {record type: [dictionary]}."""
    order = ">" if big_endian else "<"
    table = record_table()
    texts = Texts()
    offset = 64 + 16 * len(table)
    sections, body = b"", b""
    for record, fields in table.items():
        rows = records.get(record, [])
        size = sum(SIZES[kind] for kind, _, _ in fields)
        sections += struct.pack(order + "IIII", offset + len(body), len(rows), size, 0)
        for row in rows:
            unknown = set(row) - {field for _, field, _ in fields}
            assert not unknown, f"{record} has no field {unknown}"
            body += b"".join(encode(k, row.get(f), texts, order) for k, f, _ in fields)
    text_offset = offset + len(body)
    text = texts.bytes + bytes(-len(texts.bytes) % 8)
    size = text_offset + len(text)
    head = struct.pack(order + "IIII", MAGIC, abi_revision or revision(), arch, size)
    head += bytes(32)
    head += struct.pack(order + "IIII", len(table), text_offset, len(text), 0)
    return seal(head + sections + body + text)
