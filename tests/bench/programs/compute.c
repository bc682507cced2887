// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts for ever and asks for nothing.

#include "bench.h"

int main(void)
{
    sep_time_t times[2];

    for (;;) {
        bench_loop(times, 1u << 30);
    }
}
