// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of one run of the tool.

#include "base/pool.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit.h"

struct chunk {
    struct chunk *next;
    max_align_t bytes[];
};

struct pool {
    struct chunk *chunks;
};

static void *no_memory(void)
{
    fputs("septum: out of memory\n", stderr);
    exit(EXIT_INTERNAL);
}

struct pool *pool_new(void)
{
    struct pool *pool = calloc(1, sizeof *pool);

    return pool != NULL ? pool : no_memory();
}

void pool_free(struct pool *pool)
{
    while (pool != NULL && pool->chunks != NULL) {
        struct chunk *chunk = pool->chunks;

        pool->chunks = chunk->next;
        free(chunk);
    }
    free(pool);
}

void *pool_alloc(struct pool *pool, size_t size)
{
    struct chunk *chunk = size < SIZE_MAX / 2 ? calloc(1, sizeof *chunk + size) : NULL;

    if (chunk == NULL) {
        return no_memory();
    }
    chunk->next = pool->chunks;
    pool->chunks = chunk;
    return chunk->bytes;
}

char *pool_copy(struct pool *pool, const char *text, size_t n)
{
    char *copy = pool_alloc(pool, n + 1);

    memcpy(copy, text, n);
    return copy;
}

char *pool_vprintf(struct pool *pool, const char *format, va_list args)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    if (length < 0) {
        length = 0;
    }
    text = pool_alloc(pool, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *pool_printf(struct pool *pool, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = pool_vprintf(pool, format, args);
    va_end(args);
    return text;
}

void *pool_grow(struct pool *pool, void *array, size_t count, size_t element_size)
{
    size_t capacity = count < 4 ? 4 : 2 * count;
    void *grown;

    if (count != 0 && (count < 4 || (count & (count - 1)) != 0)) {
        return array;
    }
    grown = pool_alloc(pool, capacity * element_size);
    if (count != 0) {
        memcpy(grown, array, count * element_size);
    }
    return grown;
}
