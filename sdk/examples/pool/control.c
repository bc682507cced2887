// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A control loop: 6 ms of work in each period of 20 ms. Whatever the others do, it meets its deadlines.

#include <stdio.h>

#include "work.h"

#define JOBS 20u

int main(void)
{
    struct sep_periodic_status status = {0};

    for (unsigned n = 0; n < JOBS; n++) {
        (void)sep_periodic_wait();
        work(6000 * US);
    }
    (void)sep_periodic_status(SEP_SELF, 0, &status);
    printf("%u jobs of 6 ms, %u deadlines missed\n", JOBS, (unsigned)status.missed);
    return 0;
}
