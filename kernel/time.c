// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hardware clock in nanoseconds.

#include <kernel/time.h>

#define NS_PER_S 1000000000u

uint64_t time_divide(uint64_t numerator, uint32_t denominator)
{
    uint64_t quotient = 0;
    uint64_t rest = 0;

    for (uint32_t i = 0; i < 64u; i++) {
        rest = (rest << 1) | (numerator >> 63);
        numerator <<= 1;
        quotient <<= 1;
        if (rest >= denominator) {
            rest -= denominator;
            quotient |= 1u;
        }
    }
    return quotient;
}

// numerator / denominator as a whole part and 2^-32 parts, rounded up.
static void divide_fixed(uint32_t numerator, uint32_t denominator, uint32_t *whole, uint32_t *rest)
{
    uint64_t quotient = time_divide(((uint64_t)numerator << 32) + (denominator - 1u), denominator);

    *whole = (uint32_t)(quotient >> 32);
    *rest = (uint32_t)quotient;
}

void time_init(struct time_clock *clock, uint32_t hz, uint32_t count)
{
    uint64_t half;

    *clock = (struct time_clock){.count = count};
    divide_fixed(NS_PER_S, hz, &clock->period_ns, &clock->period_rest);
    divide_fixed(hz, NS_PER_S, &clock->rate_ticks, &clock->rate_rest);
    // 2^30 ticks, or the most whose arithmetic stays in 32 bits.
    half = ((uint64_t)clock->period_ns << 30) + (clock->period_rest >> 2);
    clock->horizon = half < TIME_HORIZON_MAX ? (uint32_t)half : TIME_HORIZON_MAX;
}

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
    while (time_reached(now, expiry)) {
        sep_time_t step = interval;

        while (time_reached(now, expiry + 2u * step)) {
            step *= 2u;
        }
        expiry += step;
    }
    return expiry;
}
