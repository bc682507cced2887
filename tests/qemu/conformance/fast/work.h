// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions that compute: who runs at the time that the seed gives for a frame raises the line of the owner.

#ifndef WORK_H
#define WORK_H

#include <check.h>
#include <interrupt_source.h>

#define SEED 20261120u
#define FRAME (30 * MS)
#define FIRST 20u ///< frame: everybody is loaded
#define COUNT 60u ///< frames with one interrupt each
#define STORM 10u ///< frames behind them with as many as there can be

enum raiser { NOBODY, REAL_TIME, BUSY, SOLID, OUTSIDE };

/// Memory of all; zero at first.
struct mail {
    volatile uint32_t raiser[COUNT];
    volatile sep_time_t raised[COUNT];
    volatile sep_time_t handled[COUNT];
    volatile sep_time_t kept[COUNT]; ///< how long the raiser ran behind it
    volatile uint32_t stormed;
    volatile uint32_t late;
};

static inline struct mail *mail(void)
{
    return (struct mail *)(uintptr_t)sep_info_area("mail")->address;
}

/// The frame under way, counted from FIRST; and when it began.
static inline uint32_t frame(sep_time_t *start)
{
    struct sep_plan_status plan = {0};

    (void)sep_plan_status(&plan);
    *start = plan.frame_start;
    return plan.frame_count - FIRST;
}

/// When in frame n the interrupt comes, of the seed; 0: none does.
static inline sep_time_t time_of(uint32_t n)
{
    uint32_t random = SEED + n * 2654435761u;

    random ^= random >> 15;
    random *= 2246822519u;
    random ^= random >> 13;
    return n < COUNT ? 100 * US + (sep_time_t)(random % 28000u) * US : 0;
}

/// A step of computing.
static inline void work(enum raiser me)
{
    sep_time_t start;
    uint32_t n = frame(&start);
    sep_time_t time = now(SEP_CLOCK_HW);

    if (n < COUNT && mail()->raiser[n] == NOBODY && time - start >= time_of(n)) {
        mail()->raiser[n] = (uint32_t)me;
        mail()->raised[n] = time;
        (void)source_raise((uint32_t)me, SOURCE_LINE(0));
    } else if (n < COUNT && mail()->raiser[n] == (uint32_t)me && mail()->handled[n] == 0) {
        mail()->kept[n] = time - mail()->raised[n];
    } else if (me == BUSY && n - COUNT < STORM) {
        (void)source_raise((uint32_t)me, SOURCE_LINE(0));
    } else {
        // Nothing to do here.
    }
}

#endif
