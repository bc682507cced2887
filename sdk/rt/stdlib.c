// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Numbers from text, sorting, pseudo-random numbers.

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static int digit(char c, int base)
{
    int value = isdigit(c) ? c - '0' : (isalpha(c) ? tolower(c) - 'a' + 10 : base);

    return value < base ? value : -1;
}

// The base, and past its prefix: 0x needs a digit behind it to count.
static const char *skip_base(const char *at, int *base)
{
    if ((*base == 0 || *base == 16) && at[0] == '0' && (at[1] | 0x20) == 'x' &&
        isxdigit((unsigned char)at[2])) {
        *base = 16;
        return at + 2;
    }
    if (*base == 0) {
        *base = *at == '0' ? 8 : 10;
    }
    return at;
}

struct number {
    unsigned long long value; // without its sign, held at the largest allowed
    bool negative;
    bool overflow;
};

static struct number number(const char *text, char **end, int base, unsigned long long max)
{
    struct number n = {0, false, false};
    const char *at = text;
    const char *after = text;

    while (isspace((unsigned char)*at)) {
        at++;
    }
    n.negative = *at == '-';
    if (*at == '-' || *at == '+') {
        at++;
    }
    at = skip_base(at, &base);
    for (int d = digit(*at, base); d >= 0; d = digit(*at, base)) {
        n.overflow = n.overflow || n.value > (max - (unsigned)d) / (unsigned)base;
        n.value = n.overflow ? max : n.value * (unsigned)base + (unsigned)d;
        after = ++at;
    }
    if (end != NULL) {
        *end = (char *)(uintptr_t)after;
    }
    return n;
}

unsigned long long strtoull(const char *restrict text, char **restrict end, int base)
{
    struct number n = number(text, end, base, ULLONG_MAX);

    return n.negative && !n.overflow ? 0u - n.value : n.value;
}

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
    struct number n = number(text, end, base, ULONG_MAX);
    unsigned long value = (unsigned long)n.value;

    return n.negative && !n.overflow ? 0u - value : value;
}

long strtol(const char *restrict text, char **restrict end, int base)
{
    struct number n = number(text, end, base, ULONG_MAX);

    if (n.negative) {
        return n.value > LONG_MAX ? LONG_MIN : -(long)n.value;
    }
    return n.value > LONG_MAX ? LONG_MAX : (long)n.value;
}

int atoi(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

int abs(int value)
{
    return value < 0 ? -value : value;
}

long labs(long value)
{
    return value < 0 ? -value : value;
}

static void swap(unsigned char *a, unsigned char *b, size_t size)
{
    while (size-- != 0u) {
        unsigned char t = *a;

        *a++ = *b;
        *b++ = t;
    }
}

// Lets element `at` sink to its place in the heap of `count` elements.
static void sink(unsigned char *base, size_t at, size_t count, size_t size,
                 int (*compare)(const void *, const void *))
{
    for (size_t child = 2u * at + 1u; child < count; child = 2u * at + 1u) {
        if (child + 1u < count && compare(base + child * size, base + (child + 1u) * size) < 0) {
            child++;
        }
        if (compare(base + at * size, base + child * size) >= 0) {
            return;
        }
        swap(base + at * size, base + child * size, size);
        at = child;
    }
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    unsigned char *bytes = base;

    for (size_t at = count / 2u; at-- != 0u;) {
        sink(bytes, at, count, size, compare);
    }
    for (size_t last = count; last-- > 1u;) {
        swap(bytes, bytes + last * size, size);
        sink(bytes, 0, last, size, compare);
    }
}

void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *))
{
    const unsigned char *low = base;

    while (count != 0u) {
        const unsigned char *middle = low + count / 2u * size;
        int order = compare(key, middle);

        if (order == 0) {
            return (void *)(uintptr_t)middle;
        }
        if (order > 0) {
            low = middle + size;
            count--;
        }
        count /= 2u;
    }
    return NULL;
}

static uint32_t random_state = 1;

int rand(void)
{
    // xorshift32, never zero.
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return (int)(random_state & (uint32_t)RAND_MAX);
}

void srand(unsigned int seed)
{
    random_state = seed == 0u ? 1u : seed;
}
