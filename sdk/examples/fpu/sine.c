// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes a sine by its series, over and over, and compares all results with the first one.

#include <septum/septum.h>
#include <stdio.h>

#define ROUNDS 10000

// Read anew in each round, so that the compiler cannot compute ahead.
static volatile double input = 0.5;

static double sine(double x)
{
    double term = x;
    double sum = x;

    for (int n = 1; n < 12; n++) {
        term *= -x * x / (double)(2 * n * (2 * n + 1));
        sum += term;
    }
    return sum;
}

int main(void)
{
    const double first = sine(input);
    unsigned wrong = 0;

    for (int round = 0; round < ROUNDS; round++) {
        if (sine(input) != first) {
            wrong++;
        }
    }
    printf("sin(0.5) = 0.%09d\n", (int)(first * 1e9 + 0.5));
    printf("%d rounds, %u differ\n", ROUNDS, wrong);
    return 0;
}
