// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Waits until the hypervisor has looked at all of itself more than once, then says what there was.

#include <check.h>

#define FRAMES 500u

int main(void)
{
    struct sep_system_status system = {0};
    struct sep_log_status log = {0};
    struct sep_plan_status plan = {0};
    struct sep_partition_status worker = {0};

    wait_for_frame(FRAMES);
    (void)sep_system_status(&system);
    (void)sep_plan_status(&plan);
    (void)sep_partition_status(1, &worker);
    CHECK_STATUS("status of the log", sep_hm_status(&log), SEP_OK);
    printf("resets %u plan %u worker %u events %u\n", (unsigned)system.reset_count,
           (unsigned)plan.current, (unsigned)worker.state, (unsigned)log.count);
    for (uint32_t i = log.oldest; i < log.count; i++) {
        static struct sep_hm_record record;

        if (sep_hm_read(i, &record) == SEP_OK) {
            printf("record %u event %u action %u before reset %u\n", (unsigned)record.number,
                   (unsigned)record.event, (unsigned)record.action, (unsigned)record.reset_count);
        }
    }
    (void)sep_system_halt();
    return 1;
}
