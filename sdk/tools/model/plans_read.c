// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Processors, plans and slots of a description.

#include "model/system.h"

#include "xml/document.h"
#include "xml/positions.h"

static void read_slot(const struct reader *r, struct sys_plan *plan, xmlNode *node)
{
    size_t position = plan->slot_count;
    struct sys_slot *slot = POOL_PUSH(r->pool, plan->slots, plan->slot_count);

    slot->line = position_of(node);
    slot->start = read_time(r, node, "start", ZERO_ALLOWED);
    slot->duration = read_time(r, node, "duration", ZERO_FORBIDDEN);
    slot->partition = read_text(r, node, "partition");
    slot->vcpu = num_or(read_count(r, node, "vcpu", VCPUS_MAX - 1u), 0);
    slot->id = num_or(read_count(r, node, "id", UINT16_MAX), position);
    slot->index = -1;
    slot->pool = read_text(r, node, "pool");
    slot->pool_index = -1;
}

static void read_plan(const struct reader *r, struct sys_cpu *cpu, xmlNode *node)
{
    struct sys_plan *plan = POOL_PUSH(r->pool, cpu->plans, cpu->plan_count);

    plan->line = position_of(node);
    plan->name = read_name(r, node, "name");
    plan->frame = read_time(r, node, "majorFrame", ZERO_FORBIDDEN);
    plan->immediate = read_yes(r, node, "immediate", false);
    plan->sync = read_count(r, node, "sync", UINT16_MAX);
    plan->sync_timeout = read_time(r, node, "syncTimeout", ZERO_FORBIDDEN);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        read_slot(r, plan, c);
    }
}

void pools_read(const struct reader *r, struct sys *sys, xmlNode *pools)
{
    for (xmlNode *c = document_first(pools); c != NULL; c = document_next(c)) {
        struct sys_pool *pool = POOL_PUSH(r->pool, sys->pools, sys->pool_count);

        pool->line = position_of(c);
        pool->name = read_name(r, c, "name");
        pool->cpu = num_or(read_count(r, c, "processor", UINT16_MAX), 0);
        pool->quantum = num_or(read_time(r, c, "quantum", ZERO_FORBIDDEN), QUANTUM_DEFAULT);
        pool->reserve = num_or(read_count(r, c, "reserve", 100), 0);
        pool->preemption = num_or(read_count(r, c, "preemption", 100), 0);
        pool->window = num_or(read_time(r, c, "preemptionWindow", ZERO_FORBIDDEN), WINDOW_DEFAULT);
    }
}

void plans_read(const struct reader *r, struct sys *sys, xmlNode *processors)
{
    for (xmlNode *c = document_first(processors); c != NULL; c = document_next(c)) {
        struct sys_cpu *cpu = POOL_PUSH(r->pool, sys->cpus, sys->cpu_count);

        cpu->line = position_of(c);
        cpu->id = read_count(r, c, "id", UINT16_MAX);
        for (xmlNode *plan = document_first(c); plan != NULL; plan = document_next(plan)) {
            read_plan(r, cpu, plan);
        }
    }
}
