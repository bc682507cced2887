// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Computes, so that time passes that is not the test's.

#include <check.h>

int main(void)
{
    sep_time_t begin = now(SEP_CLOCK_HW);

    while (now(SEP_CLOCK_HW) - begin < 300 * MS) {
    }
    return 0;
}
