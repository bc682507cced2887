// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Numbers with units, read and printed.

#ifndef SEPTUM_TOOL_UNITS_H
#define SEPTUM_TOOL_UNITS_H

#include <stdint.h>

#include "base/pool.h"

enum units_fault {
    UNITS_OK,
    UNITS_SYNTAX,   ///< not a number
    UNITS_NEGATIVE, ///< begins with a minus sign
    UNITS_MISSING,  ///< a plain decimal number
    UNITS_UNKNOWN,  ///< a number and something that is no unit
    UNITS_OVERFLOW, ///< more than 64 bits
};

/// Bytes: decimal with B, KiB, MiB, GiB, or hexadecimal without a unit.
enum units_fault units_size(const char *text, uint64_t *value);

/// Nanoseconds: decimal with ns, us, ms, s.
enum units_fault units_time(const char *text, uint64_t *value);

/// A count, id or mask: decimal or hexadecimal, no unit.
enum units_fault units_count(const char *text, uint64_t *value);

/// Text in the largest unit that leaves a whole number.
const char *units_print_size(struct pool *pool, uint64_t bytes);
const char *units_print_time(struct pool *pool, uint64_t ns);

#endif
