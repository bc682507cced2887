// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hardware clock in nanoseconds, made from the architecture's tick counter.
//
// ns = ticks * mult / 2^shift, the fraction carried from update to update, so that no error adds
// up; mult is rounded up to 32 significant bits (relative error below 5e-10).

#ifndef KERNEL_TIME_H
#define KERNEL_TIME_H

#include <hal/timer.h>
#include <septum/types.h>

/// One processor's view of the clock. Owned by its processor.
struct time_clock {
    sep_time_t ns;     ///< time at count
    uint32_t count;    ///< hal_timer_count() of the last update
    uint32_t fraction; ///< of a nanosecond, 2^-shift each
    uint32_t mult;
    uint32_t shift;
    uint32_t inverse; ///< ticks = ns * inverse / 2^inverse_shift
    uint32_t inverse_shift;
    sep_time_t horizon; ///< longest wait between two updates, ns
};

/// Longest time that the timer is armed for: 1 s, or less where 2^30 ticks are shorter.
#define TIME_HORIZON_MAX ((sep_time_t)1000000000)

/// Starts the clock at 0 for a counter of hz ticks per second (1 kHz … 4 GHz) standing at count.
void time_init(struct time_clock *clock, uint32_t hz, uint32_t count);

/// Time now, without moving the base.
static inline sep_time_t time_read(const struct time_clock *clock)
{
    uint32_t ticks = hal_timer_count() - clock->count;

    return clock->ns + (((uint64_t)ticks * clock->mult + clock->fraction) >> clock->shift);
}

/// Moves the base to now and returns it. At least once in 2^32 ticks.
sep_time_t time_update(struct time_clock *clock);

/// Count at which the clock will have reached deadline, or the horizon if that comes first; never
/// early. The base was updated at now.
uint32_t time_target(const struct time_clock *clock, sep_time_t deadline);

/// First expiry + n * interval (n >= 1) that lies behind now; interval > 0. At most 128 steps.
sep_time_t time_next_period(sep_time_t expiry, sep_time_t interval, sep_time_t now);

/// numerator / denominator for boot-time constants (the kernel needs no run-time division).
uint64_t time_divide(uint64_t numerator, uint32_t denominator);

#endif
