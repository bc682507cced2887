# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""Made-up systems for the tests of the tool: configurations, hypervisor binaries, boards."""

import hashlib
import os
import stat
import struct

import cfgwriter

START = 0x40000000
CONFIG = 0x40010000  # first granule behind the hypervisor made below
ARENA = 0x40020000
BLOBS = 0x40040000
GRANULE = 4096
NONE = 0xffffffff    # a reference to nothing
GAP = NONE           # a slot's vCPU where there is none
COLD_ONLY, NO_RESET = 8, 16
READ, WRITE, EXECUTE, SHARED, DEVICE, INFO, FILE = 1, 2, 4, 16, 32, 64, 128
INFO_VALUES = {"abi_revision": 1, "arch": 1, "big_endian": 1, "word_bytes": 4, "cpus_max": 2,
               "partitions_max": 8, "granule": GRANULE}


class Builder:
    """Records of one system; each add() answers the new record's index."""

    def __init__(self):
        self.records = {name: [] for name in cfgwriter.record_table()}
        self.blobs = b""

    def add(self, record, **fields):
        self.records[record].append(fields)
        return len(self.records[record]) - 1

    def many(self, record, rows):
        first = len(self.records[record])
        self.records[record] += rows
        return (first, len(rows))

    def blob(self, name, kind, data):
        """A record for bytes put into the blobs area, each at a granule."""
        start = BLOBS + len(self.blobs)
        self.blobs += data + bytes(-len(data) % GRANULE)
        return {"start": start, "size": len(data), "name": name, "kind": kind,
                "sha256": hashlib.sha256(data).digest()}


def actions(**changed):
    events = cfgwriter.words("event.h", "SEP_EVENT_LIST")
    known = cfgwriter.words("event.h", "SEP_ACTION_LIST")
    return [{"action": known.index(changed.get(e.replace("-", "_"), "halt")), "log": 1}
            for e in events]


def partition(b, number, name, base, **more):
    """A partition with one vCPU, two areas of its own, an information block and an image."""
    image = bytes((number + i) % 251 for i in range(5000))
    info = b"SEPI" + bytes([number]) * 100
    blobs = [b.blob(name + ".elf", 0, image), b.blob("information", 2, info)]
    areas = [
        {"virtual_start": base, "physical_start": base, "size": 0x20000, "name": "code",
         "flags": READ | EXECUTE},
        {"virtual_start": base + 0x20000, "physical_start": base + 0x20000, "size": 0x40000,
         "name": "data", "flags": READ | WRITE},
        {"virtual_start": base + 0x100000, "physical_start": blobs[1]["start"], "size": GRANULE,
         "name": "information", "flags": READ | INFO}]
    vcpu = b.add("vcpu", stack_base=base + 0x5e000, stack_size=0x2000, partition=number, pool=NONE)
    fields = {
        "entry": base, "start_argument": base + 0x100000, "name": name, "id": number, "flags": 4,
        "console_ring": 1024, "vcpus": (vcpu, 1), "areas": b.many("area", areas),
        "segments": b.many("segment", [{"target": base, "source": blobs[0]["start"],
                                        "file_size": 4096, "memory_size": 6000}]),
        "blobs": b.many("blob", blobs), "actions": b.many("action", actions(
            mem_protection="suspend", overrun="ignore", watchdog="cold-reset"))}
    fields.update(more)
    b.add("partition", **fields)
    return vcpu


def ms(value):
    return int(value * 1000000)


def slots(b, rows):
    """Slots and gaps from (start in ms, duration in ms, vCPU, id)."""
    return b.many("slot", [{"start": ms(start), "duration": ms(duration), "vcpu": vcpu, "id": number,
                            "pool": NONE}
                           for start, duration, vcpu, number in rows])


def ports(b, rows):
    """Ports from (name, channel, direction); the rest is their channel's."""
    return b.many("port", [dict({k: b.records["channel"][channel].get(k)
                                 for k in ("kind", "message_size", "depth")},
                                name=name, channel=channel, direction=direction)
                           for name, channel, direction in rows])


def channels(b, row, guidance, telemetry, payload):
    """One channel of each shape: to two, backwards, within a partition; and a port of none."""
    def ends(*vcpus):
        return b.many("channel_end", [{"vcpu": vcpu} for vcpu in vcpus])

    b.many("channel", [
        {"name": "attitude", "kind": 0, "message_size": 64, "max_age": ms(20), "sender": NONE,
         "receivers": ends(telemetry, payload)},
        {"name": "commands <&\">", "kind": 1, "message_size": 33, "depth": 8, "max_age": ms(500),
         "sender": payload, "receivers": ends(guidance)},
        {"name": "inner", "kind": 1, "message_size": 4096, "depth": 2, "sender": telemetry,
         "receivers": ends(telemetry)}])
    row[0]["ports"] = ports(b, [("attitude", 0, 0), ("commands", 1, 1)])
    row[1]["ports"] = ports(b, [("att", 0, 1), ("in", 2, 0), ("out", 2, 1)])
    row[2]["ports"] = ports(b, [("attitude", 0, 1), ("up <&\">", 1, 0)])
    b.add("port", name="loose", channel=NONE, kind=0, message_size=8)
    row[2]["ports"] = (row[2]["ports"][0], 3)


def flight():
    """A system with everything in it: two processors, two plans, shared memory, devices, channels."""
    b = Builder()
    guidance = partition(b, 0, "guidance", START + 0x100000, flags=6, period=ms(20),
                         duration=ms(6))
    telemetry = partition(b, 1, "telemetry", START + 0x200000, flags=4 | COLD_ONLY)
    payload = partition(b, 2, "payload <&\">", START + 0x300000, flags=4 | NO_RESET)
    row = b.records["partition"]
    row[1]["interrupts"] = b.many("interrupt", [{"line": 3, "irq": 16, "vcpu": telemetry}])
    row[1]["registers"] = b.many("reg", [{"address": 0x80000100, "width": 4,
                                          "read_mask": 0xffffffff, "write_mask": 0xff}])
    row[0]["ipvis"] = b.many("ipvi", [{"id": 2, "targets": b.many(
        "ipvi_target", [{"vcpu": telemetry, "irq": 10}, {"vcpu": payload, "irq": 10}])}])
    channels(b, row, guidance, telemetry, payload)
    shared = {"virtual_start": 0x50000000, "physical_start": START + 0x400000, "size": 0x10000,
              "name": "exchange", "flags": READ | WRITE | SHARED}
    device = {"virtual_start": 0x80000000, "physical_start": 0x80000000, "size": GRANULE,
              "name": "spacewire", "flags": READ | WRITE | DEVICE}
    for index, extra in ((1, [shared]), (2, [shared, device])):
        first, count = row[index]["areas"]
        row[index]["areas"] = b.many("area", b.records["area"][first:first + count] + extra)
    nominal = [(0, 6, guidance, 0), (6, 6, telemetry, 1), (12, 4, payload, 2),
               (16, 2, guidance, 3), (18, 2, GAP, 3)]
    service = [(0, 80, telemetry, 0), (80, 10, GAP, 0), (90, 0.5, guidance, 1),
               (90.5, 9.5, GAP, 1)]
    plans = b.many("plan", [
        {"major_frame": ms(20), "name": "nominal", "id": 0, "slots": slots(b, nominal)},
        {"major_frame": ms(100), "name": "maintenance", "id": 1, "slots": slots(b, service)},
        {"major_frame": ms(20), "name": "nominal", "id": 0, "slots": slots(b, [(0, 20, GAP, 0)])},
        {"major_frame": ms(100), "name": "maintenance", "id": 1,
         "slots": slots(b, [(0, 100, GAP, 0)])}])
    b.many("cpu", [{"id": 0, "plans": (plans[0], 2)}, {"id": 1, "plans": (plans[0] + 2, 2)}])
    b.add("system", hypervisor_start=START, hypervisor_size=0x80000, arena_start=ARENA,
          arena_size=0x3210, blobs_start=BLOBS, blobs_size=len(b.blobs), name="flight",
          board="leon3", cpus=(0, 2), partitions=(0, 3), vcpus=(0, 3), plan_count=2,
          console_ring=1024, log_records=16, restarts=4, trace_records=32, trace_mask=4 | 8,
          actions=b.many("action", actions(internal_error="hypervisor-cold-reset",
                                           integrity="hypervisor-halt")), behind_traces=0x2000)
    row[1].update(restarts=3, restart_time=ms(10000))
    row[2].update(trace_records=64, trace_mask=1 | 32)
    return b


def build_info(big_endian=True, **changed):
    order = ">" if big_endian else "<"
    values = dict(INFO_VALUES, big_endian=int(big_endian), **changed)
    return b"".join(struct.pack(order + "28sI", k.encode(), v) for k, v in values.items()) + bytes(32)


def hypervisor(virtual=0xf0000000, physical=START, **changed):
    """An ELF file of a hypervisor linked high and loaded low: text, data, bss, build information."""
    text, data, bss = b"\x01\x00\x00\x00" * 600, b"\x55" * 64, 0x2000
    info = build_info(**changed)
    names = b"\0.text\0.data\0.bss\0.septum_info\0.shstrtab\0"
    at_text = 0x100
    at_data = at_text + len(text)
    at_info = at_data + len(data)
    at_names = at_info + len(info)
    at_sections = at_names + len(names) + (-len(names) % 4)
    data_address = 0xe000
    head = b"\x7fELF\x01\x02\x01" + bytes(9)
    head += struct.pack(">HHIIIIIHHHHHH", 2, 2, 1, virtual + 0x40, 52, at_sections, 0, 52, 32, 2, 40,
                        6, 5)
    load = [struct.pack(">IIIIIIII", 1, at_text, virtual, physical, len(text), len(text), 5, 4096),
            struct.pack(">IIIIIIII", 1, at_data, virtual + data_address, physical + data_address,
                        len(data), len(data) + bss - 64, 6, 4096)]
    out = (head + b"".join(load)).ljust(at_text, b"\0") + text + data + info + names
    out = out.ljust(at_sections, b"\0")

    def section(name, kind, flags, address, offset, size):
        return struct.pack(">IIIIIIIIII", names.index(name) if name else 0, kind, flags, address,
                           offset, size, 0, 0, 8, 0)

    return out + b"".join([
        section(b"", 0, 0, 0, 0, 0),
        section(b".text", 1, 6, virtual, at_text, len(text)),
        section(b".data", 1, 3, virtual + data_address, at_data, len(data)),
        section(b".bss", 8, 3, virtual + data_address + len(data), at_info, bss - 64),
        section(b".septum_info", 1, 0, 0, at_info, len(info)),
        section(b".shstrtab", 3, 0, 0, at_names, len(names))])


def rom_loader(size=64):
    """A flat loader as an ELF file that starts at address 0."""
    head = b"\x7fELF\x01\x02\x01" + bytes(9)
    head += struct.pack(">HHIIIIIHHHHHH", 2, 2, 1, 0, 52, 0, 0, 52, 32, 1, 40, 0, 0)
    load = struct.pack(">IIIIIIII", 1, 0x60, 0, 0, size, size, 5, 4)
    return (head + load).ljust(0x60, b"\0") + b"\x81\xc3\xe0\x08" * (size // 4)


BOARD = """<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0
     Copyright (c) 2026 The Septum authors -->
<Board xmlns="urn:septum:board:1" name="fake" arch="sparc">
  <Memory><Region name="ram" type="ram" start="0x40000000" size="64MiB"/></Memory>
  <Processors count="2"/>
  <Protection granule="4KiB"/>
  <Interrupts first="1" last="14"/>
  <Devices><Device name="uart0" start="0x80000100" size="0x10" line="3" console="yes"/></Devices>
  <Emulator program="{program}" arguments="-first -second" elf="-kernel" rom="-bios"
            icount="-icount shift=%,sleep=off" shift="5"/>
</Board>
"""


def write(folder, name, data):
    """Writes a file, answers its path."""
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def board(folder, name, script):
    """A board whose emulator is a script of the shell; answers the description's path."""
    program = write(folder, name + ".sh", "#!/bin/sh\n" + script)
    os.chmod(program, stat.S_IRWXU)
    return write(folder, name + ".xml", BOARD.format(program=program))


def files(folder):
    """The parts of the flight system as files: hypervisor, config, blobs, ROM loader."""
    b = flight()
    return {"hypervisor": write(folder, "hv.elf", hypervisor()),
            "config": write(folder, "system.cfg", cfgwriter.write(b.records)),
            "blobs": write(folder, "system.blobs", b.blobs),
            "loader": write(folder, "loader.elf", rom_loader())}
