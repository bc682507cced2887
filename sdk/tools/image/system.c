// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Finds configuration and packed images in a system image.

#include "image/system.h"

#include <elf.h>
#include <string.h>

#include "image/bytes.h"
#include "image/fail.h"

bool system_is_elf(const struct filedata *file)
{
    return file->size >= SELFMAG && memcmp(file->bytes, ELFMAG, SELFMAG) == 0;
}

/// The piece that begins with a configuration.
static bool find_config(const char *path, struct system_image *s)
{
    char error[CFGFILE_ERROR_MAX];

    for (uint32_t i = 0; i < s->image.piece_count; i++) {
        const struct image_piece *p = &s->image.pieces[i];
        uint32_t size = cfgfile_size_at(p->bytes, p->file_size);

        if (size != 0u && size <= p->file_size) {
            s->config_piece = i;
            return cfgfile_parse(&s->cfg, p->bytes, size, error) ||
                   fail(path, "SEP9006", "%s", error);
        }
    }
    return fail(path, "SEP9007", "holds no compiled configuration; is it a Septum image?");
}

static void find_blobs(struct system_image *s)
{
    const struct sep_cfg_system *system = cfgfile_system(&s->cfg);

    for (uint32_t i = 0; i < s->image.piece_count; i++) {
        const struct image_piece *p = &s->image.pieces[i];

        if (bytes_inside(system->blobs_start, system->blobs_size, p->address, p->file_size)) {
            s->blobs = p->bytes + (system->blobs_start - p->address);
        }
    }
}

static bool read_image(const char *path, struct system_image *s)
{
    if (system_is_elf(&s->file)) {
        if (!image_read_elf(path, &s->file, &s->image)) {
            return false;
        }
    } else if (!image_read_rom(&s->file, &s->image)) {
        return fail(path, "SEP9008", "is neither an ELF image, a ROM image nor a configuration");
    }
    if (!find_config(path, s)) {
        return false;
    }
    find_blobs(s);
    return true;
}

static bool read_any(const char *path, struct system_image *s)
{
    char error[CFGFILE_ERROR_MAX];

    if (!filedata_read(path, &s->file)) {
        return false;
    }
    s->bare = cfgfile_size_at(s->file.bytes, s->file.size) != 0u;
    if (!s->bare) {
        return read_image(path, s);
    }
    return cfgfile_parse(&s->cfg, s->file.bytes, s->file.size, error) ||
           fail(path, "SEP9006", "%s", error);
}

bool system_open(const char *path, struct system_image *system)
{
    memset(system, 0, sizeof(*system));
    if (!read_any(path, system)) {
        system_close(system);
        return false;
    }
    return true;
}

void system_close(struct system_image *system)
{
    cfgfile_free(&system->cfg);
    filedata_free(&system->file);
}
