// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ranges of memory.

#include <kernel/range.h>

bool range_inside(uintptr_t start, uintptr_t size, uintptr_t outer, uintptr_t outer_size)
{
    uintptr_t offset = start - outer;

    return start >= outer && offset <= outer_size && size <= outer_size - offset;
}

bool range_overlap(uintptr_t a, uintptr_t a_size, uintptr_t b, uintptr_t b_size)
{
    return a - b < b_size || b - a < a_size;
}
