// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The words that are marked, by their offsets.

#ifndef MARKS_H
#define MARKS_H

#include <check.h>

#define HUGE 0x40000000u
#define MARKS 6u
/// A word that says that all is marked.
#define DONE 0x1000u

static inline uintptr_t mark_offset(uint32_t number)
{
    static const uintptr_t offsets[MARKS] = {
        0, 0x2000u, 0x200000u - 8u, HUGE / 2u - 0x800u, HUGE / 2u, HUGE - 8u};

    return offsets[number];
}

static inline uint64_t mark_value(uint32_t number)
{
    return 0x1234567800000000u + mark_offset(number);
}

#endif
