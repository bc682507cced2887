// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// EDF over the bare work of a frame, and the interval that proves that no plan exists where it misses a
// deadline.

#include <stdlib.h>

#include "plan/jobs.h"

/// One turn of the processor.
struct turn {
    uint64_t start, end;
    uint64_t deadline; ///< of the job that had it
};

struct edf {
    const struct jobs *jobs;
    uint64_t *rest;
    size_t *next; ///< of each want: its first job that is not done
    struct turn *turns;
    size_t turn_count;
    uint64_t now;
};

// The released job with the earliest deadline, SIZE_MAX: none; *until is when the next one is released.
static size_t pick(const struct edf *e, uint64_t *until)
{
    const struct jobs *j = e->jobs;
    size_t best = SIZE_MAX;

    *until = UINT64_MAX;
    for (size_t n = 0; n < j->want_count; n++) {
        size_t i = j->wants[n];
        size_t job = e->next[i];

        if (job == j->first[i + 1]) {
            continue;
        }
        if (j->list[job].release > e->now) {
            *until = j->list[job].release < *until ? j->list[job].release : *until;
        } else if (best == SIZE_MAX || j->list[job].deadline < j->list[best].deadline) {
            best = job;
        }
    }
    // A job that goes on past the next release of its own want would hide it: each want has one job at a time,
    // and the next one is seen when this one is done. Its deadline is not earlier.
    return best;
}

static bool add_once(struct pool *pool, struct make_proof *proof, size_t who)
{
    for (size_t i = 0; i < proof->who_count; i++) {
        if (proof->who[i] == who) {
            return false;
        }
    }
    *POOL_PUSH(pool, proof->who, proof->who_count) = who;
    return true;
}

// From the last moment at which the processor idled or had a job with a later deadline, only jobs with
// release and deadline inside have run, without a break, and they did not fit.
static void prove(struct pool *pool, const struct edf *e, uint64_t deadline,
                  struct make_proof *proof)
{
    const struct jobs *j = e->jobs;
    uint64_t g = j->problem->granule;
    uint64_t from = e->now;
    uint64_t granules = 0;

    for (size_t n = e->turn_count; n-- > 0;) {
        if (e->turns[n].end != from || e->turns[n].deadline > deadline) {
            break;
        }
        from = e->turns[n].start;
    }
    *proof = (struct make_proof){
        .interval = true, .processor = j->processor, .from = from * g, .to = deadline * g};
    for (size_t i = 0; i < j->count; i++) {
        if (j->list[i].release >= from && j->list[i].deadline <= deadline) {
            granules += j->list[i].work;
            proof->exact += j->problem->wants[j->list[i].who].capacity;
            (void)add_once(pool, proof, j->list[i].who);
        }
    }
    proof->demand = granules * g;
}

// Runs one job until it is done or another one is released; false: it is late.
static bool run(struct pool *pool, struct edf *e, size_t job, uint64_t until)
{
    const struct job *jb = &e->jobs->list[job];
    uint64_t end = e->now + e->rest[job] < until ? e->now + e->rest[job] : until;

    *POOL_PUSH(pool, e->turns, e->turn_count) = (struct turn){e->now, end, jb->deadline};
    e->rest[job] -= end - e->now;
    e->now = end;
    if (e->rest[job] == 0) {
        e->next[jb->who]++;
    }
    return e->now + e->rest[job] <= jb->deadline;
}

bool jobs_feasible(struct pool *pool, const struct jobs *jobs, struct make_proof *proof,
                   uint64_t *nodes)
{
    struct edf e = {.jobs = jobs};

    e.rest = pool_alloc(pool, (jobs->count + 1) * sizeof *e.rest);
    e.next = pool_alloc(pool, jobs->problem->count * sizeof *e.next);
    for (size_t i = 0; i < jobs->count; i++) {
        e.rest[i] = jobs->list[i].work;
    }
    for (size_t i = 0; i < jobs->problem->count; i++) {
        e.next[i] = jobs->first[i];
    }
    for (;;) {
        uint64_t until;
        size_t job = pick(&e, &until);

        if (job == SIZE_MAX && until == UINT64_MAX) {
            return true;
        }
        (*nodes)++;
        if (job == SIZE_MAX) {
            e.now = until;
        } else if (!run(pool, &e, job, until)) {
            prove(pool, &e, jobs->list[job].deadline, proof);
            return false;
        }
    }
}
