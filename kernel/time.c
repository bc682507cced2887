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

// The factor numerator / denominator with 32 significant bits: *factor / 2^shift, at most 2^-31 of
// it too small. numerator and denominator are below 2^32, the factor is at least 2^-31.
static uint32_t scale(uint32_t numerator, uint32_t denominator, uint32_t *factor)
{
    uint64_t shifted = (uint64_t)numerator << 32;
    uint64_t quotient = time_divide(shifted, denominator);
    uint32_t shift = 32;

    while (quotient > UINT32_MAX) {
        quotient >>= 1;
        shift--;
    }
    *factor = (uint32_t)quotient;
    return shift;
}

void time_init(struct time_clock *clock, uint32_t hz, uint32_t count)
{
    uint64_t half_range = (uint64_t)1 << 30;

    *clock = (struct time_clock){.count = count};
    clock->shift = scale(NS_PER_S, hz, &clock->mult);
    // Rounded up unless exact, so that a timer that fires on its tick never finds itself early.
    if (((uint64_t)clock->mult * hz) >> clock->shift != NS_PER_S) {
        clock->mult++;
    }
    clock->inverse_shift = scale(hz, NS_PER_S, &clock->inverse);
    clock->horizon = (half_range * clock->mult) >> clock->shift;
    if (clock->horizon > TIME_HORIZON_MAX) {
        clock->horizon = TIME_HORIZON_MAX;
    }
}

sep_time_t time_update(struct time_clock *clock)
{
    uint32_t count = hal_timer_count();
    uint64_t sum = (uint64_t)(count - clock->count) * clock->mult + clock->fraction;

    clock->count = count;
    clock->ns += sum >> clock->shift;
    clock->fraction = (uint32_t)sum & (uint32_t)(((uint64_t)1 << clock->shift) - 1u);
    return clock->ns;
}

uint32_t time_target(const struct time_clock *clock, sep_time_t deadline)
{
    sep_time_t wait = 0;

    if (deadline > clock->ns) {
        wait = deadline - clock->ns;
        if (wait > clock->horizon) {
            wait = clock->horizon;
        }
    }
    // The horizon keeps wait below 2^30 and so the product below 2^62.
    return clock->count + (uint32_t)((wait * clock->inverse) >> clock->inverse_shift) + 1u;
}

sep_time_t time_next_period(sep_time_t expiry, sep_time_t interval, sep_time_t now)
{
    sep_time_t behind;
    sep_time_t step = interval;

    if (expiry > now) {
        return expiry;
    }
    behind = now - expiry;
    while (step <= behind / 2u) {
        step *= 2u;
    }
    // Subtract the largest multiples first: at most one of each doubling.
    for (; step > interval; step /= 2u) {
        if (behind >= step) {
            behind -= step;
            expiry += step;
        }
    }
    while (behind >= interval) {
        behind -= interval;
        expiry += interval;
    }
    return expiry + interval;
}
