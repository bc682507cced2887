// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes a system image: the hypervisor's segments, the configuration at the first granule behind
// them, the packed images behind the arena's hole.

#include "image/pack.h"

#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "image/fail.h"

/// Everything that goes into an image.
struct parts {
    struct hypervisor hypervisor;
    struct filedata config;
    struct filedata blobs;
    struct cfgfile cfg;
};

bool pack_format_known(const char *command, const struct pack_request *r)
{
    bool rom = strcmp(r->format, "rom") == 0;

    if (!rom && strcmp(r->format, "elf") != 0) {
        (void)fail_usage(command, "unknown format '%s'; known are elf and rom", r->format);
        return false;
    }
    if (rom && r->rom_loader == NULL) {
        (void)fail_usage(command, "--format rom needs --rom-loader");
        return false;
    }
    return true;
}

static bool check_parts(const struct pack_request *r, struct parts *parts)
{
    char error[CFGFILE_ERROR_MAX];

    if (!cfgfile_parse(&parts->cfg, parts->config.bytes, parts->config.size, error)) {
        return fail(r->config, "SEP9006", "%s", error);
    }
    return hypervisor_open(r->hypervisor, &parts->hypervisor) &&
           pack_fits(r->config, &parts->cfg, &parts->hypervisor) &&
           pack_blobs_intact(r->blobs, &parts->cfg, &parts->blobs);
}

static bool assemble(const struct pack_request *r, const struct parts *parts, struct image *image)
{
    const struct sep_cfg_system *s = cfgfile_system(&parts->cfg);
    const struct image_piece config = {hypervisor_config_address(&parts->hypervisor),
                                       parts->config.size, parts->config.size, parts->config.bytes,
                                       PF_R};
    const struct image_piece blobs = {s->blobs_start, parts->blobs.size, parts->blobs.size,
                                      parts->blobs.bytes, PF_R};

    *image = parts->hypervisor.image;
    if (!image_add(image, &config) || (blobs.file_size != 0u && !image_add(image, &blobs))) {
        return fail(r->hypervisor, "SEP9004", "has too many loadable segments");
    }
    return true;
}

/// The loader's code as a flat piece of ROM: its segments at their distance from the first one.
static bool flatten(const char *path, const struct image *loader, struct filedata *flat)
{
    uint64_t start = 0;
    uint64_t end = 0;

    image_range(loader, &start, &end);
    if (loader->entry != start || end - start > ((size_t)1 << 20)) {
        return fail(path, "SEP9012", "a ROM loader starts at its first byte and is small");
    }
    flat->bytes = calloc(1, (size_t)(end - start));
    flat->size = flat->bytes == NULL ? 0u : (size_t)(end - start);
    for (uint32_t i = 0; flat->size != 0u && i < loader->piece_count; i++) {
        const struct image_piece *p = &loader->pieces[i];

        memcpy(flat->bytes + (p->address - start), p->bytes, p->file_size);
    }
    return flat->size != 0u || fail(path, "SEP9012", "the ROM loader is empty");
}

static bool read_loader(const char *path, struct filedata *flat)
{
    struct filedata file;
    struct image loader;

    *flat = (struct filedata){NULL, 0};
    if (!filedata_read(path, &file)) {
        return false;
    }
    bool good = image_read_elf(path, &file, &loader) && flatten(path, &loader, flat);

    filedata_free(&file);
    return good;
}

static bool write_image(const struct pack_request *r, const struct image *image)
{
    struct filedata_output out;
    struct filedata loader = {NULL, 0};
    bool rom = strcmp(r->format, "rom") == 0;
    bool good = true;

    if (rom && !read_loader(r->rom_loader, &loader)) {
        return false;
    }
    if (!filedata_create(&out, r->output)) {
        filedata_free(&loader);
        return false;
    }
    if (rom) {
        good = image_write_rom(image, r->output, &loader, out.stream);
    } else {
        image_write_elf(image, out.stream);
    }
    filedata_free(&loader);
    if (!good) {
        filedata_abandon(&out);
        return false;
    }
    return filedata_commit(&out);
}

int pack_bytes(const struct pack_request *r, const struct filedata *config,
               const struct filedata *blobs)
{
    struct parts parts;
    struct image image;
    bool good = false;

    memset(&parts, 0, sizeof(parts));
    parts.config = *config;
    parts.blobs = *blobs;
    good = check_parts(r, &parts) && assemble(r, &parts, &image) && write_image(r, &image);
    hypervisor_close(&parts.hypervisor);
    cfgfile_free(&parts.cfg);
    return good ? EXIT_OK : EXIT_INPUT;
}

int pack(const struct pack_request *r)
{
    struct filedata config = {NULL, 0};
    struct filedata blobs = {NULL, 0};
    const char *const inputs[] = {r->hypervisor, r->config, r->blobs, r->rom_loader};
    int status = EXIT_INPUT;

    if (filedata_apart(r->output, inputs, sizeof(inputs) / sizeof(inputs[0])) &&
        filedata_read(r->config, &config) && filedata_read(r->blobs, &blobs)) {
        status = pack_bytes(r, &config, &blobs);
    }
    filedata_free(&config);
    filedata_free(&blobs);
    return status;
}
