// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Formatting into memory.

#include "format.h"

#include <stdio.h>

struct memory_sink {
    struct rt_sink sink;
    char *at;
    size_t room; // without the terminating zero
};

static void memory_put(struct rt_sink *sink, const char *text, size_t length)
{
    struct memory_sink *memory = (struct memory_sink *)sink;

    for (; length != 0u && memory->room != 0u; length--, memory->room--) {
        *memory->at++ = *text++;
    }
}

int vsnprintf(char *text, size_t size, const char *format, va_list args)
{
    struct memory_sink memory = {
        .sink = {memory_put}, .at = text, .room = size == 0u ? 0u : size - 1u};
    int length = rt_format(&memory.sink, format, args);

    if (size != 0u) {
        *memory.at = '\0';
    }
    return length;
}

int snprintf(char *text, size_t size, const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vsnprintf(text, size, format, args);
    va_end(args);
    return length;
}
