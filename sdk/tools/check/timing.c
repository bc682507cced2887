// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Tasks inside partitions, precedence between partitions, chains over ports: whether what is asked for
// makes sense, and whether plan 0 gives it.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include "base/units.h"
#include "plan/analysis.h"

static void check_task(struct check *c, const struct sys_partition *p, const struct sys_tasks *g,
                       const struct sys_task *t)
{
    bool fixed = g->policy == TASKS_FIXED_PRIORITY;

    if (t->period.ok && t->deadline.ok && t->deadline.value > t->period.value) {
        diag_add(c->diags, RULE_TASK_SENSELESS, t->deadline.line,
                 "task '%s' of partition '%s' has a deadline of %s in a period of %s" MEND
                 "a task ends before it is released again",
                 t->name.text, p->name.text, units_print_time(c->pool, t->deadline.value),
                 units_print_time(c->pool, t->period.value));
    } else if (t->capacity.ok && t->deadline.ok && t->capacity.value > t->deadline.value) {
        diag_add(c->diags, RULE_TASK_SENSELESS, t->capacity.line,
                 "task '%s' of partition '%s' wants %s within %s" MEND
                 "'capacity' is processor time between a release and its deadline",
                 t->name.text, p->name.text, units_print_time(c->pool, t->capacity.value),
                 units_print_time(c->pool, t->deadline.value));
    }
    if (t->offset.ok && t->period.ok && t->offset.value >= t->period.value) {
        diag_add(c->diags, RULE_TASK_SENSELESS, t->offset.line,
                 "task '%s' of partition '%s' has an offset of %s in a period of %s" MEND
                 "an offset is shorter than the period",
                 t->name.text, p->name.text, units_print_time(c->pool, t->offset.value),
                 units_print_time(c->pool, t->period.value));
    }
    if (g->policy >= 0 && fixed != t->priority.given) {
        diag_add(c->diags, RULE_TASK_PRIORITY, fixed ? t->line : t->priority.line,
                 fixed ? "task '%s' of partition '%s' has no priority, its scheduler is "
                         "'fixed-priority'" MEND "give it one; a larger number goes first"
                       : "task '%s' of partition '%s' has a priority, but its scheduler goes by "
                         "times" MEND "remove it, or choose 'fixed-priority'",
                 t->name.text, p->name.text);
    }
}

static void check_group(struct check *c, const struct sys_partition *p, size_t index)
{
    const struct sys_tasks *g = &p->tasks[index];

    if (g->vcpu.ok && p->vcpus.ok && g->vcpu.value >= p->vcpus.value) {
        diag_add(c->diags, RULE_TASKS_VCPU, g->vcpu.line,
                 "tasks of vCPU %" PRIu64 " of partition '%s', which has %" PRIu64 " (line %u)" MEND
                 "vCPUs are numbered from 0",
                 g->vcpu.value, p->name.text, p->vcpus.value, p->line);
    }
    for (size_t i = 0; i < index; i++) {
        if (g->vcpu.ok && p->tasks[i].vcpu.ok && p->tasks[i].vcpu.value == g->vcpu.value) {
            diag_add(c->diags, RULE_TASKS_VCPU, g->line,
                     "vCPU %" PRIu64 " of partition '%s' has tasks already (line %u)" MEND
                     "put the tasks of a vCPU into one 'Tasks'",
                     g->vcpu.value, p->name.text, p->tasks[i].line);
            break;
        }
    }
    for (size_t i = 0; i < g->count; i++) {
        check_task(c, p, g, &g->tasks[i]);
    }
}

void check_tasks(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        for (size_t n = 0; n < c->sys->partitions[i].tasks_count; n++) {
            check_group(c, &c->sys->partitions[i], n);
        }
    }
}

static void check_after(struct check *c, const struct sys_partition *p, struct sys_name *name)
{
    const struct sys_partition *front;

    if (!name->partition.given) {
        return;
    }
    name->index = check_partition(c, name->partition.text, RULE_AFTER_PARTITION, name->line,
                                  pool_printf(c->pool, "'After' of partition '%s'", p->name.text));
    if (name->index < 0) {
        return;
    }
    front = &c->sys->partitions[name->index];
    if (front->time_line == 0) {
        diag_add(c->diags, RULE_AFTER_PERIOD, name->line,
                 "partition '%s' comes after '%s', which has no temporal requirement (line %u)" MEND
                 "give it one of the same period",
                 p->name.text, front->name.text, front->line);
        name->index = -1;
    } else if (p->period.ok && front->period.ok && p->period.value != front->period.value) {
        diag_add(
            c->diags, RULE_AFTER_PERIOD, name->line,
            "partition '%s' has a period of %s and comes after '%s', which has %s (line %u)" MEND
            "precedence is between partitions of one period; a 'Chain' connects different ones",
            p->name.text, units_print_time(c->pool, p->period.value), front->name.text,
            units_print_time(c->pool, front->period.value), front->period.line);
        name->index = -1;
    }
}

// Walks from a partition to those in front of it; the line that closes a circle, 0: none.
static const struct sys_name *find_circle(struct check *c, size_t index, unsigned char *seen)
{
    const struct sys_partition *p = &c->sys->partitions[index];

    seen[index] = 1;
    for (size_t i = 0; i < p->after_count; i++) {
        int next = p->after[i].index;
        const struct sys_name *found = NULL;

        if (next >= 0 && seen[next] == 1) {
            return &p->after[i];
        }
        found = next >= 0 && seen[next] == 0 ? find_circle(c, (size_t)next, seen) : NULL;
        if (found != NULL) {
            return found;
        }
    }
    seen[index] = 2;
    return NULL;
}

void check_precedence(struct check *c)
{
    struct sys *sys = c->sys;
    unsigned char *seen = pool_alloc(c->pool, sys->partition_count + 1);
    const struct sys_name *circle = NULL;

    for (size_t i = 0; i < sys->partition_count; i++) {
        for (size_t n = 0; n < sys->partitions[i].after_count; n++) {
            check_after(c, &sys->partitions[i], &sys->partitions[i].after[n]);
        }
    }
    for (size_t i = 0; i < sys->partition_count && circle == NULL; i++) {
        circle = seen[i] == 0 ? find_circle(c, i, seen) : NULL;
    }
    if (circle != NULL) {
        diag_add(c->diags, RULE_AFTER_CYCLE, circle->line,
                 "'After' of '%s' closes a circle: each of its partitions waits for the other" MEND
                 "remove one 'After' of the circle",
                 circle->partition.text);
    }
}

static bool connected(const struct check *c, int from, int to)
{
    for (size_t i = 0; i < c->sys->channel_count; i++) {
        const struct sys_channel *channel = &c->sys->channels[i];

        for (size_t n = 0; channel->source_count != 0 && n < channel->destination_count; n++) {
            if (channel->sources[0].index == from && channel->destinations[n].index == to) {
                return true;
            }
        }
    }
    return false;
}

static void check_step(struct check *c, const struct sys_chain *chain, size_t n)
{
    struct sys_name *step = &chain->steps[n];

    if (!step->partition.given) {
        return;
    }
    step->index = check_partition(c, step->partition.text, RULE_CHAIN_PARTITION, step->line,
                                  pool_printf(c->pool, "chain '%s'", chain->name.text));
    if (step->index < 0) {
        return;
    }
    if (c->sys->partitions[step->index].time_line == 0) {
        diag_add(c->diags, RULE_CHAIN_REQUIREMENT, step->line,
                 "chain '%s' leads over '%s', which has no temporal requirement (line %u)" MEND
                 "give the partition a period and a duration",
                 chain->name.text, step->partition.text, c->sys->partitions[step->index].line);
    }
    if (n != 0 && chain->steps[n - 1].index >= 0 &&
        !connected(c, chain->steps[n - 1].index, step->index)) {
        diag_add(c->diags, RULE_CHAIN_CHANNEL, step->line,
                 "chain '%s' leads from '%s' to '%s', but no channel does" MEND
                 "connect them, or correct the step",
                 chain->name.text, chain->steps[n - 1].partition.text, step->partition.text);
    }
}

void check_chains(struct check *c)
{
    for (size_t i = 0; i < c->sys->chain_count; i++) {
        for (size_t n = 0; n < c->sys->chains[i].count; n++) {
            check_step(c, &c->sys->chains[i], n);
        }
    }
}

// A plan that is wrong says nothing about what it gives.
void check_given(struct check *c)
{
    bool asked = c->sys->chain_count != 0;

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        asked = asked || c->sys->partitions[i].tasks_count != 0 ||
                c->sys->partitions[i].after_count != 0;
    }
    if (asked && !c->unplanned && !diag_beside(c->diags, RULE_TIMING)) {
        analysis_judge(analysis_make(c->pool, c->sys, 0), c->diags, false);
    }
}
