// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Tells the manager about each switch of its own processor's plan.

#include <smp.h>

int main(void)
{
    struct sep_plan_status last = {.switch_time = UINT64_MAX};
    struct sep_plan_status status = {0};
    uint32_t seen;

    CHECK_STATUS("seen", sep_queuing_create("seen", SEP_PORT_SOURCE, 64, 4, &seen), SEP_OK);
    CHECK_STATUS("not a system partition", sep_plan_switch(1, SEP_PLAN_AT_FRAME_END),
                 SEP_NO_PERMISSION);
    for (;;) {
        (void)sep_plan_status(&status);
        if (status.switch_time != last.switch_time) {
            last = status;
            (void)sep_queuing_send_wait(seen, &status, sizeof(status), SEP_WAIT_FOREVER);
        }
        (void)sep_idle_self();
    }
}
