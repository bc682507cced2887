// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition on the second processor: manages the target beside it, and resets the hypervisor.

#include "shared.h"

int main(void)
{
    struct sep_system_status status;

    (void)sep_system_status(&status);
    if (status.reset_count == 1u) {
        CHECK_STATUS("halts the first processor's partition", sep_partition_halt(0), SEP_OK);
        (void)sep_system_halt();
    }
    while (shared()->restart == 0u) {
        shared()->slots++;
        (void)sep_idle_self();
    }
    shared()->restart = 0;
    printf("resets the hypervisor\n");
    (void)sep_system_reset(SEP_MODE_WARM);
    return 1;
}
