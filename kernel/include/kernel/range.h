// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ranges of memory as start and size in machine words. No sum is formed that could wrap.

#ifndef KERNEL_RANGE_H
#define KERNEL_RANGE_H

#include <stdbool.h>
#include <stdint.h>

/// Whether [start, start + size) lies in [outer, outer + outer_size); an empty one lies where it starts.
bool range_inside(uintptr_t start, uintptr_t size, uintptr_t outer, uintptr_t outer_size);

/// Whether two ranges that are not empty share a byte; one may end at the last address.
bool range_overlap(uintptr_t a, uintptr_t a_size, uintptr_t b, uintptr_t b_size);

#endif
