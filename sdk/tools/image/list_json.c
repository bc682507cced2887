// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The listing as JSON.

#include <septum/info.h>

#include "image/list.h"
#include "image/ports.h"
#include "image/sha256.h"
#include "image/virtual.h"
#include "report/json.h"

static void put_range(struct json *j, const char *key, uint64_t start, uint64_t size)
{
    json_open(j, key, '{');
    json_address(j, "start", start);
    json_number(j, "size", size);
    json_close(j, '}');
}

static void put_hash(struct json *j, const uint8_t hash[SHA256_BYTES])
{
    char text[SHA256_HEX];

    sha256_hex(hash, text);
    json_text(j, "sha256", text);
}

static void put_head(struct json *j, const struct system_image *s)
{
    const struct sep_cfg_system *system = cfgfile_system(&s->cfg);

    json_text(j, "system", cfgfile_text(&s->cfg, system->name));
    json_text(j, "board", cfgfile_text(&s->cfg, system->board));
    json_text(j, "architecture", cfgfile_arch_name(s->cfg.header.arch));
    json_bool(j, "big_endian", s->cfg.big_endian);
    json_number(j, "abi_revision", s->cfg.header.abi_revision);
    json_text(j, "format", s->bare ? "configuration" : s->image.rom ? "rom" : "elf");
    json_open(j, "hypervisor", '[');
    for (uint32_t i = 0; !s->bare && i < s->config_piece; i++) {
        put_range(j, NULL, s->image.pieces[i].address, s->image.pieces[i].memory_size);
    }
    json_close(j, ']');
    if (!s->bare) {
        json_address(j, "entry", s->image.entry);
    }
    json_open(j, "configuration", '{');
    if (!s->bare) {
        json_address(j, "start", s->image.pieces[s->config_piece].address);
    }
    json_number(j, "size", s->cfg.header.size);
    put_hash(j, s->cfg.header.sha256);
    json_close(j, '}');
    put_range(j, "reserved", system->hypervisor_start, system->hypervisor_size);
    put_range(j, "arena", system->arena_start, system->arena_size);
    put_range(j, "blobs", system->blobs_start, system->blobs_size);
}

static void put_segments(struct json *j, const struct cfgfile *cfg,
                         const struct sep_cfg_partition *p)
{
    json_open(j, "segments", '[');
    for (uint32_t i = 0; i < p->segments.count; i++) {
        const struct sep_cfg_segment *g = &cfg->segments[p->segments.first + i];

        json_open(j, NULL, '{');
        json_address(j, "target", g->target);
        json_address(j, "source", g->source);
        json_number(j, "file_size", g->file_size);
        json_number(j, "memory_size", g->memory_size);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_areas(struct json *j, const struct cfgfile *cfg, const struct sep_cfg_partition *p)
{
    char rights[LIST_RIGHTS_MAX];

    json_open(j, "areas", '[');
    for (uint32_t i = 0; i < p->areas.count; i++) {
        const struct sep_cfg_area *a = &cfg->areas[p->areas.first + i];

        list_rights(a->flags, rights);
        json_open(j, NULL, '{');
        json_text(j, "name", cfgfile_text(cfg, a->name));
        json_address(j, "virtual", a->virtual_start);
        json_address(j, "physical", a->physical_start);
        json_number(j, "size", a->size);
        json_text(j, "rights", rights);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_blobs(struct json *j, const struct system_image *s,
                      const struct sep_cfg_partition *p)
{
    json_open(j, "blobs", '[');
    for (uint32_t i = 0; i < p->blobs.count; i++) {
        const struct sep_cfg_blob *b = &s->cfg.blobs[p->blobs.first + i];

        json_open(j, NULL, '{');
        json_text(j, "name", cfgfile_text(&s->cfg, b->name));
        json_text(j, "kind", list_blob_kind(b));
        json_address(j, "start", b->start);
        json_number(j, "size", b->size);
        json_text(j, "state", list_blob_state(s, b));
        put_hash(j, b->sha256);
        json_close(j, '}');
    }
    json_close(j, ']');
}

void list_json(const struct system_image *system, FILE *out)
{
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    put_head(&j, system);
    json_open(&j, "partitions", '[');
    for (uint32_t i = 0; i < system->cfg.partition_count; i++) {
        const struct sep_cfg_partition *p = &system->cfg.partitions[i];

        json_open(&j, NULL, '{');
        json_number(&j, "id", p->id);
        json_text(&j, "name", cfgfile_text(&system->cfg, p->name));
        json_text(&j, "resets", list_resets(p->flags));
        json_address(&j, "entry", p->entry);
        json_number(&j, "vcpus", p->vcpus.count);
        put_segments(&j, &system->cfg, p);
        put_areas(&j, &system->cfg, p);
        put_blobs(&j, system, p);
        ports_json(&j, &system->cfg, p);
        virtual_json(&j, &system->cfg, p);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    ports_channels_json(&j, &system->cfg);
    json_close(&j, '}');
}
