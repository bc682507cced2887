// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Admission: every plan that holds a pool lets the pool's real-time vCPUs meet their deadlines, with what the
// hypervisor was measured to take on the board. The test itself is the kernel's (kernel/admission.c).

#include "check/check.h"

#include <septum/admission.h>
#include <inttypes.h>

#include "base/units.h"
#include "report/bounds.h"

/// The real-time vCPUs of a pool, in the order of the description.
struct candidates {
    struct sep_admission_task *tasks;
    size_t count;
    const struct sys_vcpu **vcpus;
    size_t vcpu_count;
    const char **names;
    size_t name_count;
    bool ok; ///< all their times can be used
};

static struct candidates collect(struct check *c, int pool)
{
    struct candidates all = {.ok = true};

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t v = 0; v < p->pooled_count; v++) {
            const struct sys_vcpu *vcpu = &p->pooled[v];

            if (vcpu->pool_index != pool || !vcpu->period.given) {
                continue;
            }
            all.ok = all.ok && vcpu->period.ok && vcpu->capacity.ok && vcpu->deadline.ok &&
                     vcpu->offset.ok && vcpu->offset.value < vcpu->period.value &&
                     vcpu->deadline.value <= vcpu->period.value;
            *POOL_PUSH(c->pool, all.tasks, all.count) =
                (struct sep_admission_task){.period = vcpu->period.value,
                                            .capacity = vcpu->capacity.value,
                                            .deadline = vcpu->deadline.value,
                                            .offset = vcpu->offset.value};
            *POOL_PUSH(c->pool, all.vcpus, all.vcpu_count) = vcpu;
            *POOL_PUSH(c->pool, all.names, all.name_count) = pool_printf(
                c->pool, "vCPU %" PRIu64 " of partition '%s'", vcpu->id.value, p->name.text);
        }
    }
    return all;
}

// Slots as the test takes them; false if one cannot be used, or the pool has none.
static bool convert(struct check *c, const struct sys_plan *plan, int pool, struct sep_admission *a)
{
    struct sep_cfg_slot *slots = NULL;
    size_t count = 0;
    bool holds = false;

    for (size_t i = 0; i < plan->slot_count; i++) {
        const struct sys_slot *slot = &plan->slots[i];

        if (slot->pool_index != pool) {
            continue;
        }
        if (!slot->start.ok || !slot->duration.ok ||
            slot->start.value + slot->duration.value > plan->frame.value) {
            return false;
        }
        holds = true;
        *POOL_PUSH(c->pool, slots, count) = (struct sep_cfg_slot){
            .start = slot->start.value, .duration = slot->duration.value, .pool = {(uint32_t)pool}};
    }
    a->slots = slots;
    a->slot_count = (uint32_t)count;
    a->frame = plan->frame.value;
    return holds && plan->frame.ok;
}

static void tell(struct check *c, const struct sys_pool *pool, const struct sys_plan *plan,
                 const struct candidates *all, const struct sep_admission *a,
                 enum sep_admission_answer answer)
{
    const struct sys_vcpu *vcpu = all->vcpus[a->task];
    const char *demand = units_print_time(c->pool, a->demand);
    const char *supply = units_print_time(c->pool, a->supply);
    bool fast = a->preemption_window != 0;

    if (answer == SEP_ADMISSION_MISSED) {
        diag_add(
            c->diags, RULE_POOL_DEADLINE, vcpu->line,
            "%s %s its deadline at %s of plan '%s': from %s to there the real-time vCPUs "
            "of pool '%s' want %s, with what the hypervisor takes, and its slots have %s%s" MEND
            "lower a capacity%s, or lengthen the pool's slots",
            all->names[a->task], fast ? "may miss" : "misses", units_print_time(c->pool, a->missed),
            plan->name.text, units_print_time(c->pool, a->window), pool->name.text, demand, supply,
            fast ? " besides what interrupts may preempt" : "", fast ? " or 'preemption'" : "");
    } else if (answer == SEP_ADMISSION_NOT_SHOWN) {
        diag_add(
            c->diags, RULE_POOL_NOT_SHOWN, pool->line,
            "plan '%s' and the periods of pool '%s' repeat together too late to look at every "
            "deadline, and a window of %s, in which %s are wanted and at least %s supplied, does "
            "not show that all are met" MEND
            "choose periods that divide the major frame or are multiples of it",
            plan->name.text, pool->name.text, units_print_time(c->pool, a->missed), demand, supply);
    } else {
        diag_add(
            c->diags, RULE_POOL_RESERVE, pool->reserve.given ? pool->reserve.line : pool->line,
            "plan '%s' gives pool '%s' %s of each %s, of which its real-time vCPUs take %s, and "
            "%" PRIu64 " percent are reserved for the others" MEND
            "lower a capacity or 'reserve', or lengthen the pool's slots",
            plan->name.text, pool->name.text, supply, units_print_time(c->pool, a->missed), demand,
            pool->reserve.value);
    }
}

static void test(struct check *c, const struct sys_plan *plan, int index)
{
    const struct sys_pool *pool = &c->sys->pools[index];
    struct candidates all = collect(c, index);
    struct sep_admission a = {.pool = (uint32_t)index,
                              .overhead = pool->overhead,
                              .blocking = pool->blocking,
                              .reserve = (uint32_t)pool->reserve.value,
                              .preemption_window = pool->fast_count != 0 ? pool->window.value : 0,
                              .preemption = sep_admission_share((uint32_t)pool->preemption.value),
                              .count = (uint32_t)all.count,
                              .tasks = all.tasks};
    enum sep_admission_answer answer;

    if (!all.ok || all.count == 0 || all.count > SEP_POOL_REAL_TIME_MAX || !pool->reserve.ok ||
        !pool->preemption.ok || !pool->window.ok || pool->window.value > SEP_POOL_WINDOW_MAX ||
        !convert(c, plan, index, &a)) {
        return;
    }
    answer = sep_admission_test(&a);
    if (answer > SEP_ADMISSION_SUFFICIENT) {
        tell(c, pool, plan, &all, &a, answer);
    }
}

// A bound in nanoseconds, rounded up; measured in instructions of a known length. False: there is none.
static bool bound_ns(const char *path, const char *name, uint64_t *ns)
{
    struct bound bound;
    struct bound instruction;

    if (!bounds_read(path, name, &bound) || !bounds_read(path, "instruction_ns", &instruction) ||
        !bound.measured || !instruction.measured) {
        return false;
    }
    *ns = bound.value * instruction.value;
    return true;
}

void check_bounds(struct check *c)
{
    const char *path = c->board == NULL ? NULL : board_bounds(c->pool, c->board->name);
    uint64_t overhead = 0;
    uint64_t overhead_fast = 0;
    uint64_t blocking = 0;
    bool measured = path != NULL && bound_ns(path, "pool_overhead", &overhead) &&
                    bound_ns(path, "pool_overhead_fast", &overhead_fast) &&
                    bound_ns(path, "longest_section", &blocking);

    for (size_t i = 0; measured && i < c->sys->pool_count; i++) {
        c->sys->pools[i].overhead = overhead;
        c->sys->pools[i].overhead_fast = overhead_fast;
        c->sys->pools[i].blocking = blocking;
    }
    if (!measured && c->board != NULL && c->sys->pool_count != 0) {
        diag_add(c->diags, RULE_POOL_BOUNDS, c->sys->pools[0].line,
                 "board '%s' has no measured bounds: admission adds nothing for what the "
                 "hypervisor takes" MEND "leave room in the capacities",
                 c->board->name);
    }
}

void check_admission(struct check *c)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t p = 0; p < c->sys->cpus[i].plan_count; p++) {
            for (size_t pool = 0; pool < c->sys->pool_count; pool++) {
                test(c, &c->sys->cpus[i].plans[p], (int)pool);
            }
        }
    }
}
