// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every plan on the granules of one processor, until one is found: a walk over states, each looked at
// once. A state is kept whole, so that what is taken for seen was seen.

#include <stdlib.h>
#include <string.h>

#include "plan/jobs.h"

/// Who has the processor for a granule: an index into the wants of the processor, or nobody.
#define NOBODY 0xffu

struct state {
    uint32_t parent;
    uint32_t time;   ///< granules that are decided
    uint16_t length; ///< of the slot so far, no more than matters
    uint8_t who;     ///< of the last granule
    uint8_t unused;
};

struct search {
    struct pool *pool;
    const struct jobs *jobs;
    struct state *states;
    uint32_t *rests; ///< of each state: what each want's job still needs
    uint32_t *table; ///< states by content, 0: empty, else index + 1
    uint32_t *stack;
    size_t count, stacked, slots;
    uint64_t limit;
    uint16_t most; ///< length of a slot behind which it does not matter
};

static uint32_t *rests_of(const struct search *s, size_t state)
{
    return &s->rests[state * s->jobs->want_count];
}

// The job of the n-th want whose window is the last one that opened by a time; SIZE_MAX: none yet.
static size_t job_at(const struct search *s, size_t n, uint64_t time)
{
    size_t who = s->jobs->wants[n];
    size_t low = s->jobs->first[who];
    size_t high = s->jobs->first[who + 1];

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->jobs->list[middle].opens <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == s->jobs->first[who] ? SIZE_MAX : low - 1;
}

static uint64_t hash(const struct state *a, const uint32_t *rests, size_t n)
{
    uint64_t h = a->time * 0x9e3779b97f4a7c15u + a->length * 0x100000001b3u + a->who;

    for (size_t i = 0; i < n; i++) {
        h = (h ^ rests[i]) * 0xff51afd7ed558ccdu;
        h ^= h >> 29;
    }
    return h;
}

// The place in the table of a state, or of an empty one.
static size_t lookup(const struct search *s, const struct state *a, const uint32_t *rests)
{
    size_t n = s->jobs->want_count;
    size_t at = hash(a, rests, n) & (s->slots - 1);

    while (s->table[at] != 0) {
        const struct state *b = &s->states[s->table[at] - 1];

        if (a->time == b->time && a->length == b->length && a->who == b->who &&
            memcmp(rests, rests_of(s, s->table[at] - 1), n * sizeof *rests) == 0) {
            break;
        }
        at = (at + 1) & (s->slots - 1);
    }
    return at;
}

// Whether what is left can fit in front of every deadline: without it nothing comes of a state.
static bool fits(const struct search *s, const struct state *a, const uint32_t *rests)
{
    const struct jobs *j = s->jobs;
    uint64_t sum = 0;

    for (size_t i = 0; i < j->count; i++) {
        const struct job *job = &j->list[j->by_deadline[i]];

        if (job->closes <= a->time) {
            continue;
        }
        if (job->opens > a->time) {
            sum += job->work;
        } else {
            for (size_t n = 0; n < j->want_count; n++) {
                sum += j->wants[n] == job->who ? rests[n] : 0;
            }
        }
        if (a->time + sum > job->deadline && sum != 0) {
            return false;
        }
    }
    return true;
}

// What each want's job needs when a state's granule is over; false: one is late.
static bool pass(const struct search *s, const struct state *a, bool useful, uint32_t *rests)
{
    for (size_t n = 0; n < s->jobs->want_count; n++) {
        size_t job = a->time == 0 ? SIZE_MAX : job_at(s, n, a->time - 1);
        size_t opened = job_at(s, n, a->time);

        if (useful && n == a->who && rests[n] != 0) {
            rests[n]--;
        }
        if (job != SIZE_MAX && rests[n] != 0 && s->jobs->list[job].closes <= a->time) {
            return false;
        }
        if (opened != job) {
            rests[n] = (uint32_t)s->jobs->list[opened].work;
        }
    }
    return true;
}

// A want may have the processor at a time if those in front of it in its window have nothing left to do.
static bool allowed(const struct search *s, size_t n, uint64_t time, const uint32_t *rests)
{
    const struct make_want *w = &s->jobs->problem->wants[s->jobs->wants[n]];

    if (job_at(s, n, time) == SIZE_MAX) {
        return true;
    }
    for (size_t a = 0; a < w->after_count; a++) {
        for (size_t k = 0; k < s->jobs->want_count; k++) {
            if (s->jobs->wants[k] == w->after[a] && rests[k] != 0) {
                return false;
            }
        }
    }
    return true;
}

// Having the processor with nothing to do serves at most to be there when the next window opens.
static bool sensible(const struct search *s, size_t n, const struct state *a, const uint32_t *rests)
{
    if (rests[n] != 0 || (a->who == n && a->length < s->jobs->least)) {
        return true;
    }
    return job_at(s, n, a->time) != job_at(s, n, (uint64_t)a->time + s->most);
}

static void push(struct search *s, size_t parent, const struct state *next, bool useful)
{
    size_t n = s->jobs->want_count;
    uint32_t *rests = rests_of(s, s->count);

    memcpy(rests, rests_of(s, parent), n * sizeof *rests);
    if (!pass(s, next, useful, rests) || !fits(s, next, rests)) {
        return;
    }
    size_t at = lookup(s, next, rests);

    if (s->table[at] == 0) {
        s->states[s->count] = *next;
        s->stack[s->stacked++] = (uint32_t)s->count;
        s->table[at] = (uint32_t)++s->count;
    }
}

static void try_want(struct search *s, size_t parent, size_t n)
{
    const struct state a = s->states[parent];
    bool same = a.who == n && a.time != 0;
    uint16_t length = same ? a.length : 0;
    struct state next = {.parent = (uint32_t)parent,
                         .time = a.time + 1,
                         .length = length < s->most ? length + 1 : length,
                         .who = (uint8_t)n};

    if (!same && a.time != 0 && a.who != NOBODY && a.length < s->jobs->least) {
        return;
    }
    if (allowed(s, n, a.time, rests_of(s, parent)) && sensible(s, n, &a, rests_of(s, parent))) {
        push(s, parent, &next, length >= s->jobs->cost);
    }
}

static void try_nobody(struct search *s, size_t parent)
{
    const struct state a = s->states[parent];
    struct state next = {.parent = (uint32_t)parent, .time = a.time + 1, .who = NOBODY};

    if (a.time == 0 || a.who == NOBODY || a.length >= s->jobs->least) {
        push(s, parent, &next, false);
    }
}

// The last one that is tried is looked at first: idling at last, the most urgent, and going on, first.
static void expand(struct search *s, size_t parent)
{
    const struct jobs *j = s->jobs;
    const struct state a = s->states[parent];
    size_t urgent = SIZE_MAX;
    uint64_t earliest = UINT64_MAX;

    try_nobody(s, parent);
    for (size_t n = 0; n < j->want_count; n++) {
        size_t job = job_at(s, n, a.time);

        if (rests_of(s, parent)[n] != 0 && job != SIZE_MAX && j->list[job].deadline < earliest) {
            earliest = j->list[job].deadline;
            urgent = n;
        }
    }
    for (size_t n = 0; n < j->want_count; n++) {
        if (n != urgent && n != a.who) {
            try_want(s, parent, n);
        }
    }
    if (urgent != SIZE_MAX && urgent != a.who) {
        try_want(s, parent, urgent);
    }
    if (a.time != 0 && a.who != NOBODY) {
        try_want(s, parent, a.who);
    }
}

static void write_out(const struct search *s, size_t state, struct make_processor *out)
{
    size_t *way = pool_alloc(s->pool, (s->states[state].time + 1) * sizeof *way);
    size_t n = 0;

    for (; s->states[state].time != 0; state = s->states[state].parent) {
        way[n++] = state;
    }
    while (n-- > 0) {
        const struct state *a = &s->states[way[n]];

        if (a->who != NOBODY) {
            slots_append(s->pool, s->jobs, out, s->jobs->wants[a->who], a->time - 1, a->time);
        }
    }
}

static void begin(struct search *s)
{
    const struct jobs *j = s->jobs;
    uint64_t room = s->limit + j->want_count + 2;
    uint64_t most = j->least > j->cost ? j->least : j->cost;

    s->slots = 1;
    while (s->slots < 2 * room) {
        s->slots *= 2;
    }
    s->most = (uint16_t)(most < UINT16_MAX ? most : UINT16_MAX);
    s->states = pool_alloc(s->pool, room * sizeof *s->states);
    s->rests = pool_alloc(s->pool, room * (j->want_count + 1) * sizeof *s->rests);
    s->table = pool_alloc(s->pool, s->slots * sizeof *s->table);
    s->stack = pool_alloc(s->pool, room * sizeof *s->stack);
    s->states[0] = (struct state){.who = NOBODY};
    s->stack[s->stacked++] = 0;
    s->count = 1;
    (void)pass(s, &s->states[0], false, rests_of(s, 0));
}

enum make_answer search_plan(struct pool *pool, const struct jobs *jobs, uint64_t limit,
                             struct make_processor *out, uint64_t *nodes)
{
    struct search s = {.pool = pool, .jobs = jobs, .limit = limit};
    enum make_answer answer = MAKE_NONE;

    *out = (struct make_processor){NULL, 0};
    if (jobs->end > UINT32_MAX - 1u || jobs->least > UINT16_MAX || jobs->cost > UINT16_MAX) {
        return MAKE_UNKNOWN; // a state does not hold them
    }
    begin(&s);
    while (s.stacked != 0 && answer == MAKE_NONE) {
        size_t state = s.stack[--s.stacked];
        const struct state *a = &s.states[state];

        if (a->time == jobs->end) {
            if (a->who == NOBODY || a->length >= jobs->least) {
                write_out(&s, state, out);
                answer = MAKE_PLAN;
            }
        } else if (s.count > limit) {
            answer = MAKE_UNKNOWN;
        } else {
            expand(&s, state);
        }
    }
    *nodes += s.count;
    return answer;
}
