// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has text sent in its slots of even frames, which makes the device interrupt.

#include <check.h>

int main(void)
{
    struct sep_plan_status plan = {0};
    struct sep_partition_status status = {0};

    do {
        idle(1);
        (void)sep_plan_status(&plan);
        if (plan.frame_count % 2u == 0u) {
            printf("noise\n");
        }
        (void)sep_partition_status(0, &status);
    } while (status.state != SEP_STATE_HALTED);
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("not one interrupt", status.virq_count, 0);
    return 0;
}
