// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A real-time vCPU: takes most of its capacity in each job, whatever interrupts come, and finishes every one.

#include "work.h"

int main(void)
{
    struct sep_periodic_status status = {0};
    sep_time_t start;
    uint32_t before;

    while ((int32_t)frame(&start) < -2) {
        (void)sep_periodic_wait();
    }
    (void)sep_periodic_status(SEP_SELF, 0, &status);
    before = status.missed + status.overruns;
    while ((int32_t)frame(&start) < (int32_t)(COUNT + STORM)) {
        sep_time_t begin = now(SEP_CLOCK_EXEC);

        while (now(SEP_CLOCK_EXEC) - begin < 2800 * US) {
            work(REAL_TIME);
        }
        (void)sep_periodic_wait();
    }
    (void)sep_periodic_status(SEP_SELF, 0, &status);
    CHECK_EQUAL("no deadline missed", status.missed + status.overruns, before);
    return 0;
}
