// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Tasks inside a partition against the processor time that a plan gives it.

#include "plan/tasks.h"

struct budget {
    uint64_t left;
};

static bool spend(struct budget *b, uint64_t steps)
{
    b->left = b->left > steps ? b->left - steps : 0;
    return b->left != 0;
}

// Whether task k delays task i when both are ready; of equals both do.
static bool before(enum tasks_policy policy, const struct tasks_task *k, const struct tasks_task *i)
{
    return policy == TASKS_RATE_MONOTONIC ? k->period <= i->period : k->priority >= i->priority;
}

// Work of task i and of those before it that is released in [0, length), one of each at 0.
static uint64_t work(enum tasks_policy policy, const struct tasks_task *tasks, size_t count,
                     size_t i, uint64_t length)
{
    uint64_t sum = tasks[i].capacity;

    for (size_t k = 0; k < count; k++) {
        if (k != i && before(policy, &tasks[k], &tasks[i])) {
            sum += (length + tasks[k].period - 1) / tasks[k].period * tasks[k].capacity;
        }
    }
    return sum;
}

// Response of task i when all are released at `from`; a value behind the deadline if it is missed, 0 at
// the limit.
static uint64_t response(const struct supply *s, enum tasks_policy policy,
                         const struct tasks_task *tasks, size_t count, size_t i, uint64_t from,
                         struct budget *b)
{
    uint64_t given = supply_until(s, from);
    uint64_t length = 1;

    while (spend(b, count)) {
        uint64_t end = supply_time(s, given + work(policy, tasks, count, i, length));
        uint64_t next = end == UINT64_MAX ? UINT64_MAX : end - from;

        if (next <= length || next > tasks[i].deadline) {
            return next;
        }
        length = next;
    }
    return 0;
}

// The worst phase is a release of all at the end of a span: see supply_least().
static void analyse_fixed(const struct supply *s, enum tasks_policy policy,
                          struct tasks_task *tasks, size_t count, size_t i, struct budget *b)
{
    struct tasks_task *task = &tasks[i];

    *task = (struct tasks_task){
        task->period, task->capacity, task->deadline, task->priority, TASKS_MET, 0, 0};
    if (s->count == 0) {
        task->verdict = TASKS_LATE;
        task->response = UINT64_MAX;
    }
    for (size_t k = 0; k < s->count && task->verdict != TASKS_UNKNOWN; k++) {
        uint64_t from = s->spans[k].end;
        uint64_t r = response(s, policy, tasks, count, i, from, b);

        if (r == 0) {
            task->verdict = task->verdict == TASKS_LATE ? TASKS_LATE : TASKS_UNKNOWN;
            return;
        }
        if (r > task->response) {
            task->response = r;
            task->from = from % s->frame;
            task->verdict = r > task->deadline ? TASKS_LATE : TASKS_MET;
        }
    }
}

uint64_t tasks_demand(const struct tasks_task *tasks, size_t count, uint64_t length)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < count; i++) {
        if (length >= tasks[i].deadline) {
            sum += ((length - tasks[i].deadline) / tasks[i].period + 1) * tasks[i].capacity;
        }
    }
    return sum;
}

// The earliest deadline behind `length` of tasks released at 0.
static uint64_t next_deadline(const struct tasks_task *tasks, size_t count, uint64_t length)
{
    uint64_t next = UINT64_MAX;

    for (size_t i = 0; i < count; i++) {
        const struct tasks_task *t = &tasks[i];
        uint64_t mine = length < t->deadline
                            ? t->deadline
                            : ((length - t->deadline) / t->period + 1) * t->period + t->deadline;

        next = mine < next ? mine : next;
    }
    return next;
}

typedef unsigned __int128 wide;

#define SCALE 32u

// A length behind which no window can be the first to be short: demand is at most U t + K, supply at
// least A (t - frame), with U and K rounded up, A down. UINT64_MAX: there is none, A is not above U.
static uint64_t horizon(const struct supply *s, const struct tasks_task *tasks, size_t count)
{
    wide available = ((wide)s->total << SCALE) / s->frame;
    wide rate = 0;
    wide constant = 0;

    for (size_t i = 0; i < count; i++) {
        const struct tasks_task *t = &tasks[i];

        rate += (((wide)t->capacity << SCALE) + t->period - 1) / t->period;
        constant +=
            (((wide)t->capacity << SCALE) * (t->period - t->deadline) + t->period - 1) / t->period;
    }
    if (available <= rate) {
        return UINT64_MAX;
    }
    wide length = (constant + available * s->frame) / (available - rate) + 1;

    return length < SUPPLY_TIME_MAX ? (uint64_t)length : UINT64_MAX;
}

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

// Behind the first common multiple of frame and periods everything repeats, with no less slack than before
// as long as the plan gives as much as the tasks take.
static uint64_t cycle(const struct supply *s, const struct tasks_task *tasks, size_t count)
{
    uint64_t length = s->frame;

    for (size_t i = 0; i < count; i++) {
        uint64_t factor = tasks[i].period / gcd(length, tasks[i].period);

        if (factor > SUPPLY_TIME_MAX / length) {
            return UINT64_MAX;
        }
        length *= factor;
    }
    return length;
}

// Whether the tasks take more in the long run than the plan gives; `repeat` is known.
static bool overloaded(const struct supply *s, const struct tasks_task *tasks, size_t count,
                       uint64_t repeat)
{
    wide taken = 0;

    for (size_t i = 0; i < count; i++) {
        taken += (wide)(repeat / tasks[i].period) * tasks[i].capacity;
    }
    return taken > (wide)(repeat / s->frame) * s->total;
}

static void analyse_edf(const struct supply *s, struct tasks_task *tasks, size_t count,
                        struct budget *b)
{
    uint64_t end = horizon(s, tasks, count);
    uint64_t repeat = cycle(s, tasks, count);
    enum tasks_verdict verdict = TASKS_MET;
    uint64_t length = 0;

    if (repeat != UINT64_MAX && overloaded(s, tasks, count, repeat)) {
        verdict = TASKS_LATE;
        length = UINT64_MAX;
    }
    end = end < repeat ? end : repeat;
    while (verdict == TASKS_MET) {
        length = next_deadline(tasks, count, length);
        if (length > end) {
            break;
        }
        if (!spend(b, count + s->count) || length > SUPPLY_TIME_MAX) {
            verdict = TASKS_UNKNOWN;
        } else if (tasks_demand(tasks, count, length) > supply_least(s, length)) {
            verdict = TASKS_LATE;
        }
    }
    for (size_t i = 0; i < count; i++) {
        tasks[i].verdict = verdict;
        tasks[i].response = verdict == TASKS_LATE ? length : 0;
        tasks[i].from = 0;
    }
}

void tasks_analyse(const struct supply *s, enum tasks_policy policy, struct tasks_task *tasks,
                   size_t count)
{
    struct budget b = {TASKS_STEPS_MAX};

    if (policy == TASKS_EDF) {
        analyse_edf(s, tasks, count, &b);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        analyse_fixed(s, policy, tasks, count, i, &b);
    }
}
