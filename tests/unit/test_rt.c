// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The portable parts of the bare C runtime, compared with the host's C library.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The runtime's sources under names of their own.
#define memcpy rt_memcpy
#define memmove rt_memmove
#define memset rt_memset
#define memcmp rt_memcmp
#define memchr rt_memchr
#define strlen rt_strlen
#define strnlen rt_strnlen
#define strcmp rt_strcmp
#define strncmp rt_strncmp
#define strcpy rt_strcpy
#define strncpy rt_strncpy
#define strcat rt_strcat
#define strchr rt_strchr
#define strrchr rt_strrchr
#define strstr rt_strstr
#define strtoul rt_strtoul
#define strtol rt_strtol
#define strtoull rt_strtoull
#define atoi rt_atoi
#define abs rt_abs
#define labs rt_labs
#define qsort rt_qsort
#define bsearch rt_bsearch
#define rand rt_rand
#define srand rt_srand
#define vsnprintf rt_vsnprintf
#define snprintf rt_snprintf
#define SEPTUM_RT_STRING_H
#define SEPTUM_RT_STDLIB_H
#define SEPTUM_RT_STDIO_H
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *at, int value, size_t size);
int memcmp(const void *a, const void *b, size_t size);
void *memchr(const void *at, int value, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t max);
char *strcpy(char *restrict to, const char *restrict from);
char *strncpy(char *restrict to, const char *restrict from, size_t max);
char *strcat(char *restrict to, const char *restrict from);
char *strchr(const char *text, int c);
char *strrchr(const char *text, int c);
char *strstr(const char *text, const char *part);
unsigned long strtoul(const char *restrict text, char **restrict end, int base);
long strtol(const char *restrict text, char **restrict end, int base);
unsigned long long strtoull(const char *restrict text, char **restrict end, int base);
int atoi(const char *text);
int abs(int value);
long labs(long value);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));
int rand(void);
void srand(unsigned int seed);
int vsnprintf(char *text, size_t size, const char *format, va_list args)
    __attribute__((format(printf, 3, 0)));
int snprintf(char *text, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#include "../../sdk/rt/snprintf.c"
#include "../../sdk/rt/string.c"
#include "../../sdk/rt/stdlib.c"
#include "../../sdk/rt/format.c"
#undef memcpy
#undef memmove
#undef memset
#undef memcmp
#undef memchr
#undef strlen
#undef strnlen
#undef strcmp
#undef strncmp
#undef strcpy
#undef strncpy
#undef strcat
#undef strchr
#undef strrchr
#undef strstr
#undef strtoul
#undef strtol
#undef strtoull
#undef atoi
#undef abs
#undef labs
#undef qsort
#undef bsearch
#undef rand
#undef srand
#undef vsnprintf
#undef snprintf

// Formats are made at run time here, and compared with the host's.
#pragma clang diagnostic ignored "-Wformat-nonliteral"
#pragma clang diagnostic ignored "-Wformat-security"

#define SAME(...)                                                                                  \
    do {                                                                                           \
        char want[256];                                                                            \
        char got[256];                                                                             \
        int want_length = snprintf(want, sizeof(want), __VA_ARGS__);                               \
        int got_length = rt_snprintf(got, sizeof(got), __VA_ARGS__);                               \
        assert_string_equal(got, want);                                                            \
        assert_int_equal(got_length, want_length);                                                 \
    } while (0)

static const long long numbers[] = {
    0,       1,          -1,         7,         10,        255,      -128,      32767, INT_MAX,
    INT_MIN, 4294967295, 4294967296, LLONG_MAX, LLONG_MIN, 99999999, 123456789, -42,   1000000007};

static void one_number(const char *spec, long long number)
{
    static const char letters[] = "diuxXo";
    char format[64];

    for (const char *letter = letters; *letter != '\0'; letter++) {
        (void)snprintf(format, sizeof(format), "<%%%s%c|%%%sll%c|%%%sh%c|%%%shh%c>", spec, *letter,
                       spec, *letter, spec, *letter, spec, *letter);
        SAME(format, (int)number, number, (int)number, (int)number);
        (void)snprintf(format, sizeof(format), "%%%sl%c %%%sz%c %%%sj%c", spec, *letter, spec,
                       *letter, spec, *letter);
        SAME(format, (long)number, (size_t)number, (intmax_t)number);
    }
}

static void numbers_like_the_host(void **state)
{
    static const char *const flags[] = {"", "-", "0", "+", " ", "#", "-0", "+0", "#0", "-#", "+-"};
    static const char *const sizes[] = {"", "1", "8", "25", ".0", ".3", "8.3", "3.8", "30.25"};
    char spec[16];

    (void)state;
    for (size_t f = 0; f < sizeof(flags) / sizeof(flags[0]); f++) {
        for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
            (void)snprintf(spec, sizeof(spec), "%s%s", flags[f], sizes[s]);
            for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
                one_number(spec, numbers[n]);
            }
        }
    }
}

static void texts_like_the_host(void **state)
{
    (void)state;
    SAME("plain");
    SAME("%s", "");
    SAME("[%s] [%8s] [%-8s] [%.2s] [%8.2s] [%.0s]", "abc", "abc", "abc", "abc", "abc", "abc");
    SAME("%c%5c%-5c|", 'a', 'b', 'c');
    SAME("%d%% of %*d, %-*d|%.*d|%.*s", 5, 6, 7, 6, 7, 3, 9, 2, "abc");
    SAME("%*d|", -6, 7);
    SAME("100%%");
}

static void own_ways(void **state)
{
    char text[32];

    (void)state;
    assert_int_equal(rt_snprintf(text, sizeof(text), "%p", (void *)0x1234),
                     2 + 2 * (int)sizeof(void *));
    assert_string_equal(text + strlen(text) - 5, "01234");
    const char *none = NULL;
    assert_int_equal(rt_snprintf(text, sizeof(text), "%s", none), 6);
    assert_string_equal(text, "(null)");
    // Unknown conversions and a lone % are printed as they stand.
    const char *odd = "%q %5";
    assert_int_equal(rt_snprintf(text, sizeof(text), odd), 5);
    assert_string_equal(text, "%q %5");
}

static void limits_of_memory(void **state)
{
    char text[8] = "1234567";

    (void)state;
    assert_int_equal(rt_snprintf(text, 4, "%s", "abcdef"), 6);
    assert_memory_equal(text,
                        "abc\0"
                        "567",
                        8);
    assert_int_equal(rt_snprintf(text, 1, "%d", 12), 2);
    assert_string_equal(text, "");
    assert_int_equal(rt_snprintf(NULL, 0, "%d", 12), 2);
}

static void copies(void **state)
{
    unsigned char want[80];
    unsigned char got[80];

    (void)state;
    for (unsigned to = 0; to < 9; to++) {
        for (unsigned from = 0; from < 9; from++) {
            for (unsigned size = 0; size < 40; size++) {
                for (unsigned i = 0; i < sizeof(want); i++) {
                    want[i] = got[i] = (unsigned char)i;
                }
                memmove(want + to, want + from, size);
                assert_ptr_equal(rt_memmove(got + to, got + from, size), got + to);
                assert_memory_equal(got, want, sizeof(want));
                memcpy(want + to, want + 40 + (from & 3u), size % 32u);
                rt_memcpy(got + to, got + 40 + (from & 3u), size % 32u);
                memset(want + from, (int)(0x180u + size), size);
                assert_ptr_equal(rt_memset(got + from, (int)(0x180u + size), size), got + from);
                assert_memory_equal(got, want, sizeof(want));
            }
        }
    }
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void texts(void **state)
{
    static const char *const words[] = {"", "a", "ab", "abc", "b", "abd", "\xff", "aab", "aaab"};
    const size_t count = sizeof(words) / sizeof(words[0]);
    char want[32];
    char got[32];

    (void)state;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rt_strlen(words[i]), strlen(words[i]));
        assert_int_equal(rt_strnlen(words[i], 2), strnlen(words[i], 2));
        assert_ptr_equal(rt_strchr(words[i], 'b'), strchr(words[i], 'b'));
        assert_ptr_equal(rt_strchr(words[i], 0), strchr(words[i], 0));
        assert_ptr_equal(rt_strrchr(words[i], 'a'), strrchr(words[i], 'a'));
        assert_ptr_equal(rt_memchr(words[i], 'b', strlen(words[i])),
                         memchr(words[i], 'b', strlen(words[i])));
        for (size_t j = 0; j < count; j++) {
            const char *a = words[i];
            const char *b = words[j];

            assert_int_equal(rt_strcmp(a, b), sign(strcmp(a, b)));
            assert_int_equal(rt_strncmp(a, b, 2), sign(strncmp(a, b, 2)));
            assert_int_equal(rt_memcmp(a, b, 1), sign(memcmp(a, b, 1)));
            assert_ptr_equal(rt_strstr(a, b), strstr(a, b));
            memset(want, 'x', sizeof(want));
            memset(got, 'x', sizeof(got));
            strcat(strcpy(want, a), b);
            assert_ptr_equal(rt_strcat(rt_strcpy(got, a), b), got);
            strncpy(want + 16, b, 5);
            assert_ptr_equal(rt_strncpy(got + 16, b, 5), got + 16);
            assert_memory_equal(got, want, sizeof(want));
        }
    }
}

static void numbers_from_text(void **state)
{
    static const char *const inputs[] = {"0",
                                         "12",
                                         " \t-42x",
                                         "+7",
                                         "0x1F",
                                         "0x",
                                         "0xg",
                                         "017",
                                         "09",
                                         "",
                                         "-",
                                         "zz",
                                         "4294967295",
                                         "18446744073709551615",
                                         "18446744073709551616",
                                         "99999999999999999999",
                                         "-9223372036854775808",
                                         "9223372036854775807",
                                         "9223372036854775808",
                                         "-9223372036854775809"};
    static const int bases[] = {0, 2, 8, 10, 16, 36};
    char *want;
    char *got;

    (void)state;
    for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
        for (size_t b = 0; b < sizeof(bases) / sizeof(bases[0]); b++) {
            assert_true(rt_strtoul(inputs[i], &got, bases[b]) ==
                        strtoul(inputs[i], &want, bases[b]));
            assert_ptr_equal(got, want);
            assert_true(rt_strtol(inputs[i], &got, bases[b]) == strtol(inputs[i], &want, bases[b]));
            assert_ptr_equal(got, want);
            assert_true(rt_strtoull(inputs[i], NULL, bases[b]) ==
                        strtoull(inputs[i], NULL, bases[b]));
        }
    }
    assert_int_equal(rt_atoi("-17 "), -17);
    assert_int_equal(rt_abs(-3), 3);
    assert_int_equal(rt_labs(3), 3);
}

static int compare_int(const void *a, const void *b)
{
    const int p = *(const int *)a;
    const int q = *(const int *)b;

    return (p > q) - (p < q);
}

static void sorting(void **state)
{
    int want[50];
    int got[50];

    (void)state;
    rt_srand(0);
    for (unsigned count = 0; count <= 50; count++) {
        for (unsigned i = 0; i < count; i++) {
            want[i] = got[i] = rt_rand() % 40;
        }
        qsort(want, count, sizeof(int), compare_int);
        rt_qsort(got, count, sizeof(int), compare_int);
        assert_memory_equal(got, want, count * sizeof(int));
        for (int key = -1; key <= 40; key++) {
            const int *found = rt_bsearch(&key, got, count, sizeof(int), compare_int);
            const int *there = bsearch(&key, want, count, sizeof(int), compare_int);

            assert_int_equal(found != NULL, there != NULL);
            assert_true(found == NULL || *found == key);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_like_the_host),
        cmocka_unit_test(texts_like_the_host),
        cmocka_unit_test(own_ways),
        cmocka_unit_test(limits_of_memory),
        cmocka_unit_test(copies),
        cmocka_unit_test(texts),
        cmocka_unit_test(numbers_from_text),
        cmocka_unit_test(sorting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
