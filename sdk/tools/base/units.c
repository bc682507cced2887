// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Numbers with units, read and printed.

#include "base/units.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit sizes[] = {
    {"GiB", 1u << 30}, {"MiB", 1u << 20}, {"KiB", 1u << 10}, {"B", 1}, {NULL, 0}};
static const struct unit times[] = {
    {"s", 1000000000}, {"ms", 1000000}, {"us", 1000}, {"ns", 1}, {NULL, 0}};

static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return (unsigned)(c - 'a') + 10u;
    }
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10u : 16u;
}

// Reads digits and moves *text behind them.
static enum units_fault digits(const char **text, unsigned base, uint64_t *value)
{
    const char *start = *text;
    bool overflow = false;

    *value = 0;
    for (; digit_value(**text) < base; (*text)++) {
        overflow |= __builtin_mul_overflow(*value, (uint64_t)base, value);
        overflow |= __builtin_add_overflow(*value, (uint64_t)digit_value(**text), value);
    }
    if (*text == start) {
        return UNITS_SYNTAX;
    }
    return overflow ? UNITS_OVERFLOW : UNITS_OK;
}

static bool is_hex(const char *text)
{
    return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

static enum units_fault hex(const char *text, uint64_t *value)
{
    enum units_fault fault;

    text += 2;
    fault = digits(&text, 16, value);
    return *text != '\0' ? UNITS_SYNTAX : fault;
}

static enum units_fault with_unit(const char *text, const struct unit *units, uint64_t *value)
{
    enum units_fault fault;

    if (text[0] == '-') {
        return UNITS_NEGATIVE;
    }
    fault = digits(&text, 10, value);
    if (fault == UNITS_SYNTAX) {
        return fault;
    }
    if (*text == '\0') {
        return UNITS_MISSING;
    }
    if (!isalpha((unsigned char)*text)) {
        return UNITS_SYNTAX;
    }
    for (; units->name != NULL; units++) {
        if (strcmp(text, units->name) == 0) {
            if (__builtin_mul_overflow(*value, units->factor, value)) {
                fault = UNITS_OVERFLOW;
            }
            return fault;
        }
    }
    return UNITS_UNKNOWN;
}

enum units_fault units_size(const char *text, uint64_t *value)
{
    return is_hex(text) ? hex(text, value) : with_unit(text, sizes, value);
}

enum units_fault units_time(const char *text, uint64_t *value)
{
    return with_unit(text, times, value);
}

enum units_fault units_count(const char *text, uint64_t *value)
{
    enum units_fault fault;

    if (text[0] == '-') {
        return UNITS_NEGATIVE;
    }
    if (is_hex(text)) {
        return hex(text, value);
    }
    fault = digits(&text, 10, value);
    return *text != '\0' ? UNITS_SYNTAX : fault;
}

static const char *print(struct pool *pool, uint64_t value, const struct unit *unit)
{
    while (unit->factor > 1 && (value == 0 || value % unit->factor != 0)) {
        unit++;
    }
    return pool_printf(pool, "%" PRIu64 "%s", value / unit->factor, unit->name);
}

const char *units_print_size(struct pool *pool, uint64_t bytes)
{
    return print(pool, bytes, sizes);
}

const char *units_print_time(struct pool *pool, uint64_t ns)
{
    return print(pool, ns, times);
}
