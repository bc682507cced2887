// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Synthesis of a cyclic plan, processor by processor.

#include "plan/make.h"

#include "plan/jobs.h"

// Precedence between processors only shortens windows here: whether it is kept is seen afterwards.
static bool crosses(const struct make_problem *p)
{
    for (size_t i = 0; i < p->count; i++) {
        for (size_t a = 0; a < p->wants[i].after_count; a++) {
            if (p->wants[p->wants[i].after[a]].processor != p->wants[i].processor) {
                return true;
            }
        }
    }
    return false;
}

// When the k-th job of a want begins and has all it wants, in ns.
static void times_of(const struct make_problem *p, const struct make_processor *slots, size_t who,
                     uint64_t k, uint64_t *begins, uint64_t *ends)
{
    uint64_t open = k * p->wants[who].period;
    uint64_t got = 0;

    *begins = *ends = UINT64_MAX;
    for (size_t i = 0; i < slots->count && got < p->wants[who].capacity; i++) {
        const struct make_slot *s = &slots->slots[i];
        uint64_t end = s->start + s->duration;
        uint64_t from = s->start + p->cost > open ? s->start + p->cost : open;

        if (s->who == who && from < end) {
            *begins = *begins == UINT64_MAX ? from : *begins;
            uint64_t rest = p->wants[who].capacity - got;

            *ends = from + (end - from < rest ? end - from : rest);
            got += end - from < rest ? end - from : rest;
        }
    }
    *ends = got < p->wants[who].capacity ? UINT64_MAX : *ends;
}

static bool kept(const struct make_problem *p, const struct make_result *r, size_t who,
                 size_t before)
{
    for (uint64_t k = 0; k < p->frame / p->wants[who].period; k++) {
        uint64_t begins, ends, ignored;

        times_of(p, &r->processors[p->wants[who].processor], who, k, &begins, &ignored);
        times_of(p, &r->processors[p->wants[before].processor], before, k, &ignored, &ends);
        if (begins < ends) {
            return false;
        }
    }
    return true;
}

static bool all_kept(const struct make_problem *p, const struct make_result *r)
{
    bool good = true;

    for (size_t i = 0; i < p->count; i++) {
        for (size_t a = 0; a < p->wants[i].after_count && good; a++) {
            good = kept(p, r, i, p->wants[i].after[a]);
        }
    }
    return good;
}

// Whether the windows of all jobs, as precedence leaves them, are exact: no granule rounded anything in them.
static bool windows_exact(const struct make_problem *p)
{
    bool windows = true;
    bool works = true;
    bool precedence = false;

    for (size_t i = 0; i < p->count; i++) {
        const struct make_want *w = &p->wants[i];

        windows = windows && w->period % p->granule == 0 && w->deadline % p->granule == 0;
        works = works && w->capacity % p->granule == 0;
        precedence = precedence || w->after_count != 0;
    }
    return windows && (works || !precedence);
}

static enum make_answer make_one(struct pool *pool, const struct jobs *jobs,
                                 const struct make_problem *p, struct make_result *r)
{
    struct make_processor *out = &r->processors[jobs->processor];
    enum make_answer answer;

    if (!jobs_feasible(pool, jobs, &r->proof, &r->nodes)) {
        r->proof.exact = windows_exact(p) ? r->proof.exact : 0;
        return MAKE_NONE;
    }
    if (lazy_plan(pool, jobs, out, &r->nodes)) {
        return MAKE_PLAN;
    }
    *out = (struct make_processor){NULL, 0};
    r->searched = true;
    r->reason_processor = jobs->processor;
    if (jobs->want_count > SEARCH_WIDTH) {
        r->reason = MAKE_REASON_WIDE;
        return MAKE_UNKNOWN;
    }
    answer = search_plan(pool, jobs,
                         p->limit < MAKE_SEARCH_MAX / (jobs->count + 1)
                             ? p->limit
                             : MAKE_SEARCH_MAX / (jobs->count + 1),
                         out, &r->nodes);
    if (answer == MAKE_NONE) {
        r->proof = (struct make_proof){.interval = false, .processor = jobs->processor};
    }
    r->reason = MAKE_REASON_STATES;
    return answer;
}

struct make_result make_plan(struct pool *pool, const struct make_problem *problem)
{
    struct make_result r = {.answer = MAKE_PLAN, .jobs = jobs_count(problem)};

    r.processors = pool_alloc(pool, (problem->processors + 1) * sizeof *r.processors);
    if (r.jobs > MAKE_JOBS_MAX) {
        r.answer = MAKE_UNKNOWN;
        r.reason = MAKE_REASON_JOBS;
        return r;
    }
    const struct jobs *jobs = jobs_make(pool, problem);

    // Where one processor has none there is none, whatever is unknown of the others.
    for (size_t c = 0; c < problem->processors && r.answer != MAKE_NONE; c++) {
        enum make_answer answer = make_one(pool, &jobs[c], problem, &r);

        r.answer = answer == MAKE_PLAN ? r.answer : answer;
    }
    if (r.answer == MAKE_PLAN && crosses(problem) && !all_kept(problem, &r)) {
        r.answer = MAKE_UNKNOWN;
        r.reason = MAKE_REASON_CROSS;
    }
    return r;
}
