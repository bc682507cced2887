// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Slots: whose they are, and that they lie one behind the other inside the major frame.

#include "check/check.h"

#include <septum/config.h>
#include <inttypes.h>
#include <stdlib.h>

#include "base/units.h"

static void resolve_pool(struct check *c, struct sys_slot *slot, const struct sys_cpu *cpu)
{
    const struct sys_pool *pool;

    slot->pool_index = check_pool(c, &slot->pool, "slot");
    if (slot->pool_index < 0) {
        return;
    }
    pool = &c->sys->pools[slot->pool_index];
    if (pool->cpu.ok && cpu->id.ok && pool->cpu.value != cpu->id.value) {
        diag_add(c->diags, RULE_POOL_CPU, slot->pool.line,
                 "slot on processor %" PRIu64 " is of pool '%s' of processor %" PRIu64
                 " (line %u)" MEND "a pool lives on one processor",
                 cpu->id.value, pool->name.text, pool->cpu.value, pool->line);
    }
}

static void resolve(struct check *c, struct sys_slot *slot, const struct sys_cpu *cpu)
{
    const struct sys_partition *p;

    if (slot->partition.given == slot->pool.given) {
        diag_add(c->diags, RULE_SLOT_OWNER, slot->line,
                 slot->pool.given ? "slot is of partition '%s' and of pool '%s'" MEND
                                    "a slot is of one of them"
                                  : "slot is of nobody%s%s" MEND "name a partition or a pool",
                 slot->partition.text, slot->pool.text);
        return;
    }
    if (slot->pool.given) {
        resolve_pool(c, slot, cpu);
        return;
    }
    slot->index =
        check_partition(c, slot->partition.text, RULE_SLOT_PARTITION, slot->partition.line, "slot");
    if (slot->index < 0 || !slot->vcpu.ok) {
        return;
    }
    p = &c->sys->partitions[slot->index];
    if (p->vcpus.ok && slot->vcpu.value >= p->vcpus.value) {
        diag_add(c->diags, RULE_SLOT_VCPU, slot->vcpu.line,
                 "slot names vCPU %" PRIu64 " of partition '%s', which has %" PRIu64
                 " (line %u)" MEND "vCPUs are numbered from 0, see 'vcpus' of the partition",
                 slot->vcpu.value, p->name.text, p->vcpus.value, p->line);
        slot->vcpu.ok = false;
    }
}

static bool slot_ok(const struct sys_slot *slot)
{
    return slot->start.ok && slot->duration.ok;
}

static int compare(const void *left, const void *right)
{
    const struct sys_slot *a = left;
    const struct sys_slot *b = right;

    if (a->start.value != b->start.value) {
        return a->start.value < b->start.value ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static const char *describe(struct check *c, const struct sys_slot *slot)
{
    return pool_printf(c->pool, "slot of '%s' from %s to %s",
                       slot->pool.given ? slot->pool.text : slot->partition.text,
                       units_print_time(c->pool, slot->start.value),
                       units_print_time(c->pool, slot->start.value + slot->duration.value));
}

static void check_end(struct check *c, const struct sys_plan *plan, const struct sys_slot *slot)
{
    if (plan->frame.ok && slot->start.value + slot->duration.value > plan->frame.value) {
        diag_add(c->diags, RULE_SLOT_LATE, slot->start.line,
                 "%s ends behind the major frame of plan '%s', %s (line %u)" MEND
                 "shorten it or lengthen the frame",
                 describe(c, slot), plan->name.text, units_print_time(c->pool, plan->frame.value),
                 plan->frame.line);
    }
}

static void check_length(struct check *c, const struct sys_slot *slot)
{
    if (slot->duration.value < SEP_SLOT_MIN) {
        diag_add(c->diags, RULE_SLOT_SHORT, slot->duration.line,
                 "%s is shorter than %s" MEND "lengthen it", describe(c, slot),
                 units_print_time(c->pool, SEP_SLOT_MIN));
    }
}

static void check_overlap_with(struct check *c, const struct sys_slot *slot,
                               const struct sys_slot *before)
{
    const struct sys_slot *later = slot->line >= before->line ? slot : before;
    const struct sys_slot *earlier = later == slot ? before : slot;

    if (slot->start.value < before->start.value + before->duration.value) {
        diag_add(c->diags, RULE_SLOTS_OVERLAP, later->start.line,
                 "%s overlaps %s (line %u)" MEND "move or shorten one of them", describe(c, later),
                 describe(c, earlier), earlier->line);
    }
}

static void check_plan(struct check *c, const struct sys_cpu *cpu, struct sys_plan *plan)
{
    const struct sys_slot *last = NULL; // of those so far, the one that ends last

    if (plan->slot_count > 1) {
        qsort(plan->slots, plan->slot_count, sizeof *plan->slots, compare);
    }
    for (size_t i = 0; i < plan->slot_count; i++) {
        struct sys_slot *slot = &plan->slots[i];

        resolve(c, slot, cpu);
        if (!slot_ok(slot)) {
            continue;
        }
        check_end(c, plan, slot);
        check_length(c, slot);
        if (last != NULL) {
            check_overlap_with(c, slot, last);
        }
        if (last == NULL ||
            slot->start.value + slot->duration.value > last->start.value + last->duration.value) {
            last = slot;
        }
    }
}

void check_slots(struct check *c)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t p = 0; p < c->sys->cpus[i].plan_count; p++) {
            check_plan(c, &c->sys->cpus[i], &c->sys->cpus[i].plans[p]);
        }
    }
}
