// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hardware clock in nanoseconds.

#include <kernel/time.h>

sep_time_t time_update(struct time_clock *clock)
{
    uint32_t count = hal_timer_count();
    uint32_t ticks = count - clock->count;
    uint64_t rest = (uint64_t)ticks * clock->period_rest + clock->fraction;

    clock->count = count;
    clock->ns += (uint64_t)ticks * clock->period_ns + (rest >> 32);
    clock->fraction = (uint32_t)rest;
    return clock->ns;
}

uint32_t time_target(const struct time_clock *clock, sep_time_t deadline)
{
    uint64_t wait = deadline - clock->ns;
    uint32_t ns = (uint32_t)wait;

    if ((int32_t)(wait >> 32) < 0) {
        return clock->count;
    }
    if ((wait >> 32) != 0u || ns > clock->horizon) {
        ns = clock->horizon;
    }
    return clock->count + ns * clock->rate_ticks +
           (uint32_t)(((uint64_t)ns * clock->rate_rest) >> 32) + 1u;
}

sep_time_t time_next_period(sep_time_t expiry, sep_time_t interval, sep_time_t now)
{
    sep_time_t step = interval;

    if (!time_reached(now, expiry)) {
        return expiry;
    }
    while (time_reached(now, expiry + 2u * step)) {
        step *= 2u;
    }
    for (; step >= interval; step /= 2u) {
        if (time_reached(now, expiry + step)) {
            expiry += step;
        }
    }
    return expiry + interval;
}
