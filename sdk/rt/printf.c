// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Formatting to the console: a line is collected on the stack and written by one hypercall, so that
// handlers and other vCPUs may print, too.

#include "format.h"

#include <septum/septum.h>
#include <stdio.h>
#include <string.h>

// A usual line; longer text takes several calls.
#define PIECE 128u

struct console_sink {
    struct rt_sink sink;
    size_t used;
    char text[PIECE];
};

static void flush(struct console_sink *console)
{
    // A partition without a console has nowhere to report that to.
    (void)sep_console_put(console->text, console->used);
    console->used = 0;
}

static void console_put(struct rt_sink *sink, const char *text, size_t length)
{
    struct console_sink *console = (struct console_sink *)sink;

    for (; length != 0u; length--) {
        if (console->used == PIECE) {
            flush(console);
        }
        console->text[console->used++] = *text++;
    }
}

int vprintf(const char *format, va_list args)
{
    struct console_sink console;
    int length;

    console.sink.put = console_put;
    console.used = 0;
    length = rt_format(&console.sink, format, args);
    flush(&console);
    return length;
}

int printf(const char *format, ...)
{
    va_list args;
    int length;

    va_start(args, format);
    length = vprintf(format, args);
    va_end(args);
    return length;
}

int putchar(int c)
{
    char text = (char)c;

    (void)sep_console_put(&text, 1);
    return c;
}

int puts(const char *text)
{
    return printf("%s\n", text);
}
