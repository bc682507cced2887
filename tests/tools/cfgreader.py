# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Reads compiled configurations after the field table of septum/config.h, as an oracle of its own."""

import struct

import cfgwriter


def text(data, offset):
    """A zero-terminated string."""
    return data[offset:data.index(b"\0", offset)].decode()


def decode(kind, raw, order, texts):
    """One field."""
    if kind in ("ADDR", "U64"):
        return struct.unpack(order + "Q", raw)[0]
    if kind == "LIST":
        return struct.unpack(order + "II", raw)
    if kind == "HASH":
        return raw
    value = struct.unpack(order + "I", raw)[0]
    return text(texts, value) if kind == "TEXT" else value


def read(data, order=">"):
    """{record type: [dictionary]}; refuses a wrong magic, size or hash."""
    magic, _, _, size = struct.unpack(order + "IIII", data[:16])
    count, text_offset, text_size, _ = struct.unpack(order + "IIII", data[48:64])
    table = cfgwriter.record_table()
    assert magic == cfgwriter.MAGIC and size == len(data) and count == len(table), "header"
    assert cfgwriter.seal(data) == data, "hash"
    assert text_offset + text_size == size and data[-1] == 0, "text section"
    texts = data[text_offset:]
    records = {}
    for number, (record, fields) in enumerate(table.items()):
        at, rows, row_size, _ = struct.unpack(order + "IIII", data[64 + 16 * number:80 + 16 * number])
        assert row_size == sum(cfgwriter.SIZES[kind] for kind, _, _ in fields), record
        records[record] = []
        for _ in range(rows):
            row = {}
            for kind, field, _ in fields:
                width = cfgwriter.SIZES[kind]
                row[field] = decode(kind, data[at:at + width], order, texts)
                at += width
            records[record].append(row)
    return records


def many(records, record, pair):
    """The records of a list."""
    return records[record][pair[0]:pair[0] + pair[1]]
