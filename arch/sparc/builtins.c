// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit division, for boot only: bit by bit, nothing on a hot path divides. What nobody calls is
// not linked. A divisor of zero gives a quotient of ones.

#include <stdint.h>

uint64_t __udivdi3(uint64_t numerator, uint64_t denominator);
uint64_t __umoddi3(uint64_t numerator, uint64_t denominator);

static uint64_t divide(uint64_t numerator, uint64_t denominator, uint64_t *rest)
{
    uint64_t quotient = 0;

    *rest = 0;
    for (uint32_t i = 0; i < 64u; i++) {
        uint64_t carry = *rest >> 63;

        *rest = *rest << 1 | numerator >> 63;
        numerator <<= 1;
        quotient <<= 1;
        if (carry != 0u || *rest >= denominator) {
            *rest -= denominator;
            quotient |= 1u;
        }
    }
    return quotient;
}

uint64_t __udivdi3(uint64_t numerator, uint64_t denominator)
{
    uint64_t rest;

    return divide(numerator, denominator, &rest);
}

uint64_t __umoddi3(uint64_t numerator, uint64_t denominator)
{
    uint64_t rest;

    (void)divide(numerator, denominator, &rest);
    return rest;
}
