// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A best-effort guest: runs when no real-time job is open, in turns of 4 ms with the other one.

#include <stdio.h>

#include "work.h"

int main(void)
{
    sep_time_t begin = 0;
    sep_time_t end = 0;

    work(1000 * US);
    (void)sep_get_time(SEP_CLOCK_HW, &begin);
    work(50000 * US);
    (void)sep_get_time(SEP_CLOCK_HW, &end);
    printf("50 ms of work took %s\n", end - begin > 80000 * US ? "over 80 ms" : "LESS");
    return 0;
}
