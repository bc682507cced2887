// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hardware clock in nanoseconds, made from the architecture's tick counter.
//
// ns = ticks * period, where period is the length of a tick in 2^-32 ns. What lies below a nanosecond
// is carried from update to update, so that no error adds up; the period itself is rounded up (by
// less than 2^-32 ns, 4e-9 of a tick of 16 MHz; less than 1e-9 of one of 4 GHz).

#ifndef KERNEL_TIME_H
#define KERNEL_TIME_H

#include <hal/timer.h>
#include <septum/types.h>

/// Longest time that the timer is armed for: 1 s, or less where 2^30 ticks are shorter.
#define TIME_HORIZON_MAX 1000000000u

#define TIME_NS_PER_S 1000000000u

/// A fraction, numerator < denominator, in 2^-32 parts, rounded up.
static inline uint32_t time_fraction(uint32_t numerator, uint32_t denominator)
{
    return (uint32_t)((((uint64_t)numerator << 32) + (denominator - 1u)) / denominator);
}

/// Starts the clock at 0 for a counter of hz ticks per second (1 kHz … 4 GHz) standing at count. Inline:
/// where the compiler knows hz, nothing of it is left to compute. Boot only.
static inline void time_init(struct hal_clock *clock, uint32_t hz, uint32_t count)
{
    uint32_t half;

    clock->ns = 0;
    clock->count = count;
    clock->fraction = 0;
    clock->period_ns = TIME_NS_PER_S / hz;
    clock->period_rest = time_fraction(TIME_NS_PER_S % hz, hz);
    clock->rate_ticks = hz / TIME_NS_PER_S;
    clock->rate_rest = time_fraction(hz % TIME_NS_PER_S, TIME_NS_PER_S);
    // 2^30 ticks, or the most whose arithmetic stays in 32 bits.
    half = clock->period_rest >> 2;
    clock->horizon = clock->period_ns == 0u && half < TIME_HORIZON_MAX ? half : TIME_HORIZON_MAX;
}

/// Whether now has reached a time; both below 2^63.
/*@ requires now < 0x8000000000000000 && time < 0x8000000000000000;
    assigns \nothing;
    ensures \result <==> now >= time; */
static inline bool time_reached(sep_time_t now, sep_time_t time)
{
    return HAL_REACHED(now, time);
}

/// Whether a length of time is no longer than a limit, as a value to be handed on; both below 2^63.
/*@ requires length < 0x8000000000000000 && limit < 0x8000000000000000;
    assigns \nothing;
    ensures \result <==> length <= limit; */
static inline bool time_within(sep_time_t length, sep_time_t limit)
{
    return (int32_t)((limit - length) >> 32) >= 0;
}

/// Time now, without moving the base.
static inline sep_time_t time_read(const struct hal_clock *clock)
{
    uint32_t ticks = hal_timer_count() - clock->count;
    uint64_t rest = (uint64_t)ticks * clock->period_rest + clock->fraction;

    return clock->ns + (uint64_t)ticks * clock->period_ns + (rest >> 32);
}

/// The same, not inlined, for those who are in no hurry.
sep_time_t time_now(const struct hal_clock *clock);

/// Moves the base to now and returns it. At least once in 2^32 ticks.
static inline sep_time_t time_update(struct hal_clock *clock)
{
    uint32_t count = hal_timer_count();
    uint32_t ticks = count - clock->count;
    uint64_t rest = (uint64_t)ticks * clock->period_rest + clock->fraction;

    clock->count = count;
    clock->ns += (uint64_t)ticks * clock->period_ns + (rest >> 32);
    clock->fraction = (uint32_t)rest;
    return clock->ns;
}

/// Count that lies ns nanoseconds (at most the horizon) behind the clock's base; never early.
static inline uint32_t time_ticks(const struct hal_clock *clock, uint32_t ns)
{
    return clock->count + ns * clock->rate_ticks +
           (uint32_t)(((uint64_t)ns * clock->rate_rest) >> 32) + 1u;
}

/// First expiry + n * interval (n >= 0) that lies behind now; interval > 0, all below 2^62. Two passes
/// over the doublings of interval up to what is missing: at most 2 * 47 steps of SEP_TIMER_INTERVAL_MIN.
sep_time_t time_next_period(sep_time_t expiry, sep_time_t interval, sep_time_t now);

#endif
