// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes without end, so that the processor is wanted at all times.

#include <check.h>

int main(void)
{
    sep_time_t begin = now(SEP_CLOCK_HW);

    while (now(SEP_CLOCK_HW) - begin < 200 * MS) {
    }
    CHECK("the other ended, too", true);
    return 0;
}
