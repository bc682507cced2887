// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Switches plans, many times as close to the end of a frame as it can, and hears from the other processor when the
// switch was there.

#include <smp.h>

#define SWITCHES 100u

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status;
}

// Switch number i is asked for at another time before the end of the frame, of which the plans' are 4 and 3 ms.
static void ask(uint32_t i)
{
    struct sep_plan_status before = plan();
    sep_time_t end = before.frame_start + (before.current == 0u ? 4u : 3u) * MS;

    while (now(SEP_CLOCK_HW) + (sep_time_t)(i % 10u) * US < end) {
    }
    (void)sep_plan_switch(1u - before.current, SEP_PLAN_AT_FRAME_END);
}

int main(void)
{
    struct sep_message_info info;
    struct sep_plan_status there;
    struct sep_plan_status here;
    uint32_t seen;
    uint32_t missed = 0;
    uint32_t apart = 0;

    CHECK_STATUS("seen", sep_queuing_create("seen", SEP_PORT_DESTINATION, 64, 4, &seen), SEP_OK);
    // The witness says that it is there.
    (void)sep_queuing_receive_wait(seen, &there, sizeof(there), &info, SEP_WAIT_FOREVER);
    for (uint32_t i = 0; i < SWITCHES; i++) {
        ask(i);
        missed += sep_queuing_receive_wait(seen, &there, sizeof(there), &info, SEP_WAIT_FOREVER) !=
                  SEP_OK;
        do { // its own processor may be the later one
            here = plan();
        } while (here.switch_time < there.switch_time);
        apart += here.switch_time != there.switch_time || here.current != there.current ||
                 here.previous != there.previous;
    }
    CHECK_EQUAL("all switches were seen there", missed, 0);
    CHECK_EQUAL("each at the same time as here", apart, 0);
    (void)sep_system_halt();
    return 0;
}
