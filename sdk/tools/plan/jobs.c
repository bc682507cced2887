// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Jobs of a frame: their windows, shortened by precedence, and whether EDF can serve them.

#include "plan/jobs.h"

#include <stdlib.h>

uint64_t jobs_count(const struct make_problem *problem)
{
    uint64_t count = 0;

    for (size_t i = 0; i < problem->count; i++) {
        uint64_t mine = problem->frame / problem->wants[i].period;

        if (mine > MAKE_JOBS_MAX - count) {
            return UINT64_MAX;
        }
        count += mine;
    }
    return count;
}

// A window that is not made of whole granules is rounded inwards, work outwards.
static void fill(const struct make_problem *p, size_t who, struct job *list)
{
    const struct make_want *w = &p->wants[who];

    for (uint64_t k = 0; k < p->frame / w->period; k++) {
        uint64_t open = k * w->period;
        struct job *job = &list[k];

        job->who = who;
        job->opens = (open + p->granule - 1) / p->granule;
        job->closes = (open + w->deadline) / p->granule;
        job->release = job->opens;
        job->deadline = job->closes;
        job->work = (w->capacity + p->granule - 1) / p->granule;
    }
}

// Wants in an order in which each stands behind those that come before it.
static size_t *order(struct pool *pool, const struct make_problem *p)
{
    size_t *list = pool_alloc(pool, p->count * sizeof *list);
    bool *done = pool_alloc(pool, p->count * sizeof *done);
    size_t n = 0;

    for (size_t round = 0; round < p->count && n < p->count; round++) {
        for (size_t i = 0; i < p->count; i++) {
            bool ready = !done[i];

            for (size_t a = 0; a < p->wants[i].after_count; a++) {
                ready = ready && done[p->wants[i].after[a]];
            }
            if (ready) {
                done[i] = true;
                list[n++] = i;
            }
        }
    }
    return list;
}

// Jobs of `before` come in front of those of `who`, each of the same period: not released before that can
// have ended.
static void release_behind(struct job *list, const size_t *first, size_t who, size_t before)
{
    for (size_t k = 0; k < first[who + 1] - first[who]; k++) {
        const struct job *front = &list[first[before] + k];
        struct job *job = &list[first[who] + k];

        if (job->release < front->release + front->work) {
            job->release = front->release + front->work;
        }
    }
}

// And that must end early enough.
static void end_before(struct job *list, const size_t *first, size_t who, size_t before)
{
    for (size_t k = 0; k < first[who + 1] - first[who]; k++) {
        const struct job *job = &list[first[who] + k];
        struct job *front = &list[first[before] + k];
        uint64_t latest = job->deadline > job->work ? job->deadline - job->work : 0;

        front->deadline = front->deadline < latest ? front->deadline : latest;
    }
}

static void shorten(const struct make_problem *p, struct job *list, const size_t *first,
                    const size_t *sequence)
{
    for (size_t n = 0; n < p->count; n++) {
        const struct make_want *w = &p->wants[sequence[n]];

        for (size_t a = 0; a < w->after_count; a++) {
            release_behind(list, first, sequence[n], w->after[a]);
        }
    }
    for (size_t n = p->count; n-- > 0;) {
        const struct make_want *w = &p->wants[sequence[n]];

        for (size_t a = 0; a < w->after_count; a++) {
            end_before(list, first, sequence[n], w->after[a]);
        }
    }
}

struct key {
    uint64_t value;
    size_t job;
};

static int compare(const void *left, const void *right)
{
    const struct key *a = left;
    const struct key *b = right;

    if (a->value != b->value) {
        return a->value < b->value ? -1 : 1;
    }
    return a->job < b->job ? -1 : 1;
}

static void sort_deadlines(struct pool *pool, struct jobs *j)
{
    struct key *keys = pool_alloc(pool, (j->count + 1) * sizeof *keys);

    for (size_t i = 0; i < j->count; i++) {
        keys[i] = (struct key){j->list[i].deadline, i};
    }
    if (j->count > 1) {
        qsort(keys, j->count, sizeof *keys, compare);
    }
    j->by_deadline = pool_alloc(pool, (j->count + 1) * sizeof *j->by_deadline);
    for (size_t i = 0; i < j->count; i++) {
        j->by_deadline[i] = keys[i].job;
    }
}

static void take(struct pool *pool, const struct make_problem *p, const struct job *all,
                 const size_t *first, struct jobs *j)
{
    j->list = pool_alloc(pool, (first[p->count] + 1) * sizeof *j->list);
    j->first = pool_alloc(pool, (p->count + 1) * sizeof *j->first);
    j->wants = pool_alloc(pool, p->count * sizeof *j->wants);
    for (size_t i = 0; i < p->count; i++) {
        j->first[i] = j->count;
        if (p->wants[i].processor == j->processor) {
            j->wants[j->want_count++] = i;
            for (size_t k = first[i]; k < first[i + 1]; k++) {
                j->list[j->count++] = all[k];
            }
        }
    }
    j->first[p->count] = j->count;
    sort_deadlines(pool, j);
}

struct jobs *jobs_make(struct pool *pool, const struct make_problem *problem)
{
    struct jobs *jobs = pool_alloc(pool, (problem->processors + 1) * sizeof *jobs);
    struct job *all = pool_alloc(pool, (jobs_count(problem) + 1) * sizeof *all);
    size_t *first = pool_alloc(pool, (problem->count + 1) * sizeof *first);
    uint64_t g = problem->granule;

    for (size_t i = 0; i < problem->count; i++) {
        first[i + 1] = first[i] + problem->frame / problem->wants[i].period;
        fill(problem, i, &all[first[i]]);
    }
    shorten(problem, all, first, order(pool, problem));
    for (size_t c = 0; c < problem->processors; c++) {
        jobs[c].problem = problem;
        jobs[c].processor = c;
        jobs[c].end = problem->frame / g;
        jobs[c].least = problem->least <= g ? 1 : (problem->least + g - 1) / g;
        jobs[c].cost = (problem->cost + g - 1) / g;
        take(pool, problem, all, first, &jobs[c]);
    }
    return jobs;
}

bool jobs_free(const struct jobs *jobs, size_t job, const uint64_t *rest)
{
    size_t who = jobs->list[job].who;
    const struct make_want *w = &jobs->problem->wants[who];
    size_t k = job - jobs->first[who];

    for (size_t a = 0; a < w->after_count; a++) {
        if (jobs->problem->wants[w->after[a]].processor == jobs->processor &&
            rest[jobs->first[w->after[a]] + k] != 0) {
            return false;
        }
    }
    return true;
}

void slots_append(struct pool *pool, const struct jobs *jobs, struct make_processor *out,
                  size_t who, uint64_t start, uint64_t end)
{
    uint64_t g = jobs->problem->granule;
    struct make_slot *last = out->count == 0 ? NULL : &out->slots[out->count - 1];

    if (last != NULL && last->who == who && last->start + last->duration == start * g) {
        last->duration += (end - start) * g;
        return;
    }
    *POOL_PUSH(pool, out->slots, out->count) =
        (struct make_slot){start * g, (end - start) * g, who};
}
