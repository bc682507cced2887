// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Printing to the partition's console. Every call writes its text at once, in pieces of at most
// SEP_CONSOLE_WRITE_MAX bytes: print whole lines, and nothing is buffered or lost.

#ifndef SEPTUM_RT_STDIO_H
#define SEPTUM_RT_STDIO_H

#include <stdarg.h>
#include <stddef.h>

/// Conversions: %d %i %u %x %X %o %c %s %p %%; flags - 0 + space #; width and precision, also *;
/// lengths hh h l ll z t j. Others are printed as they stand. The number of characters is returned.
int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/// As in C: at most size bytes with the terminating zero, returns the length without a limit.
int snprintf(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));

int putchar(int c);
int puts(const char *text);

#endif
