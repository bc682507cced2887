// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plans whose frames do not all begin where the one before ends: at once, or with an external interrupt.

#include "check/check.h"

#include <inttypes.h>

#include "base/units.h"

static void refuse(struct check *c, const struct sys_plan *plan, unsigned line, const char *what,
                   const char *mend)
{
    diag_add(c->diags, RULE_PLAN_SYNC, line, "plan '%s' waits for an interrupt, %s" MEND "%s",
             plan->name.text, what, mend);
}

// The first real-time vCPU of a pool, and its partition; NULL: it has none.
static const struct sys_vcpu *real_time_of(const struct check *c, int pool,
                                           const struct sys_partition **partition)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t v = 0; v < p->pooled_count; v++) {
            if (p->pooled[v].pool_index == pool && p->pooled[v].period.given) {
                *partition = p;
                return &p->pooled[v];
            }
        }
    }
    return NULL;
}

// What counts on frames that follow each other. Tasks, precedence and chains are looked at in plan 0.
static void check_counting(struct check *c, const struct sys_plan *plan, bool first)
{
    for (size_t i = 0; first && i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        if (p->time_line != 0 || p->tasks_count != 0) {
            refuse(c, plan, p->time_line != 0 ? p->time_line : p->tasks[0].line,
                   pool_printf(c->pool,
                               "and partition '%s' says what it needs of it in each period",
                               p->name.text),
                   "such periods follow each other without a wait: remove one of both");
        }
    }
    for (size_t i = 0; i < plan->slot_count; i++) {
        int pool = plan->slots[i].pool_index;
        const struct sys_partition *p = NULL;
        const struct sys_vcpu *vcpu = pool >= 0 ? real_time_of(c, pool, &p) : NULL;

        if (vcpu != NULL) {
            refuse(c, plan, plan->slots[i].line,
                   pool_printf(c->pool,
                               "and has a slot of pool '%s' with the real-time vCPU %" PRIu64
                               " of partition '%s'",
                               c->sys->pools[pool].name.text, vcpu->id.value, p->name.text),
                   "its periods are of the clock, and the frames are not: leave one of both");
            return;
        }
    }
}

static void check_beginning(struct check *c, const struct sys_plan *plan, bool first)
{
    if (plan->sync.given != plan->sync_timeout.given) {
        diag_add(c->diags, RULE_PLAN_SYNC, plan->line,
                 "plan '%s' has '%s' and no '%s'" MEND
                 "a frame waits for an interrupt line, and not for ever",
                 plan->name.text, plan->sync.given ? "sync" : "syncTimeout",
                 plan->sync.given ? "syncTimeout" : "sync");
    } else if (plan->sync.given && c->sys->cpu_count != 1) {
        refuse(c, plan, plan->sync.line, "and the system has several processors",
               "one alone can begin its frames so");
    } else if (plan->sync.given) {
        check_counting(c, plan, first);
    }
    if (plan->immediate && c->sys->cpu_count != 1) {
        diag_add(c->diags, RULE_PLAN_IMMEDIATE, plan->line,
                 "plan '%s' is immediate, and the system has several processors" MEND
                 "their frames begin together: remove 'immediate'",
                 plan->name.text);
    }
}

void check_beginnings(struct check *c)
{
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        for (size_t p = 0; p < c->sys->cpus[i].plan_count; p++) {
            check_beginning(c, &c->sys->cpus[i].plans[p], p == 0);
        }
    }
}
