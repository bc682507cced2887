// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Errors for what is asked of plan 0 and not given.

#include <inttypes.h>

#include "base/units.h"
#include "plan/analysis.h"

static void judge_want(const struct analysis *a, struct diags *diags, const struct analysis_want *w)
{
    const struct sys_partition *p = &a->sys->partitions[w->partition];
    struct pool *pool = diags->pool;

    if (w->known && !w->met) {
        diag_add(
            diags, RULE_TIME_SHORT, p->time_line,
            "partition '%s' wants %s within %s of every %s, but in the window that begins at %s "
            "plan 0 gives it %s" MEND "lengthen its slots or lower the requirement",
            p->name.text, units_print_time(pool, p->duration.value),
            units_print_time(pool, p->deadline.value), units_print_time(pool, p->period.value),
            units_print_time(pool, w->least_at), units_print_time(pool, w->least));
    }
}

// EDF: what is late is the whole group.
static void judge_edf(const struct analysis *a, struct diags *diags, const struct analysis_task *t)
{
    struct pool *pool = diags->pool;
    const char *owner = a->sys->partitions[t->partition].name.text;
    const char *what =
        t->result.response == UINT64_MAX
            ? "they take more processor time than plan 0 gives it"
            : pool_printf(pool, "they can demand more within %s than plan 0 is sure to give it",
                          units_print_time(pool, t->result.response));

    diag_add(diags, RULE_TASK_LATE, t->group->line,
             "the tasks of vCPU %" PRIu64 " of partition '%s' can miss a deadline: %s" MEND
             "give the partition more or more frequent slots, or lower the tasks' capacities",
             t->group->vcpu.value, owner, what);
}

static void judge_fixed(const struct analysis *a, struct diags *diags,
                        const struct analysis_task *t)
{
    const struct sys_task *task = t->task;
    struct pool *pool = diags->pool;
    const char *owner = a->sys->partitions[t->partition].name.text;

    if (t->result.response == UINT64_MAX) {
        diag_add(diags, RULE_TASK_LATE, task->line,
                 "task '%s' of partition '%s' never ends: plan 0 gives its vCPU no time" MEND
                 "give it slots that are longer than what a switch costs",
                 task->name.text, owner);
    } else {
        diag_add(
            diags, RULE_TASK_LATE, task->line,
            "task '%s' of partition '%s' can miss its deadline, %s: released at %s of the frame "
            "together with those before it, it does not end before %s have passed" MEND
            "give the partition more or more frequent slots, or lower the tasks' capacities",
            task->name.text, owner, units_print_time(pool, task->deadline.value),
            units_print_time(pool, t->result.from), units_print_time(pool, t->result.response));
    }
}

static void judge_task(const struct analysis *a, struct diags *diags, const struct analysis_task *t)
{
    if (t->result.verdict == TASKS_LATE && t->group->policy == TASKS_EDF) {
        if (t->task == t->group->tasks) {
            judge_edf(a, diags, t);
        }
    } else if (t->result.verdict == TASKS_LATE) {
        judge_fixed(a, diags, t);
    } else if (t->result.verdict == TASKS_UNKNOWN) {
        diag_add(diags, RULE_TASK_UNKNOWN, t->task->line,
                 "whether task '%s' of partition '%s' meets its deadline is not known after %u "
                 "steps" MEND "choose periods with a small common multiple",
                 t->task->name.text, a->sys->partitions[t->partition].name.text, TASKS_STEPS_MAX);
    }
}

static void judge_after(const struct analysis *a, struct diags *diags,
                        const struct analysis_after *f)
{
    struct pool *pool = diags->pool;
    const char *front = a->sys->partitions[f->name->index].name.text;

    if (f->kept) {
        return;
    }
    diag_add(
        diags, RULE_AFTER_BROKEN, f->name->line,
        "partition '%s' comes after '%s', but in the period that begins at %s it begins at %s, and "
        "'%s' has its duration at %s" MEND "move its slots, or let 'septum plan make' make a plan",
        a->sys->partitions[f->partition].name.text, front, units_print_time(pool, f->at),
        units_print_time(pool, f->begins), front, units_print_time(pool, f->ends));
}

static void judge_chain(struct diags *diags, const struct analysis_chain *c)
{
    struct pool *pool = diags->pool;

    if (!c->known) {
        diag_add(
            diags, RULE_CHAIN_UNKNOWN, c->chain->line,
            "the latency of chain '%s' is not known: there are more than %u periods of its first "
            "step to look at" MEND "choose periods with a small common multiple",
            c->chain->name.text, ANALYSIS_INSTANCES_MAX);
    } else if (!c->met && !c->lacks) {
        diag_add(diags, RULE_CHAIN_LATE, c->chain->limit.line,
                 "chain '%s' may take %s, but from the period of '%s' that begins at %s it takes "
                 "%s" MEND "move slots, or let 'septum plan make' make a plan",
                 c->chain->name.text, units_print_time(pool, c->chain->limit.value),
                 c->chain->steps[0].partition.text, units_print_time(pool, c->from),
                 units_print_time(pool, c->latency));
    }
}

void analysis_judge(const struct analysis *a, struct diags *diags, bool wants)
{
    for (size_t i = 0; i < a->want_count && wants; i++) {
        judge_want(a, diags, &a->wants[i]);
    }
    for (size_t i = 0; i < a->task_count; i++) {
        judge_task(a, diags, &a->tasks[i]);
    }
    for (size_t i = 0; i < a->after_count; i++) {
        judge_after(a, diags, &a->afters[i]);
    }
    for (size_t i = 0; i < a->chain_count; i++) {
        judge_chain(diags, &a->chains[i]);
    }
}
