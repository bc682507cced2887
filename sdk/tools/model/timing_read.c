// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a description asks of time: temporal requirements, tasks inside partitions, chains.

#include "model/system.h"

#include "plan/tasks.h"
#include "xml/document.h"
#include "xml/positions.h"

static const char *const policy_words[] = {"fixed-priority", "rate-monotonic", "edf", NULL};

_Static_assert(TASKS_FIXED_PRIORITY == 0 && TASKS_RATE_MONOTONIC == 1 && TASKS_EDF == 2,
               "policy_words is in the order of the numbers");

static struct sys_name read_other(const struct reader *r, xmlNode *node)
{
    return (struct sys_name){position_of(node), read_text(r, node, "partition"), -1};
}

// A time that is another one when it is not given.
static struct num time_or(const struct reader *r, xmlNode *node, const char *name, struct num other)
{
    struct num num = read_time(r, node, name, ZERO_FORBIDDEN);

    if (!num.given) {
        num.value = other.value;
        num.ok = other.ok;
    }
    return num;
}

void temporal_read(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    p->time_line = position_of(node);
    p->period = read_time(r, node, "period", ZERO_FORBIDDEN);
    p->duration = read_time(r, node, "duration", ZERO_FORBIDDEN);
    p->deadline = time_or(r, node, "deadline", p->period);
    p->processor = read_count(r, node, "processor", UINT16_MAX);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        *POOL_PUSH(r->pool, p->after, p->after_count) = read_other(r, c);
    }
}

static void read_task(const struct reader *r, struct sys_tasks *tasks, xmlNode *node)
{
    struct sys_task *task = POOL_PUSH(r->pool, tasks->tasks, tasks->count);

    task->line = position_of(node);
    task->name = read_name(r, node, "name");
    task->period = read_time(r, node, "period", ZERO_FORBIDDEN);
    task->capacity = read_time(r, node, "capacity", ZERO_FORBIDDEN);
    task->deadline = time_or(r, node, "deadline", task->period);
    task->offset = num_or(read_time(r, node, "offset", ZERO_ALLOWED), 0);
    task->priority = read_count(r, node, "priority", UINT16_MAX);
}

void tasks_read(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_tasks *tasks = POOL_PUSH(r->pool, p->tasks, p->tasks_count);

    tasks->line = position_of(node);
    tasks->policy = read_word(r, node, "scheduler", policy_words);
    tasks->vcpu = num_or(read_count(r, node, "vcpu", VCPUS_MAX - 1u), 0);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        read_task(r, tasks, c);
    }
}

void chains_read(const struct reader *r, struct sys *sys, xmlNode *chains)
{
    for (xmlNode *c = document_first(chains); c != NULL; c = document_next(c)) {
        struct sys_chain *chain = POOL_PUSH(r->pool, sys->chains, sys->chain_count);

        chain->line = position_of(c);
        chain->name = read_name(r, c, "name");
        chain->limit = read_time(r, c, "maxLatency", ZERO_FORBIDDEN);
        for (xmlNode *step = document_first(c); step != NULL; step = document_next(step)) {
            *POOL_PUSH(r->pool, chain->steps, chain->count) = read_other(r, step);
        }
    }
}
