// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A bootable image: pieces of memory at physical addresses and an entry point. Read from and written
// as an ELF file or a ROM image (septum/rom.h).

#ifndef SEPTUM_TOOL_IMAGE_H
#define SEPTUM_TOOL_IMAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "image/filedata.h"

#define IMAGE_PIECES_MAX 16u

struct image_piece {
    uint64_t address; ///< physical
    uint64_t file_size;
    uint64_t memory_size; ///< the rest behind file_size is zero
    const uint8_t *bytes; ///< belongs to the file that it was read from
    uint32_t flags;       ///< PF_R, PF_W, PF_X
};

struct image {
    bool rom;  ///< read from a ROM image
    bool wide; ///< 64-bit ELF
    bool big_endian;
    uint16_t machine;   ///< ELF e_machine; 0 of a ROM image, which does not say
    uint32_t elf_flags; ///< ELF e_flags
    uint64_t entry;     ///< physical
    uint32_t piece_count;
    struct image_piece pieces[IMAGE_PIECES_MAX];
};

/// Takes the loadable segments of an ELF file, entry and addresses made physical. `path` is for
/// messages; the pieces point into `file`.
bool image_read_elf(const char *path, const struct filedata *file, struct image *image);

/// Takes the pieces of a ROM image; false without a message when the file is none.
bool image_read_rom(const struct filedata *file, struct image *image);

/// Writes an ELF file for a loader: virtual addresses are the physical ones.
void image_write_elf(const struct image *image, FILE *stream);

/// Writes a ROM image around the flat code of a loader. Says on stderr (for `path`) what does not
/// fit the format.
bool image_write_rom(const struct image *image, const char *path, const struct filedata *loader,
                     FILE *stream);

/// Appends a piece; false: there are too many.
bool image_add(struct image *image, const struct image_piece *piece);

/// Lowest address and address behind the last byte of all pieces.
void image_range(const struct image *image, uint64_t *start, uint64_t *end);

#endif
