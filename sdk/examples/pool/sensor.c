// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A sensor: 1 ms of work in each period of 10 ms. Its tenth job runs for too long: it is cut off at the capacity, and
// goes on in the next period.

#include <stdio.h>

#include "work.h"

#define JOBS 30u

int main(void)
{
    struct sep_periodic_status status = {0};

    for (unsigned n = 1; n <= JOBS; n++) {
        (void)sep_periodic_wait();
        work(n == 10u ? 3000 * US : 1000 * US);
    }
    (void)sep_periodic_status(SEP_SELF, 0, &status);
    printf("%u jobs of 1 ms, one of 3 ms: %u cut off at 2 ms, %u deadlines missed\n", JOBS - 1u,
           (unsigned)status.overruns, (unsigned)status.missed);
    return 0;
}
