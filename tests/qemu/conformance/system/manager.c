// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Status, halt and warm reset of the whole system.

#include <check.h>

int main(void)
{
    struct sep_system_status status = {0};
    sep_time_t time = now(SEP_CLOCK_HW);

    CHECK_STATUS("status", sep_system_status(&status), SEP_OK);
    printf("reset %u\n", (unsigned)status.reset_count);
    CHECK_EQUAL("partitions", status.partition_count, 2);
    CHECK("time", status.time > time && status.time < time + 1 * MS);
    CHECK_STATUS("status to nowhere", sep_system_status(NULL), SEP_INVALID_ADDRESS);
    CHECK_STATUS("no such mode", sep_system_reset(SEP_MODE_NORMAL), SEP_INVALID_PARAM);
    idle(4);
    (void)sep_system_status(&status);
    CHECK("interrupts are counted", status.irq_count != 0u);
    if (status.reset_count < 2u) {
        printf("warm reset\n");
        (void)sep_system_reset(SEP_MODE_WARM);
    } else {
        printf("halt\n");
        (void)sep_system_halt();
    }
    printf("FAIL still here\n");
    return 0;
}
