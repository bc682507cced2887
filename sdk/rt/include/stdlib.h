// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The parts of the standard library that need no operating system.

#ifndef SEPTUM_RT_STDLIB_H
#define SEPTUM_RT_STDLIB_H

#include <stddef.h>

unsigned long strtoul(const char *restrict text, char **restrict end, int base);
long strtol(const char *restrict text, char **restrict end, int base);
unsigned long long strtoull(const char *restrict text, char **restrict end, int base);
int atoi(const char *text);

int abs(int value);
long labs(long value);

/// Sorts in place, without recursion or extra memory (heap sort: n log n always; not stable).
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));

/// Pseudo-random numbers 0 … RAND_MAX, the same on every machine.
#define RAND_MAX 0x7fffffff
int rand(void);
void srand(unsigned int seed);

/// Halts the partition; abort() says so on the console first.
_Noreturn void exit(int code);
_Noreturn void abort(void);

#endif
