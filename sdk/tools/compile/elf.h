// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// ELF files as the compiler needs them: what is loaded, and one section.

#ifndef SEPTUM_TOOL_ELF_H
#define SEPTUM_TOOL_ELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/file.h"

struct elf_segment {
    uint64_t virtual, physical;
    uint64_t memory_size;
    struct bytes content; ///< inside the file's bytes
};

struct elf_file {
    struct bytes file;
    unsigned machine; ///< EM_*
    bool big_endian;
    bool executable; ///< type ET_EXEC
    uint64_t entry;
    struct elf_segment *segments; ///< PT_LOAD ones that are not empty
    size_t segment_count;
};

/// Takes a file apart. NULL on success, otherwise what is wrong with it.
const char *elf_parse(struct pool *pool, struct bytes file, struct elf_file *out);

/// The bytes of a section by name; data is NULL when there is none.
struct bytes elf_section(const struct elf_file *file, const char *name);

/// The EM_* of an architecture's word ("sparc"); 0: unknown.
unsigned elf_machine(const char *arch);

#endif
