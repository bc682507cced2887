// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit shifts and divisions that the compiler calls on SPARC V8. They use the 64-by-32 bit
// division of the processor; a divisor of zero is its trap. Shift counts are 0 … 63.

#include <stdint.h>

uint64_t __ashldi3(uint64_t value, int count);
uint64_t __lshrdi3(uint64_t value, int count);
int64_t __ashrdi3(int64_t value, int count);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);
int64_t __moddi3(int64_t n, int64_t d);

/// (high : low) / d, for high < d (divide.S).
uint32_t rt_divide(uint32_t high, uint32_t low, uint32_t d);

// Words of a 64-bit value, without a shift that would call the functions below.
union words {
    uint64_t all;
    struct {
        uint32_t high, low;
    } part;
};

uint64_t __ashldi3(uint64_t value, int count)
{
    union words w = {value};

    if (count >= 32) {
        w.part.high = w.part.low << (count - 32);
        w.part.low = 0;
    } else if (count > 0) {
        w.part.high = w.part.high << count | w.part.low >> (32 - count);
        w.part.low <<= count;
    }
    return w.all;
}

uint64_t __lshrdi3(uint64_t value, int count)
{
    union words w = {value};

    if (count >= 32) {
        w.part.low = w.part.high >> (count - 32);
        w.part.high = 0;
    } else if (count > 0) {
        w.part.low = w.part.low >> count | w.part.high << (32 - count);
        w.part.high >>= count;
    }
    return w.all;
}

int64_t __ashrdi3(int64_t value, int count)
{
    union words w = {(uint64_t)value};
    int32_t high = (int32_t)w.part.high;

    if (count >= 32) {
        w.part.low = (uint32_t)(high >> (count - 32));
        w.part.high = (uint32_t)(high >> 31);
    } else if (count > 0) {
        w.part.low = w.part.low >> count | w.part.high << (32 - count);
        w.part.high = (uint32_t)(high >> count);
    }
    return (int64_t)w.all;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
    union words un = {n};
    union words ud = {d};
    union words q;

    if (ud.part.high == 0u) {
        q.part.high = rt_divide(0, un.part.high, ud.part.low);
        q.part.low = rt_divide(un.part.high - q.part.high * ud.part.low, un.part.low, ud.part.low);
        return q.all;
    }
    if (d > n) {
        return 0;
    }
    // Divide by the 32 highest bits of d; the estimate is right or one too large (Warren, Hacker's
    // Delight, 9-5: unsigned doubleword division from long division).
    int shift = __builtin_clz(ud.part.high);
    union words top = {__ashldi3(d, shift)};
    union words half = {__lshrdi3(n, 1)};
    uint32_t estimate = rt_divide(half.part.high, half.part.low, top.part.high);
    uint64_t quotient = __lshrdi3(__ashldi3(estimate, shift), 31);

    if (quotient != 0u) {
        quotient--;
    }
    if (n - quotient * d >= d) {
        quotient++;
    }
    return quotient;
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
    return n - __udivdi3(n, d) * d;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0u - (uint64_t)value : (uint64_t)value;
}

int64_t __divdi3(int64_t n, int64_t d)
{
    uint64_t q = __udivdi3(magnitude(n), magnitude(d));

    return (int64_t)((n < 0) != (d < 0) ? 0u - q : q);
}

int64_t __moddi3(int64_t n, int64_t d)
{
    uint64_t r = __umoddi3(magnitude(n), magnitude(d));

    return (int64_t)(n < 0 ? 0u - r : r);
}
