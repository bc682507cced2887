// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of one run of the tool: allocated piece by piece, released all at once.

#ifndef SEPTUM_TOOL_POOL_H
#define SEPTUM_TOOL_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool;

struct pool *pool_new(void);
void pool_free(struct pool *pool);

/// Zeroed memory. Ends the program with status 3 when there is none.
void *pool_alloc(struct pool *pool, size_t size);

/// A zero-terminated copy of the first n bytes of text.
char *pool_copy(struct pool *pool, const char *text, size_t n);

char *pool_printf(struct pool *pool, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *pool_vprintf(struct pool *pool, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/// The array with room for one element more, zeroed; capacities are powers of two.
void *pool_grow(struct pool *pool, void *array, size_t count, size_t element_size);

/// Appends a zeroed element to an array and answers its address.
#define POOL_PUSH(pool, array, count)                                                              \
    ((array) = pool_grow((pool), (array), (count), sizeof *(array)), &(array)[(count)++])

#endif
