// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// On duty: a command in each slot, until a wild pointer ends it.

#include <septum/septum.h>
#include <stdio.h>

#define NOT_MINE ((const volatile uint32_t *)0x60000000)

int main(void)
{
    struct sep_plan_status plan = {0};
    uint32_t port;

    (void)sep_sampling_create("command", SEP_PORT_SOURCE, 4, &port);
    while (plan.frame_count < 40u) { // by then the others are loaded
        (void)sep_idle_self();
        (void)sep_plan_status(&plan);
    }
    printf("on duty\n");
    for (uint32_t command = 1; command <= 4u; command++) {
        (void)sep_sampling_write(port, &command, sizeof(command));
        (void)sep_idle_self();
    }
    return (int)*NOT_MINE;
}
