// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes at all depths of calls: whenever its slot ends, its registers are in another state.

#include "words.h"

#define DEPTH_MAX 24u

static uint32_t state = 2463534242u;
static volatile uint32_t result;

__attribute__((noinline)) static uint32_t deeper(uint32_t left)
{
    uint32_t x = random_next(&state);

    for (uint32_t i = x % 61u; i != 0u; i--) {
        x = x * 1664525u + 1013904223u;
    }
    if (left == 0u) {
        return x;
    }
    return deeper(left - 1u) ^ x;
}

int main(void)
{
    for (;;) {
        result = deeper(random_next(&state) % DEPTH_MAX);
    }
}
