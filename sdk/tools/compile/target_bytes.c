// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words of a target in its byte order.

#include <string.h>

#include "compile/target.h"

// Room for n bytes more; the buffer's capacity is the power of two that its size needs.
static uint8_t *grow(struct target_bytes *out, size_t n)
{
    size_t capacity = 256;
    size_t wanted = 256;

    while (capacity < out->size) {
        capacity *= 2;
    }
    while (wanted < out->size + n) {
        wanted *= 2;
    }
    if (out->data == NULL || wanted > capacity) {
        uint8_t *data = pool_alloc(out->pool, wanted);

        if (out->data != NULL) {
            memcpy(data, out->data, out->size);
        }
        out->data = data;
    }
    out->size += n;
    return out->data + out->size - n;
}

void target_put(struct target_bytes *out, uint64_t value, unsigned width)
{
    uint8_t *at = grow(out, width);

    for (unsigned i = 0; i < width; i++) {
        unsigned shift = 8 * (out->big_endian ? width - 1 - i : i);

        at[i] = (uint8_t)(value >> shift);
    }
}

void target_put_bytes(struct target_bytes *out, const void *data, size_t size)
{
    uint8_t *at = grow(out, size);

    if (size != 0) {
        memcpy(at, data, size);
    }
}

void target_align(struct target_bytes *out, size_t alignment)
{
    grow(out, target_round(out->size, alignment) - out->size);
}

uint64_t target_round(uint64_t value, uint64_t alignment)
{
    return (value + alignment - 1) / alignment * alignment;
}
