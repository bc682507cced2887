// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where the parts of the hypervisor's memory lie: binary, configuration, arena, blobs, each at a
// granule.

#include "compile/layout.h"

#include <inttypes.h>
#include <string.h>

#include "base/units.h"

#define BLOB_ALIGN 8u

void layout_blobs(struct compile *c)
{
    uint64_t granule = c->target.granule;
    uint64_t end = 0;

    for (size_t i = 0; i < c->unit_count; i++) {
        for (size_t b = 0; b < c->units[i].blob_count; b++) {
            struct unit_blob *blob = &c->units[i].blobs[b];
            bool mapped = blob->kind == SEP_CFG_BLOB_FILE || blob->kind == SEP_CFG_BLOB_INFO;

            // What is mapped has its granules for itself.
            end = target_round(end, mapped ? granule : BLOB_ALIGN);
            blob->offset = end;
            end += blob->content.size;
            end = mapped ? target_round(blob->content.size == 0 ? end + 1 : end, granule) : end;
        }
    }
    c->layout.blobs_size = target_round(end, granule);
}

static uint64_t physical(const struct unit *u, const struct unit_mapping *m, uint64_t blobs_start)
{
    return m->blob == NO_BLOB ? m->physical : blobs_start + u->blobs[m->blob].offset;
}

static uint64_t table_bytes(const struct compile *c, const struct unit *u, uint64_t blobs_start)
{
    const struct sep_table_levels *g = &c->target.geometry;
    struct sep_table_count count = {{0}, {0}};
    uint64_t bytes = g->levels == 0 ? 0 : g->level[0].bytes;

    for (size_t i = 0; i < u->mapping_count; i++) {
        const struct unit_mapping *m = &u->mappings[i];

        sep_table_count_area(g, &count, m->virtual, physical(u, m, blobs_start), m->size);
    }
    for (uint32_t level = 1; level < g->levels; level++) {
        bytes += (uint64_t)count.tables[level] * g->level[level].bytes;
    }
    return bytes;
}

// Each channel: its struct, then its buffers.
static uint64_t channel_bytes(const struct compile *c)
{
    const struct sys *sys = c->s->sys;
    uint64_t bytes = 0;

    for (size_t i = 0; i < sys->channel_count; i++) {
        bytes += sep_arena_round(c->target.sizeof_channel) +
                 sep_arena_channel_buffers((uint32_t)sys->channels[i].size.value,
                                           (uint32_t)sys->channels[i].depth.value);
    }
    return bytes;
}

static uint64_t pool_bytes(const struct compile *c)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < c->s->sys->pool_count; i++) {
        uint32_t real_time = 0;

        for (size_t k = 0; k < c->unit_count; k++) {
            const struct sys_partition *p = c->units[k].p;

            for (size_t v = 0; v < p->pooled_count; v++) {
                real_time += p->pooled[v].pool_index == (int)i && p->pooled[v].period.given;
            }
        }
        bytes += sep_arena_pool(c->target.sizeof_pool, c->target.sizeof_pool_task,
                                c->target.word_bytes, real_time);
    }
    return bytes;
}

uint32_t layout_log_records(const struct compile *c)
{
    return c->target.sizeof_hm_record == 0 ? 0 : (uint32_t)c->s->sys->log.value;
}

static struct sep_arena_need arena_need(const struct compile *c, uint64_t blobs_start)
{
    uint64_t console = sep_arena_round(c->target.sizeof_console);
    struct sep_arena_need need = {
        .consoles = console + c->s->sys->ring.value,
        .pools = pool_bytes(c),
        .channels = channel_bytes(c),
        .traces = sep_arena_trace((uint32_t)c->s->sys->trace.records.value),
        .logs = sep_arena_log(c->target.sizeof_hm_record, layout_log_records(c))};

    for (size_t i = 0; i < c->unit_count; i++) {
        const struct sys_partition *p = c->units[i].p;

        need.tables += table_bytes(c, &c->units[i], blobs_start);
        need.consoles += p->console.given ? console + p->console.value : 0;
        need.traces += sep_arena_trace((uint32_t)p->trace.records.value);
        need.vcpus += p->vcpus.value * c->target.sizeof_vcpu;
    }
    need.partitions = c->unit_count * (uint64_t)c->target.sizeof_partition;
    return need;
}

// How many tables the blobs' mappings need depends on where the blobs lie, and that on the arena's
// size. Moving the blobs up until the arena fits below them ends, as no arena is larger than the one
// with a table entry for each granule.
static void place_blobs(struct compile *c)
{
    struct septum_layout *l = &c->layout;
    uint64_t granule = c->target.granule;
    uint64_t next = l->arena_start;
    struct sep_arena_need need;

    do {
        l->blobs_start = next;
        need = arena_need(c, l->blobs_start);
        l->arena_size = sep_arena_total(&need);
        next = target_round(l->arena_start + l->arena_size, granule);
    } while (next > l->blobs_start);
    l->behind_traces = sep_arena_behind_traces(&need);
}

static void check_size(struct compile *c)
{
    const struct septum_layout *l = &c->layout;
    struct pool *pool = c->pool;

    if (l->used > l->size) {
        diag_add(
            &c->s->diags, RULE_TOO_SMALL, c->s->sys->size.line,
            "the hypervisor's memory of %s is too small: binary %s, configuration %s, arena %s, "
            "images %s" MEND "make it at least %s",
            units_print_size(pool, l->size), units_print_size(pool, l->binary_size),
            units_print_size(pool, l->config_size), units_print_size(pool, l->arena_size),
            units_print_size(pool, l->blobs_size),
            units_print_size(pool, target_round(l->used, c->target.granule)));
    }
}

void layout_place(struct compile *c, uint64_t config_size)
{
    struct septum_layout *l = &c->layout;
    uint64_t granule = c->target.granule;

    l->start = c->s->sys->start.value;
    l->size = c->s->sys->size.value;
    l->binary_size = c->target.end - c->target.start;
    l->config_start = target_round(c->target.end, granule);
    l->config_size = config_size;
    l->arena_start = target_round(l->config_start + config_size, granule);
    place_blobs(c);
    l->used = l->blobs_start + l->blobs_size - l->start;
    check_size(c);
}

struct bytes layout_blob_bytes(const struct compile *c)
{
    struct bytes all = {pool_alloc(c->pool, c->layout.blobs_size), c->layout.blobs_size};

    for (size_t i = 0; i < c->unit_count; i++) {
        for (size_t b = 0; b < c->units[i].blob_count; b++) {
            const struct unit_blob *blob = &c->units[i].blobs[b];

            if (blob->content.size != 0) {
                memcpy(all.data + blob->offset, blob->content.data, blob->content.size);
            }
        }
    }
    return all;
}
