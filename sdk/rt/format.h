// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The formatter behind printf() and snprintf().

#ifndef SEPTUM_RT_FORMAT_H
#define SEPTUM_RT_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/// Where the text goes.
struct rt_sink {
    void (*put)(struct rt_sink *sink, const char *text, size_t length);
};

/// Formats into a sink; returns the number of characters.
int rt_format(struct rt_sink *sink, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

#endif
