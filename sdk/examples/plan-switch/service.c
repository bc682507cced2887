// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs in the maintenance plan only.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    struct sep_plan_status status;

    (void)sep_plan_status(&status);
    printf("I run in plan %u, slot %u\n", (unsigned)status.current, (unsigned)status.slot_id);
    (void)sep_partition_set_mode(SEP_MODE_NORMAL);
    for (;;) {
        (void)sep_idle_self();
    }
}
