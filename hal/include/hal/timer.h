// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The clock and the one timer of a processor, in ticks of the hardware. The kernel makes
// nanoseconds of them.

#ifndef HAL_TIMER_H
#define HAL_TIMER_H

#include <hal/types.h>

/// Starts clock and timer. Mandatory, boot only, each processor.
void hal_timer_init(void);

/// Ticks per second, 1 … 2^32 - 1, constant after hal_timer_init(). Mandatory.
static inline uint32_t hal_timer_hz(void);

/// Lowest 32 bits of a counter that counts up and is the same on all processors. The kernel looks
/// at least twice in 2^32 ticks. Mandatory, any state, constant.
static inline uint32_t hal_timer_count(void);

/// Arms the one-shot: interrupts when the counter has reached target, at once if it has already
/// (target counts as past when it is less than 2^31 ticks behind). Replaces what was armed.
/// Mandatory, interrupts off, constant.
static inline void hal_timer_arm(uint32_t target);

#include <arch/timer.h>

#endif
