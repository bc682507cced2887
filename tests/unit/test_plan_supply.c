// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a cyclic plan gives, and tasks inside partitions, beside the simplest thing that can be right: time
// walked through unit by unit, every time of release tried.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "plan/tasks.h"

static uint32_t seed;

static unsigned roll(unsigned sides)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % sides;
}

// --- Supply ---------------------------------------------------------------------------------------------

#define FRAME 24u

struct row {
    uint8_t has[FRAME];
    struct supply supply;
};

static void random_row(struct pool *pool, struct row *row)
{
    struct supply_span spans[FRAME];
    size_t count = 0;
    unsigned cost = roll(3);

    memset(row->has, 0, sizeof row->has);
    for (unsigned t = roll(4); t < FRAME;) {
        unsigned length = 1 + roll(6);
        unsigned end = t + length < FRAME ? t + length : FRAME;

        spans[count++] = (struct supply_span){t, end};
        for (unsigned u = t + cost; u < end; u++) {
            row->has[u] = 1;
        }
        t = end + roll(6);
    }
    row->supply = supply_make(pool, spans, count, FRAME, cost);
}

static uint64_t walked(const struct row *row, uint64_t from, uint64_t to)
{
    uint64_t sum = 0;

    for (; from < to; from++) {
        sum += row->has[from % FRAME];
    }
    return sum;
}

/// Shows REQ-PLAN-001: time given, the inverse, the least in a window and the longest gap are those counted.
static void supply_is_what_is_counted(void **state)
{
    (void)state;
    for (seed = 1; seed < 400u;) {
        struct pool *pool = pool_new();
        struct row row;
        uint64_t gap = 0;
        uint32_t again = seed + 1u;

        random_row(pool, &row);
        for (uint64_t t = 0; t < 3 * FRAME; t++) {
            uint64_t least = UINT64_MAX;

            assert_int_equal(supply_until(&row.supply, t), walked(&row, 0, t));
            for (uint64_t from = 0; from < FRAME; from++) {
                uint64_t got = walked(&row, from, from + t);

                least = got < least ? got : least;
                gap = got == 0 && t > gap ? t : gap;
            }
            assert_int_equal(supply_least(&row.supply, t), least);
        }
        for (uint64_t given = 1; row.supply.total != 0 && given < 40; given++) {
            uint64_t t = supply_time(&row.supply, given);

            assert_int_equal(walked(&row, 0, t), given);
            assert_int_equal(walked(&row, 0, t - 1), given - 1);
        }
        if (row.supply.total == 0) {
            assert_int_equal(supply_gap(&row.supply), UINT64_MAX);
            assert_int_equal(supply_time(&row.supply, 1), UINT64_MAX);
        } else {
            assert_int_equal(supply_gap(&row.supply), gap);
        }
        assert_int_equal(supply_time(&row.supply, 0), 0);
        pool_free(pool);
        seed = again;
    }
}

/// Shows REQ-PLAN-001: times beyond any use are told from times.
static void supply_ends_somewhere(void **state)
{
    struct pool *pool = pool_new();
    struct supply_span span = {0, 1};
    struct supply s = supply_make(pool, &span, 1, 1000, 0);

    (void)state;
    assert_int_equal(supply_time(&s, 5), 4001);
    assert_int_equal(supply_time(&s, SUPPLY_TIME_MAX), UINT64_MAX);
    pool_free(pool);
}

// --- Tasks ----------------------------------------------------------------------------------------------

#define TASKS 3u

// Runs tasks that are all released at `from` and then as often as allowed, for a time; the longest response
// of each, UINT64_MAX when a deadline passed.
static void simulate(const struct row *row, enum tasks_policy policy,
                     const struct tasks_task *tasks, size_t count, uint64_t from, uint64_t length,
                     uint64_t *responses)
{
    uint64_t left[TASKS] = {0};
    uint64_t released[TASKS] = {0};

    for (uint64_t t = 0; t < length; t++) {
        size_t best = count;

        for (size_t i = 0; i < count; i++) {
            if (left[i] != 0 && t == released[i] + tasks[i].deadline) {
                responses[i] = UINT64_MAX;
            }
            if (t % tasks[i].period == 0) {
                left[i] = left[i] == 0 ? tasks[i].capacity : left[i];
                released[i] = t;
            }
        }
        for (size_t i = 0; i < count; i++) {
            bool better = best == count;

            if (left[i] == 0) {
                continue;
            }
            if (!better && policy == TASKS_EDF) {
                better = released[i] + tasks[i].deadline < released[best] + tasks[best].deadline;
            } else if (!better) {
                better = policy == TASKS_RATE_MONOTONIC ? tasks[i].period < tasks[best].period
                                                        : tasks[i].priority > tasks[best].priority;
            }
            best = better ? i : best;
        }
        if (best != count && row->has[(from + t) % FRAME] != 0 && --left[best] == 0) {
            uint64_t response = t + 1 - released[best];

            if (responses[best] != UINT64_MAX && response > responses[best]) {
                responses[best] = response;
            }
        }
    }
}

static size_t random_tasks(struct tasks_task *tasks)
{
    static const unsigned periods[] = {12, 24, 36, 48};
    size_t count = 1 + roll(TASKS);

    for (size_t i = 0; i < count; i++) {
        unsigned period = periods[roll(4)] + (roll(4) == 0 ? 1u : 0u);
        unsigned capacity = 1 + roll(4);

        tasks[i] = (struct tasks_task){.period = period,
                                       .capacity = capacity,
                                       .deadline = capacity + roll(period - capacity + 1),
                                       .priority = 10 * i};
    }
    return count;
}

/// Shows REQ-PLAN-002: fixed priorities: the response is the longest that occurs, over all times of release.
static void responses_are_those_that_occur(void **state)
{
    unsigned met = 0;
    unsigned late = 0;

    (void)state;
    for (unsigned n = 1; n < 400u; n++) {
        struct pool *pool = pool_new();
        struct tasks_task tasks[TASKS];
        uint64_t seen[TASKS] = {0};
        enum tasks_policy policy = n % 2u == 0 ? TASKS_FIXED_PRIORITY : TASKS_RATE_MONOTONIC;
        struct row row;
        size_t count;

        seed = n;
        random_row(pool, &row);
        count = random_tasks(tasks);
        for (size_t i = 1; i < count && policy == TASKS_RATE_MONOTONIC; i++) {
            // No two alike: which goes first is not said.
            tasks[i].period =
                tasks[i].period > tasks[i - 1].period ? tasks[i].period : tasks[i - 1].period + 1;
        }
        tasks_analyse(&row.supply, policy, tasks, count);
        for (uint64_t from = 0; from < FRAME; from++) {
            simulate(&row, policy, tasks, count, from, 60, seen);
        }
        for (size_t i = 0; i < count; i++) {
            bool in_time = seen[i] <= tasks[i].deadline;
            bool disturbed =
                false; // by one before it that is late: what follows from that is not said

            for (size_t k = 0; k < count; k++) {
                bool front = policy == TASKS_FIXED_PRIORITY ? k > i : k < i;

                disturbed = disturbed || (front && seen[k] > tasks[k].deadline);
            }
            if (disturbed) {
                continue;
            }
            assert_int_not_equal(tasks[i].verdict, TASKS_UNKNOWN);
            assert_int_equal(tasks[i].verdict == TASKS_MET, in_time && row.supply.total != 0);
            if (tasks[i].verdict == TASKS_MET) {
                assert_int_equal(tasks[i].response, seen[i]);
            }
            met += tasks[i].verdict == TASKS_MET;
            late += tasks[i].verdict == TASKS_LATE;
        }
        pool_free(pool);
    }
    assert_true(met > 100u && late > 100u);
}

/// Shows REQ-PLAN-002: EDF: found in time exactly where no time of release makes a task late.
static void edf_is_in_time_where_nothing_is_late(void **state)
{
    unsigned met = 0;
    unsigned late = 0;

    (void)state;
    for (unsigned n = 1; n < 250u; n++) {
        struct pool *pool = pool_new();
        struct tasks_task tasks[TASKS];
        uint64_t seen[TASKS] = {0};
        struct row row;
        bool any = false;
        size_t count;

        seed = n;
        random_row(pool, &row);
        count = random_tasks(tasks);
        for (size_t i = 0; i < count; i++) {
            tasks[i].period = tasks[i].period % 12u == 0 ? tasks[i].period : 24u;
            tasks[i].deadline = tasks[i].deadline < 24u ? tasks[i].deadline : tasks[i].period;
        }
        tasks_analyse(&row.supply, TASKS_EDF, tasks, count);
        for (uint64_t from = 0; from < FRAME; from++) {
            simulate(&row, TASKS_EDF, tasks, count, from, 12u * 144u, seen);
        }
        for (size_t i = 0; i < count; i++) {
            any = any || seen[i] > tasks[i].deadline;
        }
        any = any || row.supply.total == 0;
        assert_int_equal(tasks[0].verdict, any ? TASKS_LATE : TASKS_MET);
        met += any ? 0u : 1u;
        late += any ? 1u : 0u;
        pool_free(pool);
    }
    assert_true(met > 30u && late > 30u);
}

/// Shows REQ-PLAN-002: load that the plan cannot carry is late, whatever is seen of it; steps are bounded.
static void loads_and_limits(void **state)
{
    struct pool *pool = pool_new();
    struct supply_span span = {0, 6};
    struct supply s = supply_make(pool, &span, 1, 20, 0);
    struct tasks_task over = {.period = 1000000, .capacity = 300001, .deadline = 1000000};
    struct tasks_task edge = {.period = 20000003, .capacity = 6000000, .deadline = 20000003};
    struct supply_span wide = {0, 6000000};

    (void)state;
    tasks_analyse(&s, TASKS_EDF, &over, 1);
    assert_int_equal(over.verdict, TASKS_LATE);
    s = supply_make(pool, &wide, 1, 20000000, 0);
    tasks_analyse(&s, TASKS_EDF, &edge, 1);
    assert_int_equal(edge.verdict, TASKS_UNKNOWN);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supply_is_what_is_counted),
        cmocka_unit_test(supply_ends_somewhere),
        cmocka_unit_test(responses_are_those_that_occur),
        cmocka_unit_test(edf_is_in_time_where_nothing_is_late),
        cmocka_unit_test(loads_and_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
