// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The ROM image: what `septum pack --format rom` writes and a board's ROM loader reads.
//
// A ROM image is a raw file that lies at the first address of a ROM in which the processor starts:
//
//   0x0000                  the board's ROM loader: flat code, at most SEP_ROM_TABLE_OFFSET bytes
//   SEP_ROM_TABLE_OFFSET    struct sep_rom_table, directly followed by its entries
//   behind it, each at a    the pieces: hypervisor segments, compiled configuration, blobs
//   multiple of 8 bytes
//
// All words have the target's byte order. For each entry, in the table's order, the loader copies
// file_size bytes from ROM start + rom_offset to ram_address and clears the memory behind them up to
// memory_size; then it jumps to `entry`, in the state in which a boot loader would start the
// hypervisor. All four fields of an entry are multiples of 8 (the tool pads pieces with zeros), so a
// loader may copy and clear double words. Addresses are physical and, on every board that starts
// from ROM so, below 4 GiB. A loader stops when magic or count does not fit.

#ifndef SEPTUM_ROM_H
#define SEPTUM_ROM_H

#include <septum/types.h>

#define SEP_ROM_MAGIC 0x53455052u /* "SEPR" */

/// Where the table lies from the ROM's start; also the most bytes that a loader may have.
#define SEP_ROM_TABLE_OFFSET 0x1000u

/// Most entries of a table.
#define SEP_ROM_ENTRIES_MAX 32u

struct sep_rom_table {
    uint32_t magic; ///< SEP_ROM_MAGIC
    uint32_t count; ///< entries behind this struct, 1 … SEP_ROM_ENTRIES_MAX
    uint32_t entry; ///< physical address at which the hypervisor starts
    uint32_t size;  ///< of the whole ROM image, bytes
};

struct sep_rom_entry {
    uint32_t rom_offset;  ///< of the piece's bytes, from the ROM's start
    uint32_t ram_address; ///< physical address to which they go
    uint32_t file_size;   ///< bytes stored in ROM; may be 0
    uint32_t memory_size; ///< bytes in RAM, at least file_size: the rest is cleared
};

_Static_assert(sizeof(struct sep_rom_table) == 16, "ABI");
_Static_assert(sizeof(struct sep_rom_entry) == 16, "ABI");

#endif
