// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The time for those who are in no hurry, and periods of timers.

#include <kernel/time.h>

sep_time_t time_now(const struct hal_clock *clock)
{
    return time_read(clock);
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
    for (; time_reached(step, interval); step /= 2u) {
        if (time_reached(now, expiry + step)) {
            expiry += step;
        }
    }
    return expiry + interval;
}
