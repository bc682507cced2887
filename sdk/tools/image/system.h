// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system image, or a compiled configuration alone, taken apart.

#ifndef SEPTUM_TOOL_SYSTEM_H
#define SEPTUM_TOOL_SYSTEM_H

#include "image/cfgfile.h"
#include "image/image.h"

struct system_image {
    struct filedata file;
    bool bare;             ///< only a configuration
    struct image image;    ///< empty when bare
    uint32_t config_piece; ///< index of the configuration's piece
    struct cfgfile cfg;
    const uint8_t *blobs; ///< bytes of the blobs area; NULL: not in the file
};

/// Opens an ELF image, a ROM image or a .cfg file, whatever it is. Says on stderr what is wrong;
/// then nothing is left to close.
bool system_open(const char *path, struct system_image *system);

void system_close(struct system_image *system);

/// Whether the file begins like an ELF file; what does not is taken for a ROM image by `run`.
bool system_is_elf(const struct filedata *file);

#endif
