// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// GPTIMER: timer 1 runs freely as the clock, timer 0 is the one-shot. Both count at the processor's
// clock. Control registers are always written whole: reading them back gives other bits on some
// implementations.

#ifndef ARCH_TIMER_H
#define ARCH_TIMER_H

#include <arch/io.h>

#define GPTIMER_SCALER IO_REGISTER(BOARD_GPTIMER, 0x00)
#define GPTIMER_SCALER_RELOAD IO_REGISTER(BOARD_GPTIMER, 0x04)
#define GPTIMER_COUNTER(n) IO_REGISTER(BOARD_GPTIMER, 0x10 + 0x10 * (n))
#define GPTIMER_RELOAD(n) IO_REGISTER(BOARD_GPTIMER, 0x14 + 0x10 * (n))
#define GPTIMER_CONTROL(n) IO_REGISTER(BOARD_GPTIMER, 0x18 + 0x10 * (n))

#define GPTIMER_ENABLE 0x01u
#define GPTIMER_RESTART 0x02u
#define GPTIMER_LOAD 0x04u
#define GPTIMER_INTERRUPT 0x08u
#define GPTIMER_PENDING 0x10u

static inline uint32_t hal_timer_hz(void)
{
    return BOARD_CLOCK_HZ;
}

static inline uint32_t hal_timer_count(void)
{
    return ~GPTIMER_COUNTER(1);
}

static inline void hal_timer_arm(uint32_t target)
{
    // The counter interrupts one tick after it has reached 0.
    int32_t ticks = (int32_t)(target - hal_timer_count() - 1u);

    GPTIMER_RELOAD(0) = (uint32_t)(ticks & ~(ticks >> 31)); // 0 if that time has passed
    GPTIMER_CONTROL(0) = GPTIMER_PENDING | GPTIMER_INTERRUPT | GPTIMER_LOAD | GPTIMER_ENABLE;
}

// The compiler compares the upper half of the difference with 0 once more. The nop is annulled where the branch is
// not taken.
static inline bool timer_reached(uint64_t now, uint64_t time)
{
    __asm__ goto("subcc %1, %3, %%g0\n\tsubxcc %0, %2, %%g0\n\tbpos,a %l[reached]\n\t nop"
                 :
                 : "r"((uint32_t)(now >> 32)), "r"((uint32_t)now), "r"((uint32_t)(time >> 32)),
                   "r"((uint32_t)time)
                 : "cc"
                 : reached);
    return false;
reached:
    return true;
}

#define HAL_REACHED(now, time) timer_reached((now), (time))

// The move is annulled where the branch is not taken.
static inline void *timer_earlier(void *a, uint64_t a_time, void *b, uint64_t b_time)
{
    __asm__("subcc %2, %4, %%g0\n\tsubxcc %1, %3, %%g0\n\tbneg,a 1f\n\t mov %5, %0\n1:"
            : "+r"(a)
            : "r"((uint32_t)(b_time >> 32)), "r"((uint32_t)b_time), "r"((uint32_t)(a_time >> 32)),
              "r"((uint32_t)a_time), "r"(b)
            : "cc");
    return a;
}

#define HAL_EARLIER(a, a_time, b, b_time) timer_earlier((a), (a_time), (b), (b_time))

#endif
