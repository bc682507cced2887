# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Writes logbooks, and memory with them in it, from the tables of septum/log.h.

An oracle of its own: it reads structs and lists as text and shares no code with the tool. A record is a
dictionary of field to value; absent fields are zero.
"""

import re
import struct

import cfgwriter

TEXT = cfgwriter.read_header("log.h")
CODES = {"uint64_t": "Q", "uint32_t": "I", "uint16_t": "H", "uint8_t": "B", "sep_word_t": "W"}
WORD = {">": "I", "<": "Q"}     # a big machine of 32 bits, a little one of 64
MAGIC = int(re.search(r"SEP_LOG_MAGIC (0x\w+)u", TEXT).group(1), 16)
REGISTERS = int(re.search(r"SEP_LOG_REGISTERS (\d+)u", TEXT).group(1))
HYPERVISOR = int(re.search(r"SEP_LOG_HYPERVISOR (0x\w+)u", TEXT).group(1), 16)
HM, TRACE = 0, 1


def struct_fields(name):
    """[(field, code, how many)] of a struct."""
    body = re.search(r"struct %s \{(.*?)\};" % name, TEXT, re.S).group(1)
    found = re.findall(r"^\s*(uint\d+_t|sep_word_t) (\w+)(?:\[(\w+)\])?;", body, re.M)
    number = {"SEP_LOG_REGISTERS": REGISTERS}
    return [(field, CODES[kind], number.get(many) or int(many or 1)) for kind, field, many in found]


FIELDS = {name: struct_fields(name) for name in ("sep_log", "sep_hm_record", "sep_trace_record")}
# [(number, word, class, what its words are)], and {class: bit}, {class: word}.
EVENTS = [(int(n), word, cls, text) for n, word, cls, text in re.findall(
    r'X\((\d+), \w+, (\w+), "([^"]*)", "([^"]*)"\)', TEXT) for word, cls in [(cls, word)]]
CLASSES = {name: (1 << int(bit), word) for bit, name, word in re.findall(
    r'X\((\d+), (\w+), "(\w+)"\)', TEXT)}
NUMBER = {word: number for number, word, _, _ in EVENTS}
CLASS_OF = {word: CLASSES[cls][1] for _, word, cls, _ in EVENTS}
ALL = sum(bit for bit, _ in CLASSES.values())


def encode(name, values, order):
    """Bytes of a struct."""
    unknown = set(values) - {field for field, _, _ in FIELDS[name]}
    assert not unknown, "%s has no field %s" % (name, unknown)
    data = b""
    for field, code, many in FIELDS[name]:
        value = values.get(field, 0)
        row = list(value) if isinstance(value, (list, tuple)) else [value]
        code = WORD[order] if code == "W" else code
        data += struct.pack("%s%d%s" % (order, many, code), *(row + [0] * (many - len(row))))
    return data


def book(kind, stream, capacity, records, big=True, mask=0, count=None, head=None):
    """A logbook into which these records were written one after the other, numbered from
    count - len(records) on. `head`: fields of the head that say something else."""
    order = ">" if big else "<"
    name = "sep_trace_record" if kind == TRACE else "sep_hm_record"
    size = len(encode(name, {}, order))
    count = len(records) if count is None else count
    ring = [bytes(size)] * capacity
    for i, record in enumerate(records):
        number = (count - len(records) + i) % (1 << 32)
        ring[number % capacity] = encode(name, dict({"number": number}, **record), order)
    values = dict({"magic": MAGIC, "kind": kind, "stream": stream, "record_size": size,
                   "capacity": capacity, "count": count, "mask": mask}, **(head or {}))
    return encode("sep_log", values, order) + b"".join(ring)


def memory(size, pieces):
    """Memory with pieces at offsets, pseudo-random bytes elsewhere."""
    state, data = 1, bytearray()
    while len(data) < size:
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        data += struct.pack(">Q", state)
    for at, piece in pieces:
        assert at % 8 == 0 and at + len(piece) <= size
        data[at:at + len(piece)] = piece
    return bytes(data[:size])


def recording(start, data, version=1, size=None):
    """What septum run --record writes."""
    return struct.pack(">8sIIQQ", b"SEPTMEM", version, 0, start,
                       len(data) if size is None else size) + data
