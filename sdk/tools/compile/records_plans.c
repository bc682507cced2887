// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of processors, plans and slots.

#include "compile/records.h"

static uint64_t partition_id(const struct compile *c, const struct sys_slot *slot)
{
    return c->s->sys->partitions[slot->index].id.value;
}

// What lies between the end of one slot and the start of the next, or the frame's bounds.
static void add_gap(struct records *r, uint64_t start, uint64_t end, uint32_t id)
{
    if (start != end) {
        *RECORD_ADD(r, slot) = (struct sep_cfg_slot){.start = start,
                                                     .duration = end - start,
                                                     .vcpu = {SEP_CFG_NONE},
                                                     .id = id,
                                                     .pool = {SEP_CFG_NONE}};
    }
}

// The slots are sorted by now. What comes before the first one comes behind the last one of the frame before.
static void add_slots(struct records *r, const struct compile *c, const struct sys_plan *plan,
                      size_t count)
{
    uint32_t id = count != 0 ? (uint32_t)plan->slots[count - 1].id.value : 0;
    uint64_t end = 0;

    for (size_t i = 0; i < count; i++) {
        const struct sys_slot *slot = &plan->slots[i];
        struct sep_cfg_slot *record;

        add_gap(r, end, slot->start.value, id);
        end = slot->start.value + slot->duration.value;
        id = (uint32_t)slot->id.value;
        record = RECORD_ADD(r, slot);
        record->start = slot->start.value;
        record->duration = slot->duration.value;
        record->id = id;
        record->vcpu.index = SEP_CFG_NONE;
        record->pool.index = SEP_CFG_NONE;
        if (slot->pool_index >= 0) {
            record->pool.index = (uint32_t)slot->pool_index;
        } else {
            record->vcpu.index =
                records_first_vcpu(c, partition_id(c, slot)) + (uint32_t)slot->vcpu.value;
        }
    }
    add_gap(r, end, plan->frame.value, id);
}

static const struct sys_cpu *cpu_with_id(const struct sys *sys, size_t id)
{
    const struct sys_cpu *cpu = sys->cpus;

    while (cpu->id.value != id) {
        cpu++;
    }
    return cpu;
}

// Plan n of whichever processor has it: frame and name are the same on all.
static const struct sys_plan *any_plan(const struct sys *sys, size_t n)
{
    const struct sys_cpu *cpu = sys->cpus;

    while (cpu->plan_count <= n) {
        cpu++;
    }
    return &cpu->plans[n];
}

static size_t most_plans(const struct sys *sys)
{
    size_t most = 0;

    for (size_t i = 0; i < sys->cpu_count; i++) {
        most = sys->cpus[i].plan_count > most ? sys->cpus[i].plan_count : most;
    }
    return most;
}

static void add_plan(struct records *r, const struct compile *c, const struct sys_cpu *cpu,
                     size_t n)
{
    bool has = n < cpu->plan_count;
    const struct sys_plan *plan = has ? &cpu->plans[n] : any_plan(c->s->sys, n);
    struct sep_cfg_plan record = {.major_frame = plan->frame.value, .id = (uint32_t)n};

    record.name = record_text(r, plan->name.text);
    record.flags = plan->immediate ? SEP_CFG_PLAN_IMMEDIATE : 0u;
    if (plan->sync.ok) {
        record.sync_line = (uint32_t)plan->sync.value;
        record.sync_timeout = plan->sync_timeout.value;
    }
    record.slots = RECORD_LIST_BEGIN(r, slot);
    add_slots(r, c, plan, has ? plan->slot_count : 0);
    RECORD_LIST_END(r, slot, &record.slots);
    *RECORD_ADD(r, plan) = record;
}

void records_plans(struct records *r, const struct compile *c)
{
    const struct sys *sys = c->s->sys;
    size_t plans = most_plans(sys);

    for (size_t id = 0; id < sys->cpu_count; id++) {
        struct sep_cfg_cpu record = {.id = (uint32_t)id, .plans = RECORD_LIST_BEGIN(r, plan)};

        for (size_t n = 0; n < plans; n++) {
            add_plan(r, c, cpu_with_id(sys, id), n);
        }
        RECORD_LIST_END(r, plan, &record.plans);
        *RECORD_ADD(r, cpu) = record;
    }
}
