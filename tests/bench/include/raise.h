// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes, and raises a line of the board's test build again and again, never at the same place of a turn.

#ifndef BENCH_RAISE_H
#define BENCH_RAISE_H

#include <interrupt_source.h>

/// Raises line 0 of the source by its n-th register.
static inline void bench_raise(uint32_t n)
{
    volatile uint32_t work = 0;

    for (uint32_t pause = 20000;; pause = pause * 5u % 30011u) {
        for (uint32_t i = 0; i < 1000u + pause; i++) {
            work = work + i;
        }
        (void)source_raise(n, SOURCE_LINE(0));
    }
}

#endif
