// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plans with few switches: slack, and what is done with it.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "plan/make.h"
#include "plan/slack.h"

static uint32_t seed;

static unsigned roll(unsigned sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

/// Shows REQ-PLAN-003: the tree of minima is the list of values.
static void slack_is_a_list(void **state)
{
    (void)state;
    for (unsigned n = 1; n < 60u; n++) {
        struct pool *pool = pool_new();
        int64_t list[60];
        bool gone[60] = {false};
        struct slack s;

        seed = n;
        for (unsigned i = 0; i < n; i++) {
            list[i] = (int64_t)roll(1000) - 500;
        }
        s = slack_make(pool, list, n);
        for (unsigned round = 0; round < 200u; round++) {
            unsigned at = roll(n);
            int64_t least = SLACK_NONE;
            unsigned count = roll(n + 1);

            if (roll(5) == 0) {
                slack_drop(&s, at);
                gone[at] = true;
            } else {
                int64_t value = (int64_t)roll(100) - 50;

                slack_add(&s, at, value);
                for (unsigned i = at; i < n; i++) {
                    list[i] += value;
                }
            }
            for (unsigned i = 0; i < count; i++) {
                least = !gone[i] && list[i] < least ? list[i] : least;
            }
            if (least == SLACK_NONE) {
                assert_true(slack_least(&s, count) > SLACK_NONE / 2);
            } else {
                assert_int_equal(slack_least(&s, count), least);
            }
        }
        pool_free(pool);
    }
}

/// Shows REQ-PLAN-005: what runs goes on while more urgent jobs have slack: a slot a job where that is enough.
static void slots_are_not_cut_without_need(void **state)
{
    struct pool *pool = pool_new();
    const struct make_want wants[] = {{.period = 10, .capacity = 2, .deadline = 10},
                                      {.period = 10, .capacity = 3, .deadline = 10},
                                      {.period = 40, .capacity = 7, .deadline = 40}};
    const struct make_problem problem = {.wants = wants,
                                         .count = 3,
                                         .processors = 1,
                                         .frame = 40,
                                         .granule = 1,
                                         .least = 1,
                                         .cost = 0,
                                         .limit = 0};
    struct make_result r = make_plan(pool, &problem);

    (void)state;
    assert_int_equal(r.answer, MAKE_PLAN);
    assert_int_equal(r.jobs, 9);
    assert_int_equal(r.processors[0].count, 9); // EDF would cut the third want's job in two
    pool_free(pool);
}

// An urgent want every 10, one more in front of the second window, and two that are free for longer.
static struct make_result make_crowded(struct pool *pool, uint64_t long_one, const size_t *after)
{
    const struct make_want wants[] = {{.period = 10, .capacity = 3, .deadline = 3},
                                      {.period = 40, .capacity = 5, .deadline = 8},
                                      {.period = 40, .capacity = long_one, .deadline = 38},
                                      {.period = 40,
                                       .capacity = 2,
                                       .deadline = 40,
                                       .after = after,
                                       .after_count = after != NULL ? 1 : 0}};
    const struct make_problem problem = {.wants = wants,
                                         .count = 4,
                                         .processors = 1,
                                         .frame = 40,
                                         .granule = 1,
                                         .least = 1,
                                         .cost = 0,
                                         .limit = 0};

    return make_plan(pool, &problem);
}

/// Shows REQ-PLAN-005: one that would have to stop for a more urgent one lets a shorter one go first.
static void short_jobs_fill_what_is_short(void **state)
{
    struct pool *pool = pool_new();
    struct make_result r = make_crowded(pool, 7, NULL);

    (void)state;
    assert_int_equal(r.answer, MAKE_PLAN);
    assert_int_equal(r.jobs, 7);
    assert_int_equal(r.processors[0].count, 7);
    pool_free(pool);
}

/// Shows REQ-PLAN-003: but not one that comes after it.
static void short_jobs_keep_their_place(void **state)
{
    struct pool *pool = pool_new();
    const size_t third = 2;
    struct make_result r = make_crowded(pool, 8, &third);
    bool begun = false;

    (void)state;
    assert_int_equal(r.answer, MAKE_PLAN);
    for (size_t i = 0; i < r.processors[0].count; i++) {
        begun = begun || r.processors[0].slots[i].who == 3;
        assert_false(begun && r.processors[0].slots[i].who == 2);
    }
    assert_true(begun);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slack_is_a_list),
        cmocka_unit_test(slots_are_not_cut_without_need),
        cmocka_unit_test(short_jobs_fill_what_is_short),
        cmocka_unit_test(short_jobs_keep_their_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
