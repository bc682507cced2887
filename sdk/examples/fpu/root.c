// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes a square root by Newton's method, over and over, and compares all results.

#include <septum/septum.h>
#include <stdio.h>

#define ROUNDS 10000

// Read anew in each round, so that the compiler cannot compute ahead.
static volatile double input = 2.0;

static double root(double x)
{
    double y = x;

    for (int n = 0; n < 12; n++) {
        y = (y + x / y) * 0.5;
    }
    return y;
}

int main(void)
{
    const double first = root(input);
    unsigned wrong = 0;

    for (int round = 0; round < ROUNDS; round++) {
        if (root(input) != first) {
            wrong++;
        }
    }
    printf("root(2) = 1.%09d\n", (int)((first - 1.0) * 1e9 + 0.5));
    printf("%d rounds, %u differ\n", ROUNDS, wrong);
    return 0;
}
