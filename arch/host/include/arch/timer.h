// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The simulated clock and the processors' one-shot timers.

#ifndef ARCH_TIMER_H
#define ARCH_TIMER_H

uint32_t host_timer_hz(void);
uint32_t host_timer_count(void);
void host_timer_arm(uint32_t target);

static inline uint32_t hal_timer_hz(void)
{
    return host_timer_hz();
}

static inline uint32_t hal_timer_count(void)
{
    return host_timer_count();
}

static inline void hal_timer_arm(uint32_t target)
{
    host_timer_arm(target);
}

#endif
