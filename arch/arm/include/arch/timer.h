// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The generic timer: the physical counter is the clock, the hypervisor's own timer the one-shot.

#ifndef ARCH_TIMER_H
#define ARCH_TIMER_H

#include <arch/sysreg.h>

/// CNTFRQ_EL0, which firmware sets (timer.c).
extern uint32_t timer_hz;

static inline uint32_t hal_timer_hz(void)
{
    return timer_hz;
}

// The barrier keeps the counter from being read earlier than what was before it.
static inline uint64_t timer_count(void)
{
    __asm__ volatile("isb" : : : "memory");
    return SYSREG_READ(cntpct_el0);
}

static inline uint32_t hal_timer_count(void)
{
    return (uint32_t)timer_count();
}

static inline void hal_timer_arm(uint32_t target)
{
    uint64_t now = timer_count();

    SYSREG_WRITE(cnthp_cval_el2, now + (uint64_t)(int64_t)(int32_t)(target - (uint32_t)now));
}

/// It does not fire until it is armed again.
static inline void timer_disarm(void)
{
    SYSREG_WRITE(cnthp_cval_el2, UINT64_MAX);
}

#endif
