// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words of hypercalls, and pseudo-random numbers.

#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

#include <septum/septum.h>

/// Puts a 64-bit argument at words[at] as this machine passes it; returns the next free index.
static inline uint32_t words_put64(sep_word_t *words, uint32_t at, uint64_t value)
{
    struct sep_batch_call call = {0};
    uint32_t next = sep_batch_arg64(&call, at, value);

    for (uint32_t i = at; i < next; i++) {
        words[i] = (sep_word_t)call.args[i];
    }
    return next;
}

/// The same sequence on every machine (xorshift; the state is never 0).
static inline uint32_t random_next(uint32_t *state)
{
    uint32_t x = *state;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    *state = x;
    return x;
}

#endif
