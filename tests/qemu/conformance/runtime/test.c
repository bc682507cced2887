// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The C runtime on the target: arithmetic that the compiler calls functions for, checked by its
// inverse.

#include <check.h>
#include <stdlib.h>
#include <string.h>

static uint64_t random64(void)
{
    uint64_t value = ((uint64_t)(uint32_t)rand() << 42) ^ ((uint64_t)(uint32_t)rand() << 21) ^
                     (uint64_t)(uint32_t)rand();

    // Numbers of all lengths, and some next to a power of two.
    value >>= (uint32_t)rand() % 64u;
    return (rand() & 7) == 0 ? (uint64_t)0 - value : value;
}

static bool divides(uint64_t n, uint64_t d)
{
    uint64_t q = n / d;
    uint64_t r = n % d;
    int64_t sq = (int64_t)n / (int64_t)d;
    int64_t sr = (int64_t)n % (int64_t)d;

    return r < d && q * d + r == n && (uint64_t)sq * d + (uint64_t)sr == n &&
           (sr == 0 || (sr < 0) == ((int64_t)n < 0));
}

static bool shifts(uint64_t value, uint32_t count)
{
    uint64_t left = value;
    uint64_t right = value;
    int64_t arithmetic = (int64_t)value;

    for (uint32_t i = 0; i < count; i++) {
        left += left;
        right = (right >> 1) & INT64_MAX;
        arithmetic >>= 1;
    }
    return value << count == left && value >> count == right &&
           (int64_t)value >> count == arithmetic;
}

int main(void)
{
    bool division = true;
    bool shift = true;
    char text[64];

    for (int i = 0; i < 2000; i++) {
        uint64_t d = random64();

        // The one quotient that has no representation.
        division = division && divides(random64(), d == 0u || d == UINT64_MAX ? 3u : d);
        shift = shift && shifts(random64(), (uint32_t)rand() % 64u);
    }
    CHECK("64-bit division", division);
    CHECK("64-bit shifts", shift);
    CHECK("no shift", shifts(0x8000000180000001u, 0));
    (void)snprintf(text, sizeof(text), "%llu %lld %llx", (unsigned long long)UINT64_MAX,
                   (long long)INT64_MIN, 0x123456789abcdefllu);
    CHECK("printing of 64-bit numbers",
          strcmp(text, "18446744073709551615 -9223372036854775808 123456789abcdef") == 0);
    CHECK("name in the information block", strcmp(sep_info()->name, "test") == 0);
    CHECK("own stack",
          sep_info_vcpu(0) != NULL && sep_info_vcpu(1) == NULL &&
              (uintptr_t)text > sep_info_vcpu(0)->stack_base &&
              (uintptr_t)text < sep_info_vcpu(0)->stack_base + sep_info_vcpu(0)->stack_size);
    return 0;
}
