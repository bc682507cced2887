// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of pools and their members.

#include "compile/records.h"

#include <septum/admission.h>

#include "check/check.h"

// Members of a pool, in the partitions' order: real-time ones, or the others.
static void add_members(struct records *r, const struct compile *c, size_t pool, bool real_time)
{
    for (size_t i = 0; i < c->unit_count; i++) {
        const struct sys_partition *p = c->units[i].p;

        for (size_t v = 0; v < p->pooled_count; v++) {
            if (p->pooled[v].pool_index == (int)pool && p->pooled[v].period.given == real_time) {
                RECORD_ADD(r, member)->vcpu.index =
                    records_first_vcpu(c, p->id.value) + (uint32_t)p->pooled[v].id.value;
            }
        }
    }
}

// The lines stand in the partitions' order, as their records.
static void add_fast(struct records *r, const struct compile *c, size_t pool)
{
    uint32_t first = 0;

    for (size_t i = 0; i < c->unit_count; i++) {
        const struct sys_partition *p = c->units[i].p;
        const struct sys_vcpu *vcpu = check_pooled(p, 0);

        for (size_t n = 0; n < p->line_count; n++) {
            if (vcpu != NULL && vcpu->pool_index == (int)pool && p->lines[n].delivery != 0) {
                struct sep_cfg_fast *record = RECORD_ADD(r, fast);

                record->interrupt.index = first + (uint32_t)n;
                record->delivery = (uint32_t)p->lines[n].delivery;
            }
        }
        first += (uint32_t)p->line_count;
    }
}

static void add_pool(struct records *r, const struct compile *c, size_t index)
{
    const struct sys_pool *pool = &c->s->sys->pools[index];
    struct sep_cfg_pool record = {
        .quantum = pool->quantum.value,
        .overhead = pool->overhead,
        .blocking = pool->blocking,
        .cpu = (uint32_t)pool->cpu.value,
        .reserve = (uint32_t)pool->reserve.value,
    };

    record.name = record_text(r, pool->name.text);
    record.members = RECORD_LIST_BEGIN(r, member);
    add_members(r, c, index, true);
    RECORD_LIST_END(r, member, &record.members);
    record.real_time = record.members.count;
    add_members(r, c, index, false);
    RECORD_LIST_END(r, member, &record.members);
    record.fast = RECORD_LIST_BEGIN(r, fast);
    add_fast(r, c, index);
    RECORD_LIST_END(r, fast, &record.fast);
    if (record.fast.count != 0) {
        record.preemption_window = pool->window.value;
        record.preemption = sep_admission_share((uint32_t)pool->preemption.value);
    }
    *RECORD_ADD(r, pool) = record;
}

void records_pools(struct records *r, const struct compile *c)
{
    for (size_t i = 0; i < c->s->sys->pool_count; i++) {
        add_pool(r, c, i);
    }
}
