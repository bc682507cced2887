// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Works for a millisecond in each of its jobs, so many of them; where it is stopped it goes on when it is started again.

#include <check.h>

#define JOBS 12u

int main(void)
{
    struct sep_periodic_status status = {0};

    for (uint32_t jobs = 0; jobs < JOBS; jobs++) {
        sep_time_t begin;

        (void)sep_periodic_wait();
        begin = now(SEP_CLOCK_EXEC);
        while (now(SEP_CLOCK_EXEC) - begin < MS) {
        }
    }
    (void)sep_periodic_status(SEP_SELF, 0, &status);
    CHECK_EQUAL("every job finished", status.missed + status.overruns, 0);
    return 0;
}
