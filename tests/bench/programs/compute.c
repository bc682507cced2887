// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts for ever and asks for nothing but its burden.

#include "burden.h"

int main(void)
{
    sep_time_t times[2];

    burden_begin();
    for (;;) {
        burden_again();
        bench_loop(times, BURDEN_STEPS);
    }
}
