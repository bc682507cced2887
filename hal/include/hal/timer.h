// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The clock and the one timer of a processor, in ticks of the hardware. The kernel makes
// nanoseconds of them.

#ifndef HAL_TIMER_H
#define HAL_TIMER_H

#include <hal/types.h>
#include <septum/types.h>

/// One processor's view of the clock: how ticks become nanoseconds (kernel/time.h). Written by the kernel
/// on its processor; the architecture may read it to stamp what it records itself.
struct hal_clock {
    sep_time_t ns;        ///< time at count
    uint32_t count;       ///< hal_timer_count() of the last update
    uint32_t fraction;    ///< of a nanosecond, 2^-32 each
    uint32_t period_ns;   ///< length of a tick: whole nanoseconds
    uint32_t period_rest; ///< and 2^-32 of one
    uint32_t rate_ticks;  ///< ticks in a nanosecond: whole ones
    uint32_t rate_rest;   ///< and 2^-32 of one
    uint32_t horizon;     ///< longest wait between two updates, ns
};

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

/// Whether now has reached a time, which it mostly has not; both below 2^63. (The sign of a difference: on 32-bit
/// machines a comparison of 64-bit values costs several times as much.) An architecture whose compiler takes more
/// than the subtraction and a branch defines its own.
#ifndef HAL_REACHED
#define HAL_REACHED(now, time) ((int32_t)(((now) - (time)) >> 32) >= 0)
#endif

/// Of two pointers the one that an earlier time stands beside; a if the times are the same. Again for an architecture
/// to define where its compiler takes more than the subtraction and a conditional move.
#ifndef HAL_EARLIER
#define HAL_EARLIER(a, a_time, b, b_time) (HAL_REACHED((b_time), (a_time)) ? (a) : (b))
#endif

#endif
