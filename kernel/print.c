// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Lines of the hypervisor's own console.

#include <kernel/console.h>
#include <kernel/print.h>

#include <stdarg.h>
#include <stddef.h>

struct line {
    char text[PRINT_LINE_MAX];
    uint32_t used;
};

static void put(struct line *line, char c)
{
    if (line->used < PRINT_LINE_MAX - 1u) {
        line->text[line->used++] = c;
    }
}

static void put_text(struct line *line, const char *text)
{
    while (*text != '\0') {
        put(line, *text++);
    }
}

static void put_hex(struct line *line, uintptr_t value, uint32_t digits)
{
    put_text(line, "0x");
    while (digits != 0u) {
        digits--;
        put(line, "0123456789abcdef"[(value >> (4u * digits)) & 15u]);
    }
}

static void put_decimal(struct line *line, uint32_t value)
{
    char digits[10];
    uint32_t count = 0;

    do {
        digits[count++] = (char)('0' + (char)(value % 10u));
        value /= 10u;
    } while (value != 0u);
    while (count != 0u) {
        put(line, digits[--count]);
    }
}

static void put_argument(struct line *line, char conversion, va_list *arguments)
{
    if (conversion == 's') {
        put_text(line, va_arg(*arguments, const char *));
    } else if (conversion == 'u') {
        put_decimal(line, va_arg(*arguments, uint32_t));
    } else if (conversion == 'x') {
        put_hex(line, va_arg(*arguments, uint32_t), 8);
    } else if (conversion == 'p') {
        put_hex(line, (uintptr_t)va_arg(*arguments, void *), 2u * (uint32_t)sizeof(void *));
    } else {
        put(line, conversion);
    }
}

// How many lines have found no room since the last that did.
static void tell_losses(struct console *console)
{
    uint32_t lost = console->lost;
    struct line line;

    if (lost == 0u) {
        return;
    }
    line.used = 0;
    put_decimal(&line, lost);
    put_text(&line, " lines lost\n");
    if (console_write(console, line.text, line.used)) {
        console->lost = 0;
    } else {
        console->lost = lost;
    }
}

void print(const char *format, ...)
{
    struct line line;
    va_list arguments;

    if (console_own == NULL) {
        return;
    }
    line.used = 0;
    va_start(arguments, format);
    for (; *format != '\0'; format++) {
        if (*format != '%') {
            put(&line, *format);
        } else {
            format++;
            put_argument(&line, *format, &arguments);
        }
    }
    va_end(arguments);
    line.text[line.used++] = '\n';
    tell_losses(console_own);
    (void)console_write(console_own, line.text, line.used);
}
