// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The clock's start: the constants that turn ticks into nanoseconds and back.

#include <kernel/time.h>

#define NS_PER_S 1000000000u

uint32_t time_fraction(uint32_t numerator, uint32_t denominator)
{
    uint32_t quotient = 0;

    for (uint32_t i = 0; i < 32u; i++) {
        // Whether the doubled rest is no longer below the denominator.
        bool reached = numerator >= denominator - numerator;

        numerator *= 2u;
        quotient *= 2u;
        if (reached) {
            numerator -= denominator;
            quotient++;
        }
    }
    return numerator != 0u ? quotient + 1u : quotient;
}

sep_time_t time_now(const struct time_clock *clock)
{
    return time_read(clock);
}

void time_init(struct time_clock *clock, uint32_t hz, uint32_t count)
{
    uint32_t half;

    *clock = (struct time_clock){.count = count};
    clock->period_ns = NS_PER_S / hz;
    clock->period_rest = time_fraction(NS_PER_S % hz, hz);
    clock->rate_ticks = hz / NS_PER_S;
    clock->rate_rest = time_fraction(hz % NS_PER_S, NS_PER_S);
    // 2^30 ticks, or the most whose arithmetic stays in 32 bits.
    half = clock->period_rest >> 2;
    clock->horizon = clock->period_ns == 0u && half < TIME_HORIZON_MAX ? half : TIME_HORIZON_MAX;
}
