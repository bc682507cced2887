// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No attack: what the neighbours see when the third partition only computes.

#include "attack.h"

int main(void)
{
    uint32_t x = 1;

    for (;;) {
        x = x * 1664525u + 1013904223u;
        __asm__ volatile("" : : "r"(x));
    }
}
