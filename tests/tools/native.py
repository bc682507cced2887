# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""An unmodified operating system of a compiled system on QEMU's virt without a hypervisor.

What the hypervisor would do is done by QEMU's loader: the segments of the partition are put to where
the partition sees them, and its first processor begins at the entry point with the start argument. The
partition must see its memory where the machine has RAM.
"""

import os
import struct

import cfgreader

STUB = 0x40100000  # behind QEMU's own device tree
MACHINE = ["qemu-system-aarch64", "-m", "1G", "-cpu", "cortex-a53", "-nographic", "-monitor", "none",
           "-serial", "stdio", "-no-reboot", "-nic", "none"]


def stub(entry, argument):
    """Instructions: x0 = argument, x1, x2, x3 = 0, jump to the entry point."""
    code = [0x580000c0, 0xaa1f03e1, 0xaa1f03e2, 0xaa1f03e3, 0x58000084, 0xd61f0080]
    return struct.pack("<6IQQ", *code, argument, entry)


def guest_address(records, partition, physical):
    """Where a partition sees a physical address."""
    for area in cfgreader.many(records, "area", partition["areas"]):
        if area["physical_start"] <= physical < area["physical_start"] + area["size"]:
            return area["virtual_start"] + physical - area["physical_start"]
    raise AssertionError("no area holds 0x%x" % physical)


def command(folder, name, config, blobs, gic=3):
    """QEMU's command line for a partition of a system, from what `septum build --keep` wrote."""
    records = cfgreader.read(config, "<")
    partition = next(p for p in records["partition"] if p["name"] == name)
    start = records["system"][0]["blobs_start"]
    words = MACHINE + ["-M", "virt,gic-version=%d" % gic, "-smp", str(partition["vcpus"][1])]
    pieces = [(STUB, stub(partition["entry"], partition["start_argument"]))]
    for segment in cfgreader.many(records, "segment", partition["segments"]):
        at = segment["source"] - start
        pieces.append((guest_address(records, partition, segment["target"]),
                       blobs[at:at + segment["file_size"]]))
    for number, (address, data) in enumerate(pieces):
        path = os.path.join(folder, "piece%d.bin" % number)
        with open(path, "wb") as out:
            out.write(data)
        words += ["-device", "loader,file=%s,addr=0x%x,force-raw=on" % (path, address)]
    return words + ["-device", "loader,addr=0x%x,cpu-num=0" % STUB]
