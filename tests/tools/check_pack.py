# SPDX-License-Identifier: Apache-2.0
# Copyright (c) 2026 The Septum authors
"""septum pack: what is in the images, and what it refuses."""

import io
import struct

from elftools.elf.elffile import ELFFile

import cfgwriter
import fixtures
from suites import failed, passed
from tooling import Tool, refused, same

GRANULE = fixtures.GRANULE


def expected_pieces(tool):
    """[(physical address, bytes, size in memory)] that an image must hold."""
    hypervisor = ELFFile(io.BytesIO(tool.read("hv.elf")))
    pieces = [(s["p_paddr"], s.data(), s["p_memsz"]) for s in hypervisor.iter_segments()]
    for address, name in ((fixtures.CONFIG, "system.cfg"), (fixtures.BLOBS, "system.blobs")):
        data = tool.read(name)
        pieces.append((address, data, len(data)))
    return pieces


def check_elf(tool):
    """The ELF image, read by somebody else's reader."""
    done = tool.pack("image.elf")
    yield same("elf-status", (done.code, done.err), (0, ""))
    elf = ELFFile(io.BytesIO(tool.read("image.elf")))
    yield same("elf-head", (elf.elfclass, elf.little_endian, elf["e_machine"], elf["e_entry"]),
               (32, False, "EM_SPARC", fixtures.START + 0x40))
    got = [(s["p_paddr"], s.data(), s["p_memsz"]) for s in elf.iter_segments()]
    yield same("elf-pieces", got, expected_pieces(tool))
    virtual = [s["p_vaddr"] == s["p_paddr"] for s in elf.iter_segments()]
    yield same("elf-virtual-is-physical", virtual, [True] * 4)
    tool.pack("again.elf")
    yield same("elf-reproducible", tool.read("again.elf") == tool.read("image.elf"), True)


def check_rom(tool):
    """The ROM image, taken apart as its header file says."""
    done = tool.pack("image.rom", "--format", "rom", "--rom-loader", tool.files["loader"])
    yield same("rom-status", (done.code, done.err), (0, ""))
    rom = tool.read("image.rom")
    yield same("rom-loader", rom[:64], fixtures.rom_loader()[0x60:])
    magic, count, entry, size = struct.unpack_from(">4I", rom, 0x1000)
    yield same("rom-table", (magic, count, entry, size),
               (0x53455052, 4, fixtures.START + 0x40, len(rom)))
    problem = []
    for index, (address, data, memory) in enumerate(expected_pieces(tool)):
        offset, to, stored, whole = struct.unpack_from(">4I", rom, 0x1010 + 16 * index)
        if (offset | to | stored | whole) % 8:
            problem.append("piece %d is not made of double words" % index)
        if to != address or rom[offset:offset + len(data)] != data or stored - len(data) > 7:
            problem.append("piece %d holds something else" % index)
        if whole < memory or whole - memory > 7 or stored > whole:
            problem.append("piece %d has a wrong size in memory" % index)
    yield failed("rom-pieces", "\n".join(problem)) if problem else passed("rom-pieces")
    tool.pack("again.rom", "--format", "rom", "--rom-loader", tool.files["loader"])
    yield same("rom-reproducible", tool.read("again.rom") == rom, True)


def changed_config(tool, change, **options):
    """A configuration of the flight system with something changed, sealed again."""
    b = fixtures.flight()
    change(b.records)
    return tool.write("changed.cfg", cfgwriter.write(b.records, **options))


def refusals(tool):
    """(name, changed parts, words that must be said)"""
    config, blobs = tool.read("system.cfg"), tool.read("system.blobs")
    damaged = bytearray(config)
    damaged[-9] ^= 1
    spoiled = bytearray(blobs)
    spoiled[7] ^= 0x80

    def hypervisor(**changed):
        return tool.write("other.elf", fixtures.hypervisor(**changed))

    yield "arch", {"hypervisor": hypervisor(arch=3)}, ["is for sparc, the hypervisor for mips"]
    yield "revision", {"hypervisor": hypervisor(abi_revision=9)}, ["ABI revision 1, the hypervisor 9"]
    yield "partitions", {"hypervisor": hypervisor(partitions_max=2)}, ["3 partitions", "runs 2"]
    yield "processors", {"hypervisor": hypervisor(cpus_max=1)}, ["2 processors"]
    yield "elsewhere", {"hypervisor": hypervisor(physical=0x48000000)}, \
        ["its binary lies at 0x48000000"]
    yield "large", {"hypervisor": hypervisor(granule=0x20000)}, ["compiled for a smaller hypervisor"]
    yield "no-info", {"hypervisor": tool.files["loader"]}, ["no fitting build information"]
    yield "no-elf", {"hypervisor": tool.files["blobs"]}, ["is not an ELF file"]
    yield "no-file", {"hypervisor": tool.path("nothing")}, ["cannot be read"]
    yield "config-hash", {"config": tool.write("bad.cfg", bytes(damaged))}, ["hash does not fit"]
    yield "config-revision", {"config": changed_config(tool, lambda r: None, abi_revision=7)}, \
        ["ABI revision 7, this tool reads 1"]
    yield "config-short", {"config": tool.write("short.cfg", config[:-8])}, ["%d bytes" % len(config)]
    yield "config-none", {"config": tool.files["blobs"]}, ["no compiled configuration begins here"]
    yield "config-order", {"config": changed_config(tool, lambda r: None, big_endian=False)}, \
        ["SEP9020"]
    yield "blob-hash", {"blobs": tool.write("bad.blobs", bytes(spoiled))}, \
        ["'guidance.elf' does not have the hash"]
    yield "blobs-size", {"blobs": tool.write("few.blobs", blobs[:-1])}, ["36863 bytes"]


def run(ctx):
    """All checks of pack."""
    tool = Tool(ctx, "pack")
    yield from check_elf(tool)
    yield from check_rom(tool)
    for name, changed, texts in refusals(tool):
        done = tool.pack(tool.path("refused"), **changed)
        yield refused("pack-" + name, done, *texts, absent=[tool.path("refused")])
    big = tool.write("big.elf", fixtures.rom_loader(4100))
    done = tool.pack(tool.path("refused"), "--format", "rom", "--rom-loader", big)
    yield refused("rom-loader-large", done, "4100 bytes, at most 4096",
                  absent=[tool.path("refused")])
    yield refused("rom-no-loader", tool.pack("x", "--format", "rom"), "needs --rom-loader", code=2)
    yield refused("format-unknown", tool.pack("x", "--format", "bin"), "known are elf and rom",
                  code=2)
    tool.write("kept.elf", b"before")
    tool.pack("kept.elf", blobs=tool.path("bad.blobs"))
    yield same("keeps-what-was-there", tool.read("kept.elf"), b"before")
