// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The clock's start: the constants that turn ticks into nanoseconds and back.

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
