// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The compiled configuration: records in the target's byte order, field by field after the one
// table of septum/config.h. Records have no padding, so fields follow each other.

#include "compile/layout.h"
#include "compile/records.h"

#include <string.h>

#include "image/sha256.h"

#define FIELD_KIND(kind, name, target) SEP_CFG_KIND_##kind,
#define KIND_LIST(type)                                                                            \
    static const enum sep_cfg_kind kinds_##type[] = {SEP_CFG_FIELDS_##type(FIELD_KIND)};
SEP_CFG_RECORD_LIST(KIND_LIST)
#undef KIND_LIST

struct section {
    const void *records;
    size_t count, record_size;
    const enum sep_cfg_kind *kinds;
    size_t kind_count;
};

sep_text_t record_text(struct records *r, const char *text)
{
    size_t length = strlen(text) + 1;
    char *grown;

    for (size_t at = 0; at < r->text_size; at += strlen(r->text + at) + 1) {
        if (strcmp(r->text + at, text) == 0) {
            return (sep_text_t){(uint32_t)at};
        }
    }
    grown = pool_alloc(r->memory, r->text_size + length);
    memcpy(grown, r->text, r->text_size);
    memcpy(grown + r->text_size, text, length);
    r->text = grown;
    r->text_size += length;
    return (sep_text_t){(uint32_t)(r->text_size - length)};
}

static uint32_t word_at(const uint8_t *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

// One field from the host's record; answers its size.
static size_t put_field(struct target_bytes *out, enum sep_cfg_kind kind, const uint8_t *at)
{
    uint64_t value;

    switch (kind) {
    case SEP_CFG_KIND_ADDR:
    case SEP_CFG_KIND_U64:
        memcpy(&value, at, sizeof value);
        target_put(out, value, 8);
        return SEP_CFG_SIZE_U64;
    case SEP_CFG_KIND_LIST:
        target_put(out, word_at(at), 4);
        target_put(out, word_at(at + 4), 4);
        return SEP_CFG_SIZE_LIST;
    case SEP_CFG_KIND_HASH:
        target_put_bytes(out, at, SEP_CFG_HASH_BYTES);
        return SEP_CFG_SIZE_HASH;
    case SEP_CFG_KIND_U32:
    case SEP_CFG_KIND_TEXT:
    case SEP_CFG_KIND_REF:
    case SEP_CFG_KIND_OPT:
        break;
    }
    target_put(out, word_at(at), 4);
    return SEP_CFG_SIZE_U32;
}

static void put_section(struct target_bytes *out, const struct section *section)
{
    for (size_t i = 0; i < section->count; i++) {
        const uint8_t *at = (const uint8_t *)section->records + i * section->record_size;

        for (size_t k = 0; k < section->kind_count; k++) {
            at += put_field(out, section->kinds[k], at);
        }
    }
}

static void put_header(struct target_bytes *out, const struct compile *c,
                       const struct section *sections, size_t text_size)
{
    size_t offset = sizeof(struct sep_cfg_header);
    size_t text = offset;
    size_t size;

    for (size_t i = 0; i < SEP_CFG_TYPE_COUNT; i++) {
        text += sections[i].count * sections[i].record_size;
    }
    size = text + text_size;
    target_put(out, SEP_CFG_MAGIC, 4);
    target_put(out, SEP_ABI_REVISION, 4);
    target_put(out, c->target.arch, 4);
    target_put(out, size, 4);
    target_put_bytes(out, (const uint8_t[SEP_CFG_HASH_BYTES]){0}, SEP_CFG_HASH_BYTES);
    target_put(out, SEP_CFG_TYPE_COUNT, 4);
    target_put(out, text, 4);
    target_put(out, text_size, 4);
    target_put(out, 0, 4);
    for (size_t i = 0; i < SEP_CFG_TYPE_COUNT; i++) {
        target_put(out, offset, 4);
        target_put(out, sections[i].count, 4);
        target_put(out, sections[i].record_size, 4);
        target_put(out, 0, 4);
        offset += sections[i].count * sections[i].record_size;
    }
}

// Over the words in front of the hash and everything behind it.
static void put_hash(struct target_bytes *out)
{
    size_t at = offsetof(struct sep_cfg_header, sha256);
    size_t behind = at + SEP_CFG_HASH_BYTES;

    sha256_two(out->data, at, out->data + behind, out->size - behind, out->data + at);
}

static struct bytes write_records(const struct compile *c, const struct records *r)
{
    struct target_bytes out = {.pool = c->pool, .big_endian = c->target.big_endian != 0};
    size_t text_size = target_round(r->text_size, 8);
    const struct section sections[SEP_CFG_TYPE_COUNT] = {
#define SECTION(type)                                                                              \
    {r->type, r->type##_count, sizeof *r->type, kinds_##type,                                      \
     sizeof kinds_##type / sizeof *kinds_##type},
        SEP_CFG_RECORD_LIST(SECTION)
#undef SECTION
    };

    put_header(&out, c, sections, text_size);
    for (size_t i = 0; i < SEP_CFG_TYPE_COUNT; i++) {
        put_section(&out, &sections[i]);
    }
    target_put_bytes(&out, r->text, r->text_size);
    target_align(&out, 8);
    put_hash(&out);
    return (struct bytes){out.data, out.size};
}

static void add_system(struct records *r, const struct compile *c)
{
    const struct sys *sys = c->s->sys;
    struct sep_cfg_system *record = RECORD_ADD(r, system);

    record->hypervisor_start = c->layout.start;
    record->hypervisor_size = c->layout.size;
    record->arena_start = c->layout.arena_start;
    record->arena_size = c->layout.arena_size;
    record->blobs_start = c->layout.blobs_start;
    record->blobs_size = c->layout.blobs_size;
    record->name = record_text(r, sys->name.text);
    record->board = record_text(r, c->s->board->name);
    record->cpus.count = (uint32_t)r->cpu_count;
    record->partitions.count = (uint32_t)r->partition_count;
    record->vcpus.count = (uint32_t)r->vcpu_count;
    record->plan_count = (uint32_t)(r->plan_count / r->cpu_count);
    record->console_ring = (uint32_t)sys->ring.value;
    record->trace_mask = sys->trace.mask;
    record->trace_records = (uint32_t)sys->trace.records.value;
    record->flags = sys->console.given ? SEP_CFG_SYSTEM_CONSOLE : 0;
    record->log_records = layout_log_records(c);
    record->actions = records_actions(r, &sys->health, true);
    record->restarts = (uint32_t)sys->health.restarts.value;
    record->behind_traces = (uint32_t)c->layout.behind_traces;
}

struct bytes config_write(const struct compile *c)
{
    struct records r = {.memory = c->pool};

    r.text = pool_alloc(c->pool, 1);
    r.text_size = 1; // offset 0 is the empty text
    records_plans(&r, c);
    records_pools(&r, c);
    records_partitions(&r, c);
    records_channels(&r, c);
    add_system(&r, c);
    return write_records(c, &r);
}
