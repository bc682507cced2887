// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words of the target's byte order, read from and written to bytes.

#ifndef SEPTUM_TOOL_BYTES_H
#define SEPTUM_TOOL_BYTES_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t bytes_load32(const uint8_t *p, bool big_endian)
{
    if (big_endian) {
        return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static inline uint64_t bytes_load64(const uint8_t *p, bool big_endian)
{
    uint64_t first = bytes_load32(p, big_endian);
    uint64_t second = bytes_load32(p + 4, big_endian);

    return big_endian ? first << 32 | second : second << 32 | first;
}

static inline void bytes_store(uint8_t *p, unsigned size, uint64_t value, bool big_endian)
{
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = 8u * (big_endian ? size - 1u - i : i);

        p[i] = (uint8_t)(value >> shift);
    }
}

/// Rounds up to a multiple of `to`, a power of two.
static inline uint64_t bytes_round(uint64_t value, uint64_t to)
{
    return (value + to - 1u) & ~(to - 1u);
}

/// Whether [start, start + size) lies in [outer, outer + outer_size), without wrapping.
static inline bool bytes_inside(uint64_t start, uint64_t size, uint64_t outer, uint64_t outer_size)
{
    return start >= outer && start - outer <= outer_size && size <= outer_size - (start - outer);
}

#endif
