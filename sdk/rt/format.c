// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The formatter behind printf() and snprintf(): integers, characters, strings, pointers.

#include "format.h"

#include <stdbool.h>
#include <stdint.h>

// A 64-bit number in base 8.
#define DIGITS_MAX 22

struct spec {
    bool left, zero, plus, space, alternate, upper, negative;
    int width;
    int precision; // -1: none
    char length;   // 'H' hh, 'h', 'l', 'L' ll or j, 'z' also t, 0
};

struct output {
    struct rt_sink *sink;
    int count;
};

static void put(struct output *out, const char *text, size_t length)
{
    if (length != 0u) {
        out->sink->put(out->sink, text, length);
        out->count += (int)length;
    }
}

static void pad(struct output *out, char c, int count)
{
    while (count-- > 0) {
        put(out, &c, 1);
    }
}

static int put_text(struct output *out, const struct spec *spec, const char *text)
{
    int length = 0;

    if (text == NULL) {
        text = "(null)";
    }
    while ((spec->precision < 0 || length < spec->precision) && text[length] != '\0') {
        length++;
    }
    pad(out, ' ', spec->left ? 0 : spec->width - length);
    put(out, text, (size_t)length);
    pad(out, ' ', spec->left ? spec->width - length : 0);
    return length;
}

// What stands before the digits: a sign, or the base.
static int prefix(const struct spec *spec, unsigned base, bool zero, char text[2])
{
    if (spec->negative || spec->plus || spec->space) {
        text[0] = spec->negative ? '-' : (spec->plus ? '+' : ' ');
        return 1;
    }
    if (spec->alternate && base == 16u && !zero) {
        text[0] = '0';
        text[1] = spec->upper ? 'X' : 'x';
        return 2;
    }
    return 0;
}

// Digits of a number, the last at end[-1]; says how many. Divides 64 bits only while it must.
static int digits(char *end, uint64_t value, unsigned base, bool upper)
{
    const char *symbols = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    char *at = end;

    while (value > UINT32_MAX) {
        *--at = symbols[value % base];
        value /= base;
    }
    for (uint32_t low = (uint32_t)value; low != 0u; low /= base) {
        *--at = symbols[low % base];
    }
    return (int)(end - at);
}

static void put_number(struct output *out, const struct spec *spec, uint64_t value, unsigned base)
{
    char text[DIGITS_MAX];
    char before[2];
    int length = digits(text + DIGITS_MAX, value, base, spec->upper);
    int ahead = prefix(spec, base, value == 0u, before);
    int zeros = (spec->precision < 0 ? 1 : spec->precision) - length;

    if (base == 8u && spec->alternate && zeros <= 0) {
        zeros = 1;
    }
    zeros = zeros < 0 ? 0 : zeros;
    if (spec->zero && !spec->left && spec->precision < 0 && spec->width > ahead + length + zeros) {
        zeros = spec->width - ahead - length;
    }
    pad(out, ' ', spec->left ? 0 : spec->width - ahead - zeros - length);
    put(out, before, (size_t)ahead);
    pad(out, '0', zeros);
    put(out, text + DIGITS_MAX - length, (size_t)length);
    pad(out, ' ', spec->left ? spec->width - ahead - zeros - length : 0);
}

static bool flag(struct spec *spec, char c)
{
    switch (c) {
    case '-':
        return spec->left = true;
    case '0':
        return spec->zero = true;
    case '+':
        return spec->plus = true;
    case ' ':
        return spec->space = true;
    case '#':
        return spec->alternate = true;
    default:
        return false;
    }
}

static const char *parse_number(const char *at, int *number)
{
    int value = 0;

    while (*at >= '0' && *at <= '9') {
        if (value < 100000) {
            value = value * 10 + (*at - '0');
        }
        at++;
    }
    *number = value;
    return at;
}

static const char *parse_length(const char *at, char *length)
{
    switch (*at) {
    case 'h':
        *length = at[1] == 'h' ? 'H' : 'h';
        return at + (at[1] == 'h' ? 2 : 1);
    case 'l':
        *length = at[1] == 'l' ? 'L' : 'l';
        return at + (at[1] == 'l' ? 2 : 1);
    case 'j':
        *length = 'L';
        return at + 1;
    case 'z':
    case 't':
        *length = 'z';
        return at + 1;
    default:
        return at;
    }
}

// va_list is an array on some machines: it travels in a struct to be advanced by the callee.
struct arguments {
    va_list list;
};

static uint64_t take_unsigned(struct arguments *args, char length)
{
    switch (length) {
    case 'L':
        return va_arg(args->list, unsigned long long);
    case 'l':
        return va_arg(args->list, unsigned long);
    case 'z':
        return va_arg(args->list, size_t);
    case 'h':
        return (unsigned short)va_arg(args->list, unsigned int);
    case 'H':
        return (unsigned char)va_arg(args->list, unsigned int);
    default:
        return va_arg(args->list, unsigned int);
    }
}

static int64_t take_signed(struct arguments *args, char length)
{
    switch (length) {
    case 'L':
        return va_arg(args->list, long long);
    case 'l':
        return va_arg(args->list, long);
    case 'z':
        return va_arg(args->list, ptrdiff_t);
    case 'h':
        return (short)va_arg(args->list, int);
    case 'H':
        return (signed char)va_arg(args->list, int);
    default:
        return va_arg(args->list, int);
    }
}

// Flags, width, precision and length between the % and the conversion's letter.
static const char *parse_spec(const char *at, struct spec *spec, struct arguments *args)
{
    while (flag(spec, *at)) {
        at++;
    }
    if (*at == '*') {
        spec->width = va_arg(args->list, int);
        if (spec->width < 0) {
            spec->left = true;
            spec->width = -spec->width;
        }
        at++;
    } else {
        at = parse_number(at, &spec->width);
    }
    if (*at == '.' && at[1] == '*') {
        spec->precision = va_arg(args->list, int);
        at += 2;
    } else if (*at == '.') {
        at = parse_number(at + 1, &spec->precision);
    }
    return parse_length(at, &spec->length);
}

static void put_signed(struct output *out, struct spec *spec, struct arguments *args)
{
    int64_t value = take_signed(args, spec->length);

    spec->negative = value < 0;
    put_number(out, spec, value < 0 ? 0u - (uint64_t)value : (uint64_t)value, 10);
}

static void put_unsigned(struct output *out, struct spec *spec, struct arguments *args,
                         unsigned base)
{
    spec->plus = false;
    spec->space = false;
    put_number(out, spec, take_unsigned(args, spec->length), base);
}

static void put_pointer(struct output *out, struct spec *spec, struct arguments *args)
{
    spec->alternate = true;
    spec->precision = (int)(2u * sizeof(void *));
    put_number(out, spec, (uintptr_t)va_arg(args->list, void *), 16);
}

static void put_char(struct output *out, struct spec *spec, struct arguments *args)
{
    char c = (char)va_arg(args->list, int);

    pad(out, ' ', spec->left ? 0 : spec->width - 1);
    put(out, &c, 1);
    pad(out, ' ', spec->left ? spec->width - 1 : 0);
}

// One conversion, at its %; returns where the text goes on.
static const char *convert(struct output *out, const char *start, struct arguments *args)
{
    struct spec spec = {.precision = -1};
    const char *at = parse_spec(start + 1, &spec, args);

    switch (*at) {
    case 'd':
    case 'i':
        put_signed(out, &spec, args);
        break;
    case 'u':
        put_unsigned(out, &spec, args, 10);
        break;
    case 'o':
        put_unsigned(out, &spec, args, 8);
        break;
    case 'X':
        spec.upper = true;
        put_unsigned(out, &spec, args, 16);
        break;
    case 'x':
        put_unsigned(out, &spec, args, 16);
        break;
    case 'p':
        put_pointer(out, &spec, args);
        break;
    case 'c':
        put_char(out, &spec, args);
        break;
    case 's':
        put_text(out, &spec, va_arg(args->list, const char *));
        break;
    case '%':
        put(out, "%", 1);
        break;
    default: // unknown, or the text's end: as it stands
        put(out, start, (size_t)(at - start));
        return at;
    }
    return at + 1;
}

int rt_format(struct rt_sink *sink, const char *format, va_list args)
{
    struct output out = {.sink = sink, .count = 0};
    struct arguments copy;

    va_copy(copy.list, args);
    while (*format != '\0') {
        const char *plain = format;

        while (*format != '\0' && *format != '%') {
            format++;
        }
        put(&out, plain, (size_t)(format - plain));
        if (*format == '%') {
            format = convert(&out, format, &copy);
        }
    }
    va_end(copy.list);
    return out.count;
}
