// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What Linux and the real-time partition have in the shared area. Linux writes a request, counts
// `asked` up and rings; the partition writes the answer, sets `answered` to that count and rings back.
// Neither trusts the other: sizes are checked by who reads them, and nobody waits without an end.

#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stdint.h>

#define EXCHANGE_BELL 0u ///< number of the inter-partition interrupt, in both directions
#define EXCHANGE_WORDS 16u

struct exchange {
    volatile uint32_t asked;
    volatile uint32_t answered;
    volatile uint32_t size; ///< of the request and of its answer, bytes: 4 ... 64, a multiple of 4
    volatile uint32_t reserved;
    volatile uint32_t request[EXCHANGE_WORDS];
    volatile uint32_t answer[EXCHANGE_WORDS];
};

/// What becomes of a word of a request.
static inline uint32_t exchange_answer(uint32_t word)
{
    return ~word;
}

/// What was written before is seen by the other side before what is written behind.
static inline void exchange_barrier(void)
{
    __asm__ volatile("dmb sy" : : : "memory");
}

#endif
