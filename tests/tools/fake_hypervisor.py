#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Made-up ELF files for the tests of the compiler.

fake_hypervisor.py hypervisor OUT [KEY=VALUE...]   a hypervisor binary with build information; `start`,
                                                   `size` and the keys of septum/build_info.h
fake_hypervisor.py image OUT [KEY=VALUE...]        a partition's image: text, data, start, machine, type,
                                                   text_size, data_size, bss
fake_hypervisor.py kernel OUT [KEY=VALUE...]       an arm64 Image: text_offset, image_size, flags, size, magic,
                                                   first
"""

import struct
import sys

SPARC = 2

# The SRMMU's geometry and sizes of the order of the real ones.
INFO = {
    "abi_revision": 1, "arch": 1, "big_endian": 1, "word_bytes": 4, "cpus_max": 2,
    "partitions_max": 8, "sizeof_partition": 240, "sizeof_vcpu": 600, "sizeof_console": 36,
    "sizeof_pool": 88, "sizeof_pool_task": 64,
    "sizeof_channel": 84, "sizeof_trace": 32, "sizeof_hm_record": 320,
    "unmodified": 0, "granule": 4096, "levels": 3,
    "level0_shift": 24, "level0_bytes": 1024, "level0_leaf": 1,
    "level1_shift": 18, "level1_bytes": 256, "level1_leaf": 1,
    "level2_shift": 12, "level2_bytes": 256, "level2_leaf": 1,
    "level3_shift": 0, "level3_bytes": 0, "level3_leaf": 0,
    "guest_first": 0x10, "guest_last": 0xeffff, "timer_hz": 1000000, "guard_ns": 300000,
}

# The same for a hypervisor of 64-bit ARM.
ARM64 = dict(INFO, arch=2, big_endian=0, word_bytes=8, unmodified=1, level0_shift=30, level0_bytes=4096,
             level1_shift=21, level1_bytes=4096, level2_bytes=4096, guest_first=0,
             guest_last=0x7ffffff)
AARCH64 = 183


def elf(segments, sections, entry, machine=SPARC, kind=2, order=">"):
    """ELF32. segments: (virtual, physical, bytes, memory size, flags); sections: (name, bytes)."""
    names = b"\0" + b"".join(n.encode() + b"\0" for n, _ in sections) + b".shstrtab\0"
    at = (52 + 32 * len(segments) + 7) & ~7
    body, loads, headers = b"", b"", bytes(40)
    for virtual, physical, data, memory, flags in segments:
        loads += struct.pack(order + "IIIIIIII", 1, at + len(body), virtual, physical, len(data), memory,
                             flags, 8)
        body += data + bytes(-len(data) % 8)
    for name, data in sections + [(".shstrtab", names)]:
        where = names.index(b"\0" + name.encode() + b"\0") + 1
        headers += struct.pack(order + "IIIIIIIIII", where, 3 if name == ".shstrtab" else 1, 0, 0,
                               at + len(body), len(data), 0, 0, 8, 0)
        body += data + bytes(-len(data) % 8)
    count = len(sections) + 2
    head = b"\x7fELF\x01" + (b"\x02" if order == ">" else b"\x01") + b"\x01" + bytes(9)
    head += struct.pack(order + "HHIIIIIHHHHHH", kind, machine, 1, entry, 52, at + len(body), 0, 52, 32,
                        len(segments), 40, count, count - 1)
    return (head + loads).ljust(at, b"\0") + body + headers


def hypervisor(start=0x40000000, size=0x8000, omit=None, **changed):
    """A binary of `size` bytes at `start`, the second half of it bss."""
    values = dict(ARM64 if changed.get("arch") == ARM64["arch"] else INFO, **changed)
    order = ">" if values["big_endian"] else "<"
    info = b"".join(struct.pack(order + "28sI", k.encode(), v) for k, v in values.items() if k != omit)
    text = bytes(i % 251 for i in range(size // 2))
    return elf([(start, start, text, size, 7)], [(".septum_info", info + bytes(32))], start,
               order=order)


def image(text=0x40100000, data=0, start=None, machine=SPARC, type=2, text_size=600, data_size=64,
          bss=256):
    """A partition's program: text, and data behind it unless told where."""
    data = data or text + (text_size + 7 & ~7)
    segments = [(text, text, bytes((7 * i) % 256 for i in range(text_size)), text_size, 5),
                (data, data, b"\x5a" * data_size, data_size + bss, 6)]
    return elf(segments, [], text if start is None else start, machine, type)


def kernel(text_offset=0, image_size=0x280000, flags=10, size=100000, magic=0x644d5241, first=0x5a4d):
    """An operating system's image with the header of an arm64 Image; bytes, no instructions."""
    head = struct.pack("<IIQQQQQQII", first, 0, text_offset, image_size, flags, 0, 0, 0, magic, 0)
    return head + bytes((5 * i) % 249 for i in range(size - len(head)))


def main():
    kind, out = sys.argv[1:3]
    values = {}
    for argument in sys.argv[3:]:
        key, value = argument.split("=", 1)
        values[key] = value if key == "omit" else int(value, 0)
    with open(out, "wb") as target:
        target.write({"hypervisor": hypervisor, "image": image, "kernel": kernel}[kind](**values))


if __name__ == "__main__":
    main()
