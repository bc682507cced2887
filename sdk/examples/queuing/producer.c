// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sends one message more than the queue holds, and that one again in its next slot.

#include <septum/septum.h>
#include <stdio.h>

int main(void)
{
    struct sep_queuing_status queue = {0};
    struct sep_plan_status plan = {0};
    uint32_t port;

    printf("open: %s\n",
           sep_status_name(sep_queuing_create("commands", SEP_PORT_SOURCE, 16, 4, &port)));
    // By then the consumer is loaded, and waits. It is not needed: the queue would keep everything.
    while (plan.frame_count < 40u) {
        (void)sep_idle_self();
        (void)sep_plan_status(&plan);
    }
    for (uint32_t number = 1; number <= 5u; number++) {
        printf("send %u: %s\n", (unsigned)number,
               sep_status_name(sep_queuing_send(port, &number, sizeof(number))));
    }
    (void)sep_queuing_status(port, &queue);
    printf("%u of %u wait, %u refused\n", (unsigned)queue.waiting, (unsigned)queue.depth,
           (unsigned)queue.refused);
    (void)sep_idle_self();
    for (uint32_t number = 5; number <= 6u; number++) {
        printf("send %u: %s\n", (unsigned)number,
               sep_status_name(sep_queuing_send(port, &number, sizeof(number))));
    }
    return 0;
}
