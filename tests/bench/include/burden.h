// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What else a partition may have when its slot ends or begins, so that its cost shows: one of
// BURDEN_TIMER, BURDEN_DEVICE, BURDEN_CONSOLE, BURDEN_FPU is defined for all programs of a system.

#ifndef BENCH_BURDEN_H
#define BENCH_BURDEN_H

#include "bench.h"

#if defined(BURDEN_CONSOLE) || defined(BURDEN_FPU)
#define BURDEN_STEPS 5000u ///< until it is renewed
#else
#define BURDEN_STEPS (1u << 30)
#endif

/// Once, at the partition's start.
static inline void burden_begin(void)
{
#ifdef BURDEN_TIMER
    const sep_time_t far = (sep_time_t)1 << 60;

    (void)sep_set_timer(SEP_CLOCK_HW, far, 0);
    (void)sep_set_timer(SEP_CLOCK_EXEC, far, 0);
    (void)sep_set_timer(SEP_CLOCK_WATCHDOG, far, 0);
#endif
#ifdef BURDEN_DEVICE
    (void)sep_irq_unmask(~(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST) - 1u));
#endif
}

/// The hardware timer expires once per frame outside the caller's slots: every slot finds it expired.
static inline void burden_between_slots(sep_time_t frame)
{
#ifdef BURDEN_TIMER
    sep_time_t now = 0;

    (void)sep_get_time(SEP_CLOCK_HW, &now);
    (void)sep_set_timer(SEP_CLOCK_HW, now + frame / 2u, frame);
#else
    (void)frame;
#endif
}

/// Text for the console, or the unit of floating point taken.
static inline void burden_again(void)
{
#ifdef BURDEN_CONSOLE
    static char text[SEP_CONSOLE_WRITE_MAX];

    for (uint32_t i = 0; i < sizeof(text); i++) {
        text[i] = '\n';
    }
    (void)sep_console_write(text, sizeof(text));
#endif
#ifdef BURDEN_FPU
    sep_time_t times[2];

    bench_fp(times);
#endif
}

#endif
