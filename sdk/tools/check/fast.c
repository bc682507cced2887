// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fast interrupt lines: who may preempt in a pool, and with which time.

#include "check/check.h"

#include <septum/config.h>
#include <inttypes.h>

#include "base/units.h"

static bool has_real_time(const struct check *c, int pool)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t v = 0; v < p->pooled_count; v++) {
            if (p->pooled[v].pool_index == pool && p->pooled[v].period.given) {
                return true;
            }
        }
    }
    return false;
}

static void check_line(struct check *c, const struct sys_partition *p, const struct sys_line *line)
{
    const struct sys_vcpu *vcpu = check_pooled(p, 0);
    struct sys_pool *pool;

    if (vcpu == NULL || vcpu->period.given || p->os.line != 0) {
        diag_add(c->diags, RULE_FAST_OWNER, line->number.line,
                 "the interrupts of line %" PRIu64 " of partition '%s' cannot preempt: %s" MEND
                 "leave 'delivery' out: they wait for the partition's slot",
                 line->number.value, p->name.text,
                 p->os.line != 0 ? "it is an unmodified operating system"
                 : vcpu == NULL  ? "its vCPU 0 is in no pool"
                                 : "its vCPU 0 is a real-time one, which has its jobs");
        return;
    }
    if (vcpu->pool_index < 0) {
        return; // that is said already
    }
    pool = &c->sys->pools[vcpu->pool_index];
    pool->fast_count++;
    if (pool->fast_count == SEP_POOL_FAST_MAX + 1u) {
        diag_add(c->diags, RULE_FAST_MANY, line->number.line,
                 "pool '%s' has more than %u fast interrupt lines" MEND
                 "have the interrupts of some wait for their partition's slot",
                 pool->name.text, SEP_POOL_FAST_MAX);
    }
    if (line->delivery == SEP_DELIVERY_RESET && has_real_time(c, vcpu->pool_index)) {
        diag_add(c->diags, RULE_FAST_RESET, line->number.line,
                 "interrupt line %" PRIu64 " of partition '%s' resets the quantum in pool '%s', "
                 "which has real-time vCPUs: a quantum that begins anew with each interrupt is a "
                 "demand that no capacity accounts for" MEND "write delivery=\"recycle\"",
                 line->number.value, p->name.text, pool->name.text);
    }
}

// The longest slot of a pool.
static uint64_t longest_slot(const struct check *c, int pool)
{
    uint64_t longest = 0;

    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t k = 0; k < c->sys->cpus[i].plan_count; k++) {
            const struct sys_plan *plan = &c->sys->cpus[i].plans[k];

            for (size_t n = 0; n < plan->slot_count; n++) {
                if (plan->slots[n].pool_index == pool && plan->slots[n].duration.value > longest) {
                    longest = plan->slots[n].duration.value;
                }
            }
        }
    }
    return longest;
}

// A preemption is charged with what the hypervisor takes; so is the timer that tells when there is time again.
static void check_budget(struct check *c, const struct sys_pool *pool, int index)
{
    uint64_t longest = longest_slot(c, index);
    uint64_t window = pool->window.value < longest ? pool->window.value : longest;
    uint64_t budget = window * pool->preemption.value / 100u;

    if (!pool->preemption.ok || !pool->window.ok || longest == 0) {
        return;
    }
    if (pool->preemption.value == 0) {
        diag_add(c->diags, RULE_FAST_BUDGET, pool->line,
                 "pool '%s' has fast interrupt lines, and no time for their preemptions" MEND
                 "give it 'preemption', a percentage of its slots",
                 pool->name.text);
    } else if (pool->window.value > SEP_POOL_WINDOW_MAX) {
        diag_add(c->diags, RULE_FAST_BUDGET, pool->window.line,
                 "preemptionWindow %s of pool '%s' is longer than %s" MEND "shorten it",
                 units_print_time(c->pool, pool->window.value), pool->name.text,
                 units_print_time(c->pool, SEP_POOL_WINDOW_MAX));
    } else if (budget <= 2u * pool->overhead) {
        diag_add(c->diags, RULE_FAST_BUDGET,
                 pool->preemption.given ? pool->preemption.line : pool->line,
                 "pool '%s' has fast interrupt lines, and their preemptions may take %" PRIu64
                 " percent of it: of %s that is not more than the hypervisor takes for one, %s" MEND
                 "raise 'preemption', or lengthen 'preemptionWindow' or the pool's slots",
                 pool->name.text, pool->preemption.value, units_print_time(c->pool, window),
                 units_print_time(c->pool, 2u * pool->overhead));
    } else {
        // There is time for one at least.
    }
}

void check_fast(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t n = 0; n < p->line_count; n++) {
            if (p->lines[n].delivery != 0) {
                check_line(c, p, &p->lines[n]);
            }
        }
    }
    for (size_t i = 0; i < c->sys->pool_count; i++) {
        if (c->sys->pools[i].fast_count != 0) {
            c->sys->pools[i].overhead = c->sys->pools[i].overhead_fast;
            check_budget(c, &c->sys->pools[i], (int)i);
        }
    }
}
