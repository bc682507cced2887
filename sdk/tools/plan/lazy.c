// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Slots with few switches: who has the processor keeps it as long as the slack of more urgent jobs
// allows. Each job is counted with what its slots cost from the beginning, and gets it back where its
// slot goes on from the partition's job before.

#include "plan/jobs.h"
#include "plan/slack.h"

struct lazy {
    struct pool *pool;
    const struct jobs *jobs;
    struct make_processor *out;
    uint64_t *rest; ///< granules that each job still needs, its next slot's cost included; 0: done
    size_t *place;  ///< of each job in the order of deadlines
    size_t *next;   ///< of each want: its first job that is not done
    struct slack slack;
    uint64_t now;
    size_t left;    ///< jobs that are not done
    size_t current; ///< want that had the processor until now, SIZE_MAX: nobody
    bool broken;    ///< its job in `current` was begun
};

static uint64_t whole(const struct jobs *j, uint64_t work)
{
    return work + j->cost > j->least ? work + j->cost : j->least;
}

static void begin(struct lazy *z)
{
    const struct jobs *j = z->jobs;
    int64_t *values = pool_alloc(z->pool, (j->count + 1) * sizeof *values);
    int64_t sum = 0;

    z->rest = pool_alloc(z->pool, (j->count + 1) * sizeof *z->rest);
    z->place = pool_alloc(z->pool, (j->count + 1) * sizeof *z->place);
    z->next = pool_alloc(z->pool, j->problem->count * sizeof *z->next);
    for (size_t n = 0; n < j->count; n++) {
        size_t job = j->by_deadline[n];

        z->place[job] = n;
        z->rest[job] = whole(j, j->list[job].work);
        sum += (int64_t)z->rest[job];
        values[n] = (int64_t)j->list[job].deadline - sum;
    }
    for (size_t i = 0; i < j->problem->count; i++) {
        z->next[i] = j->first[i];
    }
    z->slack = slack_make(z->pool, values, j->count);
    z->left = j->count;
    z->current = SIZE_MAX;
}

// The job that a want could work on now, SIZE_MAX: none.
static size_t ready(const struct lazy *z, size_t who)
{
    const struct jobs *j = z->jobs;
    size_t job = z->next[who];

    return job < j->first[who + 1] && j->list[job].release <= z->now && jobs_free(j, job, z->rest)
               ? job
               : SIZE_MAX;
}

// How long a job may run before a more urgent one must.
static uint64_t may_run(const struct lazy *z, size_t job)
{
    int64_t least = slack_least(&z->slack, z->place[job]);

    return least >= SLACK_NONE / 2   ? UINT64_MAX
           : least > (int64_t)z->now ? (uint64_t)least - z->now
                                     : 0;
}

// Changes what a job needs.
static void need(struct lazy *z, size_t job, uint64_t rest)
{
    slack_add(&z->slack, z->place[job], (int64_t)z->rest[job] - (int64_t)rest);
    z->rest[job] = rest;
}

// Gives the processor to a job for a time, all of what it needs or less.
static void run(struct lazy *z, size_t job, uint64_t length)
{
    const struct jobs *j = z->jobs;
    size_t who = j->list[job].who;

    slots_append(z->pool, j, z->out, who, z->now, z->now + length);
    z->now += length;
    z->current = who;
    if (length == z->rest[job]) {
        need(z, job, 0);
        slack_drop(&z->slack, z->place[job]);
        z->next[who]++;
        z->left--;
        z->broken = false;
        return;
    }
    need(z, job, whole(j, z->rest[job] - length)); // its next slot costs again
    z->broken = true;
}

// The one that had the processor goes on with its next job: no slot begins, nothing is paid.
static bool go_on(struct lazy *z)
{
    const struct jobs *j = z->jobs;
    size_t job = z->current == SIZE_MAX || z->broken ? SIZE_MAX : ready(z, z->current);

    if (job == SIZE_MAX || may_run(z, job) < j->list[job].work) {
        return false;
    }
    need(z, job, j->list[job].work);
    run(z, job, z->rest[job]);
    return true;
}

// The most urgent one that can be brought to its end, else the most urgent one.
static size_t choose(const struct lazy *z)
{
    const struct jobs *j = z->jobs;
    size_t whole_one = SIZE_MAX;
    size_t urgent = SIZE_MAX;

    for (size_t n = 0; n < j->want_count; n++) {
        size_t job = ready(z, j->wants[n]);

        if (job == SIZE_MAX) {
            continue;
        }
        if (urgent == SIZE_MAX || z->place[job] < z->place[urgent]) {
            urgent = job;
        }
        if ((whole_one == SIZE_MAX || z->place[job] < z->place[whole_one]) &&
            may_run(z, job) >= z->rest[job]) {
            whole_one = job;
        }
    }
    return whole_one != SIZE_MAX ? whole_one : urgent;
}

static bool idle(struct lazy *z)
{
    const struct jobs *j = z->jobs;
    uint64_t until = UINT64_MAX;

    for (size_t n = 0; n < j->want_count; n++) {
        size_t job = z->next[j->wants[n]];

        if (job < j->first[j->wants[n] + 1] && j->list[job].release > z->now &&
            j->list[job].release < until) {
            until = j->list[job].release;
        }
    }
    z->now = until;
    z->current = SIZE_MAX;
    return until != UINT64_MAX;
}

// A part of a job, as long as slack allows, such that neither part is shorter than a slot.
static bool part(struct lazy *z, size_t job)
{
    uint64_t length = may_run(z, job);

    if (length >= z->rest[job]) {
        length = z->rest[job];
    }
    if (length < z->jobs->least || length <= z->jobs->cost) {
        return false;
    }
    run(z, job, length);
    return true;
}

bool lazy_plan(struct pool *pool, const struct jobs *jobs, struct make_processor *out,
               uint64_t *nodes)
{
    struct lazy z = {.pool = pool, .jobs = jobs, .out = out};

    *out = (struct make_processor){NULL, 0};
    begin(&z);
    while (z.left != 0) {
        (*nodes)++;
        if (slack_least(&z.slack, jobs->count) < (int64_t)z.now) {
            return false;
        }
        if (go_on(&z)) {
            continue;
        }
        size_t job = choose(&z);

        if ((job == SIZE_MAX || !part(&z, job)) && !idle(&z)) {
            return false;
        }
    }
    return z.now <= jobs->end;
}
