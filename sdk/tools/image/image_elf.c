// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Images as ELF files. Read through libelf; written by hand, since libelf pads and orders as it
// likes and the file has to be the same on every machine.

#include "image/image.h"

#include <gelf.h>
#include <libelf.h>
#include <string.h>

#include "image/bytes.h"
#include "image/fail.h"

static bool read_piece(const char *path, const struct filedata *file, const GElf_Phdr *load,
                       struct image *image)
{
    struct image_piece piece = {load->p_paddr, load->p_filesz, load->p_memsz, NULL, load->p_flags};

    if (load->p_filesz > load->p_memsz ||
        !bytes_inside(load->p_offset, load->p_filesz, 0, file->size) ||
        !bytes_inside(load->p_paddr, load->p_memsz, 0, UINT64_MAX)) {
        return fail(path, "SEP9004", "a loadable segment lies outside the file or wraps");
    }
    piece.bytes = file->bytes + load->p_offset;
    if (!image_add(image, &piece)) {
        return fail(path, "SEP9004", "has more than %u loadable segments", IMAGE_PIECES_MAX);
    }
    return true;
}

static bool read_pieces(const char *path, const struct filedata *file, Elf *elf, uint64_t entry,
                        struct image *image)
{
    bool entry_found = false;
    size_t count = 0;
    GElf_Phdr load;

    (void)elf_getphdrnum(elf, &count);
    for (size_t i = 0; i < count; i++) {
        if (gelf_getphdr(elf, (int)i, &load) == NULL) {
            return fail(path, "SEP9004", "has a damaged table of segments");
        }
        if (load.p_type != PT_LOAD || load.p_memsz == 0u) {
            continue;
        }
        if (!read_piece(path, file, &load, image)) {
            return false;
        }
        // A board's hypervisor starts with translation off: some linker scripts say so already.
        if (!entry_found && entry - load.p_vaddr < load.p_memsz) {
            image->entry = entry - load.p_vaddr + load.p_paddr;
            entry_found = true;
        } else if (!entry_found && entry - load.p_paddr < load.p_memsz) {
            image->entry = entry;
            entry_found = true;
        }
    }
    return entry_found || fail(path, "SEP9004", "does not start in anything that it loads");
}

bool image_read_elf(const char *path, const struct filedata *file, struct image *image)
{
    GElf_Ehdr head;
    bool good = false;

    memset(image, 0, sizeof(*image));
    (void)elf_version(EV_CURRENT);
    Elf *elf = elf_memory((char *)file->bytes, file->size);

    if (elf == NULL || elf_kind(elf) != ELF_K_ELF || gelf_getehdr(elf, &head) == NULL) {
        (void)fail(path, "SEP9003", "is not an ELF file");
    } else {
        image->wide = head.e_ident[EI_CLASS] == ELFCLASS64;
        image->big_endian = head.e_ident[EI_DATA] == ELFDATA2MSB;
        image->machine = head.e_machine;
        image->elf_flags = head.e_flags;
        good = read_pieces(path, file, elf, head.e_entry, image);
    }
    (void)elf_end(elf);
    return good;
}

/// Where a header is being put together.
struct writer {
    bool big_endian;
    bool wide;
    FILE *stream;
};

static void put(const struct writer *w, unsigned size, uint64_t value)
{
    uint8_t bytes[8];

    bytes_store(bytes, size, value, w->big_endian);
    (void)fwrite(bytes, 1, size, w->stream);
}

/// An address, offset or size: one word of the file's class.
static void put_word(const struct writer *w, uint64_t value)
{
    put(w, w->wide ? 8u : 4u, value);
}

static void put_file_header(const struct writer *w, const struct image *image)
{
    const uint8_t ident[EI_NIDENT] = {
        0x7f,
        'E',
        'L',
        'F',
        image->wide ? ELFCLASS64 : ELFCLASS32,
        image->big_endian ? ELFDATA2MSB : ELFDATA2LSB,
        EV_CURRENT,
    };
    unsigned head = image->wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);

    (void)fwrite(ident, 1, sizeof(ident), w->stream);
    put(w, 2, ET_EXEC);
    put(w, 2, image->machine);
    put(w, 4, EV_CURRENT);
    put_word(w, image->entry);
    put_word(w, head); // program headers
    put_word(w, 0);    // no sections
    put(w, 4, image->elf_flags);
    put(w, 2, head);
    put(w, 2, image->wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr));
    put(w, 2, image->piece_count);
    put(w, 2, image->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr));
    put(w, 2, 0);
    put(w, 2, 0);
}

static void put_program_header(const struct writer *w, const struct image_piece *p, uint64_t offset)
{
    put(w, 4, PT_LOAD);
    if (w->wide) {
        put(w, 4, p->flags);
    }
    put_word(w, offset);
    put_word(w, p->address);
    put_word(w, p->address);
    put_word(w, p->file_size);
    put_word(w, p->memory_size);
    if (!w->wide) {
        put(w, 4, p->flags);
    }
    put_word(w, 8); // alignment
}

/// Smallest offset from `from` that fits the piece's address modulo the segments' alignment.
static uint64_t piece_offset(const struct image_piece *p, uint64_t from)
{
    return from + ((p->address - from) & 7u);
}

void image_write_elf(const struct image *image, FILE *stream)
{
    const struct writer w = {image->big_endian, image->wide, stream};
    uint64_t head = image->wide ? sizeof(Elf64_Ehdr) + image->piece_count * sizeof(Elf64_Phdr)
                                : sizeof(Elf32_Ehdr) + image->piece_count * sizeof(Elf32_Phdr);
    uint64_t at = head;

    put_file_header(&w, image);
    for (uint32_t i = 0; i < image->piece_count; i++) {
        at = piece_offset(&image->pieces[i], at);
        put_program_header(&w, &image->pieces[i], at);
        at += image->pieces[i].file_size;
    }
    at = head;
    for (uint32_t i = 0; i < image->piece_count; i++) {
        uint64_t offset = piece_offset(&image->pieces[i], at);

        filedata_fill(stream, 0, offset - at);
        (void)fwrite(image->pieces[i].bytes, 1, image->pieces[i].file_size, stream);
        at = offset + image->pieces[i].file_size;
    }
}
