// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs in the nominal plan only.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    uint32_t last = 1;

    for (;;) {
        struct sep_plan_status status;

        (void)sep_plan_status(&status);
        if (status.current != last) {
            printf("I run in plan %u\n", (unsigned)status.current);
            last = status.current;
        } else if (status.previous == 1u && status.switch_time != 0u) {
            printf("I run again\n");
            return 0;
        }
        (void)sep_idle_self();
    }
}
