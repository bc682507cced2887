// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts its slots and says how much of the processor it got. Two partitions run this program, each
// in memory of its own, at the same address.

#include <septum/septum.h>
#include <stdio.h>

#define SLOTS 4

// Per cent of the time since `since` that this partition ran.
static unsigned share(sep_time_t since, sep_time_t run)
{
    sep_time_t now = 0;

    (void)sep_get_time(SEP_CLOCK_HW, &now);
    now -= since;
    return (unsigned)((run * 100u + now / 2u) / now);
}

// Computes until the virtual clock says that another slot has begun.
static void work_until_next_slot(void)
{
    struct sep_plan_status plan;
    uint32_t frame;

    (void)sep_plan_status(&plan);
    frame = plan.frame_count;
    while (plan.frame_count == frame) {
        (void)sep_plan_status(&plan);
    }
}

int main(void)
{
    sep_time_t begin;
    sep_time_t run_begin;
    sep_time_t run;

    work_until_next_slot();
    (void)sep_get_time(SEP_CLOCK_HW, &begin);
    (void)sep_get_time(SEP_CLOCK_EXEC, &run_begin);
    for (int slot = 1; slot <= SLOTS; slot++) {
        printf("slot %d\n", slot);
        work_until_next_slot();
    }
    (void)sep_get_time(SEP_CLOCK_EXEC, &run);
    printf("had %u per cent of the processor\n", share(begin, run - run_begin));
    return 0;
}
