// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A neighbour that sleeps until its slot begins.

#include "neighbour.h"

int main(void)
{
    struct lateness lateness = {0, 0, 0};

    canary_fill();
    for (;;) {
        sep_time_t time;

        (void)sep_idle_self();
        (void)sep_get_time(SEP_CLOCK_HW, &time);
        lateness_take(&lateness, time);
        if (lateness.count == FRAMES) {
            lateness_print(&lateness);
            canary_check();
        }
    }
}
