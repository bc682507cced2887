// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One partition on its way into the configuration: its image and files, everything that is mapped
// into it, and the bytes that are packed for it.

#ifndef SEPTUM_TOOL_UNIT_H
#define SEPTUM_TOOL_UNIT_H

#include <septum/config.h>

#include "compile/elf.h"
#include "compile/target.h"

#define NO_BLOB SIZE_MAX

struct unit_mapping {
    const char *name;
    uint64_t virtual, physical, size;
    unsigned flags;  ///< enum sep_area_flags
    size_t blob;     ///< whose place is its physical address, or NO_BLOB
    uint64_t length; ///< bytes of a file, without the rest of its last granule
};

struct unit_blob {
    const char *name;
    enum sep_cfg_blob_kind kind;
    struct bytes content;
    uint64_t offset; ///< from the start of the blobs
    uint8_t sha256[SEP_CFG_HASH_BYTES];
};

/// A piece of the image inside one memory area.
struct unit_segment {
    uint64_t target; ///< physical
    size_t blob;     ///< that it is copied from
    uint64_t source; ///< offset into it
    uint64_t file_size, memory_size;
};

struct unit {
    const struct sys_partition *p;
    struct elf_file image;
    struct bytes *files;  ///< one for each of p->files
    struct bytes ramdisk; ///< of an operating system
    struct unit_segment *segments;
    size_t segment_count;
    struct unit_mapping *mappings; ///< sorted by virtual address
    size_t mapping_count;
    /// The image, the files, the information block; of an operating system: the image, the ramdisk if
    /// there is one, the device tree.
    struct unit_blob *blobs;
    size_t blob_count;
    uint64_t start_argument; ///< virtual address of the information block, or of the device tree
};

struct compile {
    struct septum *s;
    struct pool *pool;
    struct target target;
    struct unit *units; ///< one for each partition, sorted by id
    size_t unit_count;
    struct septum_layout layout;
};

/// Reads image and files of every partition; reports what is wrong with them.
void unit_read_all(struct compile *c);

/// The image as a blob and segments; reports what lies outside the partition's areas.
void unit_load_image(struct compile *c, struct unit *u);

/// Appends a blob without its place; answers its index.
size_t unit_add_blob(struct compile *c, struct unit *u, const char *name,
                     enum sep_cfg_blob_kind kind, struct bytes content);

/// Takes apart an operating system's image that is no ELF file, placing it in the partition's memory;
/// reports why that is not possible. False: it is reported.
bool unit_os_image(struct compile *c, struct unit *u, struct bytes file);

/// Places an operating system's ramdisk and device tree behind its image; reports what does not fit.
void unit_os_load(struct compile *c, struct unit *u);

/// Lists what is mapped and chooses addresses for what has none; reports what does not fit.
void unit_map(struct compile *c, struct unit *u);

/// The information block of a partition; mappings must be final.
struct bytes unit_info_block(const struct compile *c, const struct unit *u);

/// Its size, known before its address is.
size_t unit_info_size(const struct unit *u);

/// The memory area that holds a virtual address; NULL: none.
const struct sys_area *unit_area(const struct unit *u, uint64_t address);

/// The compiled configuration.
struct bytes config_write(const struct compile *c);

#endif
