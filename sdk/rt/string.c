// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory and strings. memcpy() and memset() work in words where they can; the rest is plain.

#include <stdint.h>
#include <string.h>

#define WORD sizeof(uintptr_t)

// Words that may lie over objects of any type.
typedef uintptr_t __attribute__((may_alias)) word_t;

static int aligned(const void *at)
{
    return ((uintptr_t)at % WORD) == 0u;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    unsigned char *d = to;
    const unsigned char *s = from;

    if (aligned(d) && aligned(s)) {
        for (; size >= WORD; size -= WORD) {
            *(word_t *)(void *)d = *(const word_t *)(const void *)s;
            d += WORD;
            s += WORD;
        }
    }
    while (size-- != 0u) {
        *d++ = *s++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_t size)
{
    unsigned char *d = to;
    const unsigned char *s = from;

    // As numbers: pointers to different objects must not be compared.
    if ((uintptr_t)d - (uintptr_t)s >= size) {
        while (size-- != 0u) {
            *d++ = *s++;
        }
    } else {
        while (size-- != 0u) {
            d[size] = s[size];
        }
    }
    return to;
}

void *memset(void *at, int value, size_t size)
{
    unsigned char *d = at;
    const unsigned char byte = (unsigned char)value;

    while (size != 0u && !aligned(d)) {
        *d++ = byte;
        size--;
    }
    for (const word_t word = (word_t)-1 / 0xffu * byte; size >= WORD; size -= WORD) {
        *(word_t *)(void *)d = word;
        d += WORD;
    }
    while (size-- != 0u) {
        *d++ = byte;
    }
    return at;
}

int memcmp(const void *a, const void *b, size_t size)
{
    const unsigned char *p = a;
    const unsigned char *q = b;

    for (; size != 0u; size--, p++, q++) {
        if (*p != *q) {
            return *p < *q ? -1 : 1;
        }
    }
    return 0;
}

void *memchr(const void *at, int value, size_t size)
{
    const unsigned char *p = at;

    for (; size != 0u; size--, p++) {
        if (*p == (unsigned char)value) {
            return (void *)(uintptr_t)p;
        }
    }
    return NULL;
}

size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0') {
        end++;
    }
    return (size_t)(end - text);
}

size_t strnlen(const char *text, size_t max)
{
    size_t length = 0;

    while (length < max && text[length] != '\0') {
        length++;
    }
    return length;
}

int strcmp(const char *a, const char *b)
{
    return strncmp(a, b, (size_t)-1);
}

int strncmp(const char *a, const char *b, size_t max)
{
    for (; max != 0u; max--, a++, b++) {
        const unsigned char p = (unsigned char)*a;
        const unsigned char q = (unsigned char)*b;

        if (p != q) {
            return p < q ? -1 : 1;
        }
        if (p == 0u) {
            break;
        }
    }
    return 0;
}

char *strcpy(char *restrict to, const char *restrict from)
{
    memcpy(to, from, strlen(from) + 1u);
    return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t max)
{
    size_t length = strnlen(from, max);

    memcpy(to, from, length);
    memset(to + length, 0, max - length);
    return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
    strcpy(to + strlen(to), from);
    return to;
}

char *strchr(const char *text, int c)
{
    for (;; text++) {
        if (*text == (char)c) {
            return (char *)(uintptr_t)text;
        }
        if (*text == '\0') {
            return NULL;
        }
    }
}

char *strrchr(const char *text, int c)
{
    const char *found = NULL;

    for (;; text++) {
        if (*text == (char)c) {
            found = text;
        }
        if (*text == '\0') {
            return (char *)(uintptr_t)found;
        }
    }
}

char *strstr(const char *text, const char *part)
{
    size_t length = strlen(part);

    for (;; text++) {
        if (strncmp(text, part, length) == 0) {
            return (char *)(uintptr_t)text;
        }
        if (*text == '\0') {
            return NULL;
        }
    }
}
