// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The arena: tables from the front, everything else from the end.

#include <kernel/arena.h>

#include <septum/arena.h>
#include <stddef.h>

static struct {
    uint8_t *base;
    uint32_t front; ///< bytes taken from the front
    uint32_t end;   ///< bytes left of what was taken from the end
} arena;

void arena_init(void *base, uint32_t size, uint32_t kept)
{
    arena.base = base;
    arena.front = 0;
    arena.end = size;
    __builtin_memset(base, 0, size - kept);
}

void *arena_take_table(uint32_t size)
{
    uint32_t start = (arena.front + (size - 1u)) & ~(size - 1u);

    if (start > arena.end || size > arena.end - start) {
        return NULL;
    }
    arena.front = start + size;
    return arena.base + start;
}

void *arena_take(uint32_t size)
{
    if (size > arena.end - arena.front) {
        return NULL;
    }
    arena.end -= size;
    return arena.base + arena.end;
}

bool arena_is_full(void)
{
    return ((arena.front + SEP_ARENA_ALIGN - 1u) & ~(SEP_ARENA_ALIGN - 1u)) == arena.end;
}
