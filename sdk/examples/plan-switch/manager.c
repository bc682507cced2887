// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A system partition that switches plans and checks when each switch took effect.

#include <septum/septum.h>
#include <stdio.h>

#define NOMINAL 0u
#define MAINTENANCE 1u
#define SERVICE 2u
#define MS ((sep_time_t)1000000)

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status;

    (void)sep_plan_status(&status);
    return status;
}

// Partitions are loaded in their own slots: the service, while its plan runs.
static void wait_for_service(void)
{
    struct sep_partition_status service = {0};

    while (service.mode != SEP_MODE_NORMAL) {
        (void)sep_idle_self();
        (void)sep_partition_status(SERVICE, &service);
    }
}

static void switch_to(uint32_t next, const char *name, sep_time_t frame)
{
    struct sep_plan_status before = plan();
    struct sep_plan_status after;
    sep_status_t status = sep_plan_switch(next, SEP_PLAN_AT_FRAME_END);

    after = plan();
    printf("to %s: %s, now %u, next %u\n", name, sep_status_name(status), (unsigned)after.current,
           (unsigned)after.next);
    while (plan().current != next) {
        (void)sep_idle_self();
    }
    after = plan();
    printf("in %s: before %u, %s\n", name, (unsigned)after.previous,
           after.switch_time == before.frame_start + frame ? "at the end of the frame"
                                                           : "AT ANOTHER TIME");
}

int main(void)
{
    (void)sep_idle_self();
    (void)sep_idle_self();
    switch_to(MAINTENANCE, "maintenance", 10 * MS);
    wait_for_service();
    switch_to(NOMINAL, "nominal", 20 * MS);
    printf("to nominal again: %s\n",
           sep_status_name(sep_plan_switch(NOMINAL, SEP_PLAN_AT_FRAME_END)));
    printf("to plan 2: %s\n", sep_status_name(sep_plan_switch(2, SEP_PLAN_AT_FRAME_END)));
    (void)sep_idle_self();
    (void)sep_idle_self();
    (void)sep_system_halt();
    return 0;
}
