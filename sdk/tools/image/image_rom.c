// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Images as ROM files: septum/rom.h says what they look like.

#include "image/image.h"

#include <inttypes.h>
#include <string.h>

#include <septum/rom.h>

#include "image/bytes.h"
#include "image/fail.h"

#define PAD 8u

static uint32_t rom_word(const uint8_t *bytes, uint32_t index, bool big_endian)
{
    return bytes_load32(bytes + 4u * index, big_endian);
}

bool image_read_rom(const struct filedata *file, struct image *image)
{
    size_t table = SEP_ROM_TABLE_OFFSET + sizeof(struct sep_rom_table);

    memset(image, 0, sizeof(*image));
    if (file->size < table) {
        return false;
    }
    const uint8_t *head = file->bytes + SEP_ROM_TABLE_OFFSET;

    image->rom = true;
    image->big_endian = rom_word(head, 0, true) == SEP_ROM_MAGIC;
    uint32_t count = rom_word(head, 1, image->big_endian);

    if (rom_word(head, 0, image->big_endian) != SEP_ROM_MAGIC ||
        rom_word(head, 3, image->big_endian) != file->size || count > IMAGE_PIECES_MAX ||
        file->size - table < count * sizeof(struct sep_rom_entry)) {
        return false;
    }
    image->entry = rom_word(head, 2, image->big_endian);
    for (uint32_t i = 0; i < count; i++) {
        const uint8_t *entry = file->bytes + table + i * sizeof(struct sep_rom_entry);
        uint32_t offset = rom_word(entry, 0, image->big_endian);
        struct image_piece piece = {rom_word(entry, 1, image->big_endian),
                                    rom_word(entry, 2, image->big_endian),
                                    rom_word(entry, 3, image->big_endian), file->bytes + offset, 7};

        if (piece.file_size > piece.memory_size ||
            !bytes_inside(offset, piece.file_size, 0, file->size)) {
            return false;
        }
        (void)image_add(image, &piece);
    }
    return true;
}

/// A piece as the loader wants it: everything a multiple of PAD.
static struct sep_rom_entry rom_entry(const struct image_piece *p, uint64_t offset)
{
    uint64_t file_size = bytes_round(p->file_size, PAD);
    uint64_t memory_size = bytes_round(p->memory_size, PAD);

    return (struct sep_rom_entry){(uint32_t)offset, (uint32_t)p->address, (uint32_t)file_size,
                                  (uint32_t)memory_size};
}

/// Whether the padding of one piece would spoil another one.
static bool padding_spoils(const struct image *image, const struct image_piece *p)
{
    uint64_t end = p->address + p->memory_size;

    for (uint32_t i = 0; i < image->piece_count; i++) {
        if (image->pieces[i].address >= end && image->pieces[i].address < bytes_round(end, PAD)) {
            return true;
        }
    }
    return false;
}

static bool check(const struct image *image, const char *path, const struct filedata *loader)
{
    uint64_t total = SEP_ROM_TABLE_OFFSET;

    if (loader->size > SEP_ROM_TABLE_OFFSET) {
        return fail(path, "SEP9010", "the ROM loader has %zu bytes, at most %u are possible",
                    loader->size, SEP_ROM_TABLE_OFFSET);
    }
    for (uint32_t i = 0; i < image->piece_count; i++) {
        const struct image_piece *p = &image->pieces[i];

        total += p->file_size + PAD;
        if (p->address % PAD != 0u || padding_spoils(image, p) ||
            !bytes_inside(p->address, p->memory_size, 0, UINT32_MAX - PAD) || total > UINT32_MAX) {
            return fail(path, "SEP9011",
                        "the piece at 0x%" PRIx64
                        " does not fit a ROM image: it must begin at a multiple of %u below 4 GiB "
                        "and share no such unit with another piece",
                        p->address, PAD);
        }
    }
    return true;
}

static void put_word(const struct image *image, uint32_t value, FILE *stream)
{
    uint8_t bytes[4];

    bytes_store(bytes, sizeof(bytes), value, image->big_endian);
    (void)fwrite(bytes, 1, sizeof(bytes), stream);
}

static uint64_t pieces_offset(const struct image *image)
{
    return SEP_ROM_TABLE_OFFSET + sizeof(struct sep_rom_table) +
           image->piece_count * sizeof(struct sep_rom_entry);
}

static void put_table(const struct image *image, FILE *stream)
{
    uint64_t at = pieces_offset(image);
    uint64_t total = at;

    for (uint32_t i = 0; i < image->piece_count; i++) {
        total += rom_entry(&image->pieces[i], 0).file_size;
    }
    put_word(image, SEP_ROM_MAGIC, stream);
    put_word(image, image->piece_count, stream);
    put_word(image, (uint32_t)image->entry, stream);
    put_word(image, (uint32_t)total, stream);
    for (uint32_t i = 0; i < image->piece_count; i++) {
        struct sep_rom_entry e = rom_entry(&image->pieces[i], at);

        put_word(image, e.rom_offset, stream);
        put_word(image, e.ram_address, stream);
        put_word(image, e.file_size, stream);
        put_word(image, e.memory_size, stream);
        at += e.file_size;
    }
}

bool image_write_rom(const struct image *image, const char *path, const struct filedata *loader,
                     FILE *stream)
{
    if (!check(image, path, loader)) {
        return false;
    }
    (void)fwrite(loader->bytes, 1, loader->size, stream);
    filedata_fill(stream, 0, SEP_ROM_TABLE_OFFSET - loader->size);
    put_table(image, stream);
    for (uint32_t i = 0; i < image->piece_count; i++) {
        const struct image_piece *p = &image->pieces[i];

        (void)fwrite(p->bytes, 1, p->file_size, stream);
        filedata_fill(stream, 0, bytes_round(p->file_size, PAD) - p->file_size);
    }
    return true;
}
