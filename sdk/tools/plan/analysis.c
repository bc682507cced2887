// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What plan 0 of a description gives, beside what is asked of it.

#include "plan/analysis.h"

#include <stdlib.h>

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

static int compare(const void *left, const void *right)
{
    uint64_t a = ((const struct supply_span *)left)->start;
    uint64_t b = ((const struct supply_span *)right)->start;

    return (a > b) - (a < b);
}

static uint64_t frame_of(const struct sys *sys)
{
    for (size_t i = 0; i < sys->cpu_count; i++) {
        if (sys->cpus[i].plan_count != 0 && sys->cpus[i].plans[0].frame.ok) {
            return sys->cpus[i].plans[0].frame.value;
        }
    }
    return 0;
}

static void add_vcpu(struct pool *pool, struct analysis *a, size_t partition, uint64_t vcpu)
{
    struct analysis_vcpu *v = POOL_PUSH(pool, a->vcpus, a->vcpu_count);

    v->partition = partition;
    v->vcpu = vcpu;
    for (size_t i = 0; i < a->sys->cpu_count; i++) {
        const struct sys_plan *plan = a->sys->cpus[i].plans;

        for (size_t s = 0; a->sys->cpus[i].plan_count != 0 && s < plan->slot_count; s++) {
            const struct sys_slot *slot = &plan->slots[s];
            uint64_t end = slot->start.value + slot->duration.value;

            if (slot->index == (int)partition && slot->vcpu.ok && slot->vcpu.value == vcpu &&
                slot->start.ok && slot->duration.ok && end <= a->frame) {
                *POOL_PUSH(pool, v->slots, v->slot_count) =
                    (struct supply_span){slot->start.value, end};
                v->processor = a->sys->cpus[i].id.value;
            }
        }
    }
    if (v->slot_count > 1) {
        qsort(v->slots, v->slot_count, sizeof *v->slots, compare);
    }
    v->supply = supply_make(pool, v->slots, v->slot_count, a->frame, a->cost);
    v->gap = supply_gap(&v->supply);
}

// Time that all vCPUs of a partition get in [0, t).
static uint64_t given(const struct analysis *a, size_t partition, uint64_t t)
{
    uint64_t sum = 0;

    for (size_t i = a->first[partition]; i < a->first[partition + 1]; i++) {
        sum += supply_until(&a->vcpus[i].supply, t);
    }
    return sum;
}

// The earliest time in [from, to] by which a partition has got `more` since `from`; UINT64_MAX: none.
static uint64_t got_by(const struct analysis *a, size_t partition, uint64_t from, uint64_t to,
                       uint64_t more)
{
    uint64_t base = given(a, partition, from);

    if (given(a, partition, to) - base < more) {
        return UINT64_MAX;
    }
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;

        if (given(a, partition, middle) - base >= more) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return to;
}

/// The k-th job of a partition: its duration in its k-th window.
struct job {
    uint64_t begins, ends; ///< UINT64_MAX: it does not within the period
};

static struct job job_of(const struct analysis *a, size_t partition, uint64_t k)
{
    const struct sys_partition *p = &a->sys->partitions[partition];
    uint64_t open = k * p->period.value;
    uint64_t close = open + p->period.value;
    uint64_t first = got_by(a, partition, open, close, 1);

    return (struct job){first == UINT64_MAX ? UINT64_MAX : first - 1,
                        got_by(a, partition, open, close, p->duration.value)};
}

static bool sensible(const struct sys_partition *p)
{
    return p->time_line != 0 && p->period.ok && p->duration.ok && p->deadline.ok &&
           p->duration.value <= p->deadline.value && p->deadline.value <= p->period.value;
}

static void look(const struct analysis *a, struct analysis_want *w)
{
    const struct sys_partition *p = &a->sys->partitions[w->partition];
    struct job least = {UINT64_MAX, UINT64_MAX};
    struct job most = {0, 0};

    w->least = UINT64_MAX;
    for (uint64_t k = 0; k < w->windows; k++) {
        uint64_t open = k * p->period.value;
        uint64_t within =
            given(a, w->partition, open + p->deadline.value) - given(a, w->partition, open);
        struct job job = job_of(a, w->partition, k);

        if (within < w->least) {
            w->least = within;
            w->least_at = open;
        }
        if (job.ends == UINT64_MAX) {
            w->response = UINT64_MAX;
            continue;
        }
        least.begins = job.begins - open < least.begins ? job.begins - open : least.begins;
        most.begins = job.begins - open > most.begins ? job.begins - open : most.begins;
        least.ends = job.ends - open < least.ends ? job.ends - open : least.ends;
        most.ends = job.ends - open > most.ends ? job.ends - open : most.ends;
    }
    w->response = w->response == UINT64_MAX ? UINT64_MAX : most.ends;
    w->begin_jitter = most.begins - (least.begins == UINT64_MAX ? 0 : least.begins);
    w->end_jitter = most.ends - (least.ends == UINT64_MAX ? 0 : least.ends);
    w->met = w->least >= p->duration.value;
}

static void add_want(struct pool *pool, struct analysis *a, size_t partition)
{
    const struct sys_partition *p = &a->sys->partitions[partition];
    struct analysis_want *w;

    if (p->time_line == 0) {
        return;
    }
    w = POOL_PUSH(pool, a->wants, a->want_count);
    w->partition = partition;
    if (sensible(p)) {
        w->windows = a->frame / gcd(a->frame, p->period.value);
        w->known = w->windows <= ANALYSIS_WINDOWS_MAX;
    }
    if (w->known) {
        look(a, w);
    }
}

static bool task_ok(const struct sys_task *t)
{
    return t->period.ok && t->capacity.ok && t->deadline.ok &&
           t->capacity.value <= t->deadline.value && t->deadline.value <= t->period.value;
}

static void add_tasks(struct pool *pool, struct analysis *a, size_t partition,
                      const struct sys_tasks *g)
{
    struct tasks_task *tasks = pool_alloc(pool, (g->count + 1) * sizeof *tasks);
    size_t vcpus = a->first[partition + 1] - a->first[partition];
    bool good = g->vcpu.ok && g->vcpu.value < vcpus && g->policy >= 0;

    for (size_t i = 0; i < g->count; i++) {
        good = good && task_ok(&g->tasks[i]);
        tasks[i] = (struct tasks_task){.period = g->tasks[i].period.value,
                                       .capacity = g->tasks[i].capacity.value,
                                       .deadline = g->tasks[i].deadline.value,
                                       .priority = g->tasks[i].priority.value};
    }
    if (!good) {
        return;
    }
    tasks_analyse(&a->vcpus[a->first[partition] + g->vcpu.value].supply,
                  (enum tasks_policy)g->policy, tasks, g->count);
    for (size_t i = 0; i < g->count; i++) {
        *POOL_PUSH(pool, a->tasks, a->task_count) =
            (struct analysis_task){partition, g, &g->tasks[i], tasks[i]};
    }
}

// Windows of a partition until everything repeats, at most so many.
static uint64_t windows(const struct analysis *a, size_t partition)
{
    const struct sys_partition *p = &a->sys->partitions[partition];
    uint64_t n = a->frame / gcd(a->frame, p->period.value);

    return n < ANALYSIS_WINDOWS_MAX ? n : ANALYSIS_WINDOWS_MAX;
}

static void add_after(struct pool *pool, struct analysis *a, size_t partition,
                      const struct sys_name *name)
{
    const struct sys_partition *p = &a->sys->partitions[partition];
    struct analysis_after *f;

    if (name->index < 0 || !sensible(p) || !sensible(&a->sys->partitions[name->index]) ||
        a->sys->partitions[name->index].period.value != p->period.value) {
        return;
    }
    f = POOL_PUSH(pool, a->afters, a->after_count);
    *f = (struct analysis_after){.partition = partition, .name = name, .kept = true};
    for (uint64_t k = 0; k < windows(a, partition) && f->kept; k++) {
        struct job front = job_of(a, (size_t)name->index, k);
        struct job job = job_of(a, partition, k);

        if (job.begins < front.ends && front.ends != UINT64_MAX) {
            f->kept = false;
            f->at = k * p->period.value;
            f->begins = job.begins;
            f->ends = front.ends;
        }
    }
}

// The end of the first job of a partition that begins at `time` or later; UINT64_MAX: it has no end.
static uint64_t hand_on(const struct analysis *a, size_t partition, uint64_t time)
{
    uint64_t k = time / a->sys->partitions[partition].period.value;
    struct job job = job_of(a, partition, k);

    if (job.begins < time || job.begins == UINT64_MAX) {
        job = job_of(a, partition, k + 1);
    }
    return job.begins == UINT64_MAX ? UINT64_MAX : job.ends;
}

static uint64_t latency(const struct analysis *a, const struct sys_chain *chain, uint64_t k)
{
    uint64_t from = k * a->sys->partitions[chain->steps[0].index].period.value;
    uint64_t time = job_of(a, (size_t)chain->steps[0].index, k).ends;

    for (size_t i = 1; i < chain->count && time != UINT64_MAX; i++) {
        time = hand_on(a, (size_t)chain->steps[i].index, time);
    }
    return time == UINT64_MAX ? UINT64_MAX : time - from;
}

// Windows of the first step until frame and all periods repeat, ANALYSIS_INSTANCES_MAX + 1: too many; 0: a
// step makes no sense.
static uint64_t instances(const struct analysis *a, const struct sys_chain *chain)
{
    uint64_t period = 0;
    uint64_t length = a->frame;

    for (size_t i = 0; i < chain->count; i++) {
        int index = chain->steps[i].index;

        if (index < 0 || !sensible(&a->sys->partitions[index])) {
            return 0;
        }
        uint64_t mine = a->sys->partitions[index].period.value;
        uint64_t factor = mine / gcd(length, mine);

        period = i == 0 ? mine : period;
        if (factor > SUPPLY_TIME_MAX / length) {
            return ANALYSIS_INSTANCES_MAX + 1;
        }
        length *= factor;
    }
    return length / period <= ANALYSIS_INSTANCES_MAX ? length / period : ANALYSIS_INSTANCES_MAX + 1;
}

static void add_chain(struct pool *pool, struct analysis *a, const struct sys_chain *chain)
{
    struct analysis_chain c = {.chain = chain, .known = true};
    uint64_t count = chain->limit.ok && chain->count != 0 ? instances(a, chain) : 0;

    if (count == 0) {
        return;
    }
    c.known = count <= ANALYSIS_INSTANCES_MAX;
    for (uint64_t k = 0; k < count && c.known && !c.lacks; k++) {
        uint64_t mine = latency(a, chain, k);

        c.lacks = mine == UINT64_MAX;
        if (mine > c.latency) {
            c.latency = mine;
            c.from = k * a->sys->partitions[chain->steps[0].index].period.value;
        }
    }
    c.met = c.known && !c.lacks && c.latency <= chain->limit.value;
    *POOL_PUSH(pool, a->chains, a->chain_count) = c;
}

static void add_partition(struct pool *pool, struct analysis *a, size_t index)
{
    const struct sys_partition *p = &a->sys->partitions[index];

    a->first[index] = a->vcpu_count;
    for (uint64_t v = 0; p->vcpus.ok && v < p->vcpus.value; v++) {
        add_vcpu(pool, a, index, v);
    }
    a->first[index + 1] = a->vcpu_count;
    add_want(pool, a, index);
    for (size_t i = 0; i < p->tasks_count; i++) {
        add_tasks(pool, a, index, &p->tasks[i]);
    }
}

struct analysis *analysis_make(struct pool *pool, const struct sys *sys, uint64_t cost)
{
    struct analysis *a = pool_alloc(pool, sizeof *a);

    *a = (struct analysis){.sys = sys, .frame = frame_of(sys), .cost = cost};
    a->first = pool_alloc(pool, (sys->partition_count + 1) * sizeof *a->first);
    if (a->frame == 0) {
        return a;
    }
    for (size_t i = 0; i < sys->partition_count; i++) {
        add_partition(pool, a, i);
    }
    for (size_t i = 0; i < sys->partition_count; i++) {
        for (size_t n = 0; n < sys->partitions[i].after_count; n++) {
            add_after(pool, a, i, &sys->partitions[i].after[n]);
        }
    }
    for (size_t i = 0; i < sys->chain_count; i++) {
        add_chain(pool, a, &sys->chains[i]);
    }
    return a;
}
