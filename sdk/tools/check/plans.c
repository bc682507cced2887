// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Processors and plans: what the board has, frames that agree, everybody has a slot, somebody starts.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/info.h>

#include "base/units.h"

static void check_processors(struct check *c)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        const struct num *id = &c->sys->cpus[i].id;

        if (c->board != NULL && id->ok && id->value >= c->board->cpus) {
            diag_add(c->diags, RULE_CPU_UNKNOWN, id->line,
                     "processor %" PRIu64 " does not exist: board '%s' has %" PRIu64 MEND
                     "processors are numbered from 0",
                     id->value, c->board->name, c->board->cpus);
        }
    }
}

static void check_frames(struct check *c)
{
    const struct sys_cpu *first = c->sys->cpus;

    for (size_t i = 1; i < c->sys->cpu_count; i++) {
        const struct sys_cpu *cpu = &c->sys->cpus[i];

        for (size_t p = 0; p < cpu->plan_count && p < first->plan_count; p++) {
            const struct num *a = &first->plans[p].frame;
            const struct num *b = &cpu->plans[p].frame;

            if (a->ok && b->ok && a->value != b->value) {
                diag_add(c->diags, RULE_FRAMES_DIFFER, b->line,
                         "major frame of plan %zu is %s on processor %" PRIu64 " and %s on "
                         "processor %" PRIu64 " (line %u)" MEND
                         "a plan has the same frame on every processor",
                         p, units_print_time(c->pool, b->value), cpu->id.value,
                         units_print_time(c->pool, a->value), first->id.value, a->line);
            }
        }
    }
}

struct use {
    const struct sys_slot *slot; ///< first one of the vCPU, NULL: none
    const struct sys_cpu *cpu;
    bool reported;
};

/// What the slots of a partition say.
struct seen {
    struct use uses[VCPUS_MAX];
    bool any;   ///< it has a slot
    bool doubt; ///< a slot names a vCPU that does not exist
};

// Notes a slot of a vCPU; a second processor for it is an error, told once.
static void note(struct check *c, struct use *use, const struct sys_cpu *cpu,
                 const struct sys_slot *slot)
{
    if (use->slot == NULL) {
        *use = (struct use){slot, cpu, false};
    } else if (use->cpu != cpu && !use->reported) {
        use->reported = true;
        diag_add(c->diags, RULE_VCPU_TWO_CPUS, slot->line,
                 "vCPU %" PRIu64 " of partition '%s' has slots on processor %" PRIu64
                 " and on processor %" PRIu64 " (line %u)" MEND "a vCPU lives on one processor",
                 slot->vcpu.value, slot->partition.text, cpu->id.value, use->cpu->id.value,
                 use->slot->line);
    }
}

static void walk_plan(struct check *c, struct seen *partitions, const struct sys_cpu *cpu,
                      const struct sys_plan *plan)
{
    for (size_t i = 0; i < plan->slot_count; i++) {
        const struct sys_slot *slot = &plan->slots[i];
        struct seen *seen;

        if (slot->index < 0) {
            continue;
        }
        seen = &partitions[slot->index];
        seen->any = true;
        if (slot->vcpu.ok) {
            note(c, &seen->uses[slot->vcpu.value], cpu, slot);
        } else {
            seen->doubt = true;
        }
    }
}

// It lives where its pool does.
static void settle_pooled(struct check *c, struct sys_partition *p, const struct sys_vcpu *pooled,
                          const struct use *use)
{
    if (pooled->pool_index >= 0) {
        p->cpu_of[pooled->id.value] = c->sys->pools[pooled->pool_index].cpu.value;
    }
    if (use->slot != NULL) {
        diag_add(c->diags, RULE_POOL_VCPU, pooled->line,
                 "vCPU %" PRIu64 " of partition '%s' is in pool '%s' and has a slot of its own "
                 "(line %u)" MEND "a vCPU has slots, or shares those of a pool",
                 pooled->id.value, p->name.text, pooled->pool.text, use->slot->line);
    }
}

// Where each vCPU lives; those that live nowhere are reported.
static void settle_vcpus(struct check *c, struct sys_partition *p, const struct seen *seen)
{
    for (uint64_t v = 0; p->vcpus.ok && v < p->vcpus.value; v++) {
        const struct use *use = &seen->uses[v];

        const struct sys_vcpu *pooled = check_pooled(p, v);

        if (pooled != NULL) {
            settle_pooled(c, p, pooled, use);
        } else if (use->slot != NULL) {
            p->cpu_of[v] = use->cpu->id.value;
        } else if (!seen->doubt) {
            diag_add(c->diags, RULE_NO_SLOT, p->vcpus.line,
                     "vCPU %" PRIu64 " of partition '%s' has no slot in any plan" MEND
                     "give it one, or lower 'vcpus'",
                     v, p->name.text);
        }
    }
}

// What one vCPU does to another of its partition happens at once: they live together.
static void check_whole(struct check *c, const struct sys_partition *p)
{
    for (uint64_t v = 1; p->vcpus.ok && v < p->vcpus.value; v++) {
        if (p->cpu_of[v] != p->cpu_of[0]) {
            diag_add(c->diags, RULE_VCPU_TWO_CPUS, p->vcpus.line,
                     "vCPU %" PRIu64 " of partition '%s' lives on processor %" PRIu64
                     " and vCPU 0 on processor %" PRIu64 MEND
                     "a partition lives on one processor: make two partitions of it",
                     v, p->name.text, p->cpu_of[v], p->cpu_of[0]);
            return;
        }
    }
}

// A slot names the first of two partitions of one name.
static bool second_of_name(const struct check *c, size_t index)
{
    size_t i = 0;

    while (strcmp(c->sys->partitions[i].name.text, c->sys->partitions[index].name.text) != 0) {
        i++;
    }
    return i != index;
}

static void check_partition_slots(struct check *c, size_t index, const struct seen *seen)
{
    struct sys_partition *p = &c->sys->partitions[index];

    if (second_of_name(c, index) || c->unplanned) {
        return;
    }
    if (seen->any || p->pooled_count != 0) {
        settle_vcpus(c, p, seen);
        check_whole(c, p);
    } else if (!check_slots_lost(c, p)) {
        diag_add(c->diags, RULE_NO_SLOT, p->line,
                 "partition '%s' has no slot in any plan" MEND "give it one, or remove it",
                 p->name.text);
    }
}

// The others are started by a partition that runs.
static void check_boot(struct check *c)
{
    bool boots = c->sys->partition_count == 0; // that is told otherwise

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        boots = boots || !p->flags_ok || (p->flags & SEP_PARTITION_BOOT) != 0u;
    }
    if (!boots) {
        diag_add(c->diags, RULE_NO_BOOT, c->sys->partitions_line,
                 "no partition starts at boot" MEND "give one of them the flag 'boot'");
    }
}

static void check_startable(struct check *c, const struct sys_partition *p)
{
    if (p->flags_ok && (p->flags & SEP_PARTITION_NO_RESET) != 0u &&
        (p->flags & SEP_PARTITION_BOOT) == 0u) {
        diag_add(c->diags, RULE_NEVER_STARTS, p->resets.line,
                 "partition '%s' says resets=\"none\" and has no flag 'boot', so that it never "
                 "starts" MEND "give it the flag, or allow a reset",
                 p->name.text);
    }
}

void check_plans(struct check *c)
{
    const struct sys *sys = c->sys;
    struct seen *seen = pool_alloc(c->pool, (sys->partition_count + 1) * sizeof *seen);

    check_processors(c);
    check_frames(c);
    for (size_t i = 0; i < sys->cpu_count; i++) {
        for (size_t p = 0; p < sys->cpus[i].plan_count; p++) {
            walk_plan(c, seen, &sys->cpus[i], &sys->cpus[i].plans[p]);
        }
    }
    for (size_t i = 0; i < sys->partition_count; i++) {
        check_partition_slots(c, i, &seen[i]);
    }
    check_boot(c);
    for (size_t i = 0; i < sys->partition_count; i++) {
        check_startable(c, &sys->partitions[i]);
    }
}
