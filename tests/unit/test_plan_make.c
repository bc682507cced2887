// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The synthesis of cyclic plans beside the simplest thing that can be right: every plan of a small problem
// looked at.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "plan/make.h"

static uint32_t seed;

static unsigned roll(unsigned sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

#define WANTS 3u
#define G 100u          // nanoseconds of a granule
#define END 8u          // granules of a frame
#define NODES_MAX 7392u // of all problems of answers_are_right(): what they take today

struct small {
    struct make_want wants[WANTS];
    size_t after[WANTS];
    struct make_problem problem;
};

static void random_problem(struct small *p)
{
    static const unsigned periods[] = {4, 8};
    size_t count = 1 + roll(WANTS);

    memset(p, 0, sizeof *p);
    for (size_t i = 0; i < count; i++) {
        unsigned period = periods[roll(2)];
        unsigned capacity = 1 + roll(3);
        size_t before = i == 0 ? 0 : roll((unsigned)i);

        p->wants[i] = (struct make_want){.period = period * G,
                                         .capacity = capacity * G,
                                         .deadline = (capacity + roll(period - capacity + 1)) * G};
        if (i != 0 && roll(2) == 0 && p->wants[before].period == p->wants[i].period) {
            p->after[i] = before;
            p->wants[i].after = &p->after[i];
            p->wants[i].after_count = 1;
        }
    }
    p->problem = (struct make_problem){.wants = p->wants,
                                       .count = count,
                                       .processors = 1,
                                       .frame = END * G,
                                       .granule = G,
                                       .least = (1 + roll(3)) * G,
                                       .cost = roll(2) * G,
                                       .limit = 1000000};
}

// Whether a row of granules, count meaning nobody, is a plan for the problem.
static bool is_plan(const struct make_problem *p, const uint8_t *who)
{
    bool useful[END];

    for (unsigned t = 0, start = 0; t < END; t++) {
        start = t == 0 || who[t] != who[t - 1] ? t : start;
        useful[t] = who[t] != p->count && (t - start) * G >= p->cost;
        if ((t == END - 1 || who[t + 1] != who[t]) && who[t] != p->count &&
            (t + 1 - start) * G < p->least) {
            return false;
        }
    }
    for (size_t i = 0; i < p->count; i++) {
        const struct make_want *w = &p->wants[i];

        for (unsigned open = 0; open < END; open += (unsigned)(w->period / G)) {
            uint64_t got = 0;
            uint64_t front = 0;

            for (unsigned t = open; t < open + w->period / G; t++) {
                bool mine = useful[t] && who[t] == i;

                if (mine && w->after_count != 0 && front < p->wants[w->after[0]].capacity) {
                    return false;
                }
                front += w->after_count != 0 && useful[t] && who[t] == w->after[0] ? G : 0;
                got += mine && t < open + w->deadline / G ? G : 0;
            }
            if (got < w->capacity) {
                return false;
            }
        }
    }
    return true;
}

// Every row of granules, those that begin wrongly left out: a slot is never shorter than the least.
static bool any_plan(const struct make_problem *p, uint8_t *who, unsigned t)
{
    if (t == END) {
        return is_plan(p, who);
    }
    for (uint8_t i = 0; i <= p->count; i++) {
        unsigned run = 0;

        while (run < t && t > 0 && who[t - 1 - run] == who[t - 1]) {
            run++;
        }
        if (t > 0 && i != who[t - 1] && who[t - 1] != p->count && run * G < p->least) {
            continue;
        }
        who[t] = i;
        if (any_plan(p, who, t + 1)) {
            return true;
        }
    }
    return false;
}

static void row_of(const struct make_problem *p, const struct make_processor *made, uint8_t *who)
{
    memset(who, (int)p->count, END);
    for (size_t i = 0; i < made->count; i++) {
        for (uint64_t t = 0; t < made->slots[i].duration / G; t++) {
            who[made->slots[i].start / G + t] = (uint8_t)made->slots[i].who;
        }
    }
}

/// Shows REQ-PLAN-003, REQ-PLAN-004: a plan is one, none is none: beside every plan that there is, with
/// shortest slots, costs of switching and precedence.
static void answers_are_right(void **state)
{
    unsigned plans = 0;
    unsigned intervals = 0;
    unsigned searched = 0;
    unsigned exhausted = 0;
    uint64_t nodes = 0;

    (void)state;
    for (unsigned n = 1; n < 1500u; n++) {
        struct pool *pool = pool_new();
        struct make_result r;
        struct small p;
        uint8_t who[END];

        seed = n * 7919u;
        random_problem(&p);
        r = make_plan(pool, &p.problem);
        assert_int_not_equal(r.answer, MAKE_UNKNOWN);
        if (r.answer == MAKE_PLAN) {
            row_of(&p.problem, &r.processors[0], who);
            assert_true(is_plan(&p.problem, who));
        } else {
            assert_false(any_plan(&p.problem, who, 0));
        }
        nodes += r.nodes;
        plans += r.answer == MAKE_PLAN;
        searched += r.answer == MAKE_PLAN && r.searched;
        intervals += r.answer == MAKE_NONE && r.proof.interval;
        exhausted += r.answer == MAKE_NONE && !r.proof.interval;
        pool_free(pool);
    }
    assert_true(plans > 50u && intervals > 20u && searched > 0u && exhausted > 10u);
    assert_true(nodes <= NODES_MAX);
}

/// Shows REQ-PLAN-004: an interval that proves that there is no plan holds more demand than time.
static void proofs_hold(void **state)
{
    unsigned seen = 0;

    (void)state;
    for (unsigned n = 1; n < 2000u; n++) {
        struct pool *pool = pool_new();
        struct make_result r;
        struct small p;
        uint64_t sum = 0;

        seed = n * 104729u;
        random_problem(&p);
        for (size_t i = 0; i < p.problem.count; i++) {
            p.wants[i].after_count = 0;
        }
        r = make_plan(pool, &p.problem);
        if (r.answer == MAKE_NONE && r.proof.interval) {
            for (size_t i = 0; i < p.problem.count; i++) {
                for (uint64_t open = 0; open < p.problem.frame; open += p.wants[i].period) {
                    bool inside = open >= r.proof.from && open + p.wants[i].deadline <= r.proof.to;

                    sum += inside ? p.wants[i].capacity : 0;
                }
            }
            assert_int_equal(r.proof.demand, sum);
            assert_int_equal(r.proof.exact, sum);
            assert_true(sum > r.proof.to - r.proof.from);
            seen++;
        }
        pool_free(pool);
    }
    assert_true(seen > 100u);
}

/// Shows REQ-PLAN-004: unknown is said where a limit is reached, and where precedence crosses processors.
static void limits_are_unknown(void **state)
{
    struct pool *pool = pool_new();
    size_t first = 0;
    struct make_want wants[] = {{.period = 10, .capacity = 4, .deadline = 10, .processor = 0},
                                {.period = 10,
                                 .capacity = 4,
                                 .deadline = 10,
                                 .processor = 1,
                                 .after = &first,
                                 .after_count = 1},
                                {.period = 10, .capacity = 2, .deadline = 4, .processor = 0}};
    struct make_problem problem = {.wants = wants,
                                   .count = 3,
                                   .processors = 2,
                                   .frame = 10,
                                   .granule = 1,
                                   .least = 1,
                                   .cost = 0,
                                   .limit = 2};
    struct make_result r = make_plan(pool, &problem);

    (void)state;
    assert_int_equal(r.answer, MAKE_UNKNOWN);
    assert_int_equal(r.reason, MAKE_REASON_CROSS);
    problem.count = 2;
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_PLAN);
    wants[1] = (struct make_want){.period = 20, .capacity = 10, .deadline = 20};
    problem.frame = 20;
    problem.cost = 1;
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_UNKNOWN);
    assert_int_equal(r.reason, MAKE_REASON_STATES);
    problem.cost = 0;
    problem.frame = 10ull * MAKE_JOBS_MAX;
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_UNKNOWN);
    assert_int_equal(r.reason, MAKE_REASON_JOBS);
    pool_free(pool);
}

/// Shows REQ-PLAN-004: what is rounded is rounded to the safe side, and no proof is made of it.
static void rounding_is_safe(void **state)
{
    struct pool *pool = pool_new();
    const struct make_want wants[] = {{.period = 10, .capacity = 3, .deadline = 5},
                                      {.period = 10, .capacity = 2, .deadline = 4}};
    struct make_problem problem = {.wants = wants,
                                   .count = 2,
                                   .processors = 1,
                                   .frame = 10,
                                   .granule = 2,
                                   .least = 1,
                                   .cost = 0,
                                   .limit = 100};
    struct make_result r = make_plan(pool, &problem);

    (void)state;
    assert_int_equal(r.answer, MAKE_NONE); // three granules in front of 4
    assert_int_equal(r.proof.to, 4);
    assert_int_equal(r.proof.demand, 6);
    assert_int_equal(r.proof.exact, 0);
    problem.granule = 1;
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_PLAN);
    assert_int_equal(r.processors[0].slots[0].who, 1);
    assert_int_equal(r.processors[0].slots[1].duration, 3);
    problem.granule = 4; // a window that ends at 5 has one granule, the first
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_NONE);
    assert_int_equal(r.proof.exact, 0);
    problem.cost = 70000; // longer than a state can hold
    problem.granule = 1;
    r = make_plan(pool, &problem);
    assert_int_equal(r.answer, MAKE_UNKNOWN);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_right),
        cmocka_unit_test(proofs_hold),
        cmocka_unit_test(limits_are_unknown),
        cmocka_unit_test(rounding_is_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
