// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Processors and plans: what the board has, frames that agree, everybody has a slot.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

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

static void report_missing(struct check *c, const struct sys_partition *p, const struct use *uses,
                           bool any)
{
    uint64_t vcpus = p->vcpus.ok ? p->vcpus.value : 1;

    if (!any) {
        diag_add(c->diags, RULE_NO_SLOT, p->line,
                 "partition '%s' has no slot in any plan" MEND "give it one, or remove it",
                 p->name.text);
        return;
    }
    for (uint64_t v = 0; v < vcpus; v++) {
        if (uses[v].slot == NULL) {
            diag_add(c->diags, RULE_NO_SLOT, p->vcpus.line,
                     "vCPU %" PRIu64 " of partition '%s' has no slot in any plan" MEND
                     "give it one, or lower 'vcpus'",
                     v, p->name.text);
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

static void check_partition_slots(struct check *c, size_t index)
{
    struct use uses[VCPUS_MAX] = {{NULL, NULL, false}};
    bool any = false;
    bool doubt = false; // a slot names a vCPU that does not exist

    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        const struct sys_cpu *cpu = &c->sys->cpus[i];

        for (size_t p = 0; p < cpu->plan_count; p++) {
            for (size_t s = 0; s < cpu->plans[p].slot_count; s++) {
                const struct sys_slot *slot = &cpu->plans[p].slots[s];

                any |= slot->index == (int)index;
                doubt |= slot->index == (int)index && !slot->vcpu.ok;
                if (slot->index == (int)index && slot->vcpu.ok) {
                    note(c, &uses[slot->vcpu.value], cpu, slot);
                }
            }
        }
    }
    if (!doubt) {
        report_missing(c, &c->sys->partitions[index], uses, any);
    }
}

void check_plans(struct check *c)
{
    check_processors(c);
    check_frames(c);
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        if (!second_of_name(c, i)) {
            check_partition_slots(c, i);
        }
    }
}
