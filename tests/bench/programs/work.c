// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The same loop alone in one long slot and sliced: across many slots with another partition between
// them. Slot 0 of its frame is the long one.

#include "bench.h"

#include <stdio.h>

#define ALONE 600000u
#define SLICED 480000u
#define FRAMES 4

static sep_time_t wait_for_slot(uint32_t slot, sep_time_t *frame)
{
    struct sep_plan_status plan;
    sep_time_t time;

    do {
        bench_wake(&time);
        (void)sep_plan_status(&plan);
    } while (plan.slot_id != slot);
    *frame = plan.frame_start;
    return time;
}

int main(void)
{
    sep_time_t alone[2];
    sep_time_t sliced[2];
    sep_time_t twice[2];
    sep_time_t frame;

    bench_twice(twice);
    // The other partition is loaded in its own slots.
    for (int i = 0; i < FRAMES; i++) {
        (void)wait_for_slot(0, &frame);
    }
    bench_loop(alone, ALONE);
    (void)wait_for_slot(1, &frame);
    bench_loop(sliced, SLICED);
    printf("constants %u %u\n", (unsigned)bench_constant.twice_gap,
           (unsigned)bench_constant.loop_step);
    printf("twice %u\n", (unsigned)(twice[1] - twice[0]));
    printf("frame %llu\n", (unsigned long long)frame);
    printf("alone %u %llu %llu\n", ALONE, (unsigned long long)alone[0],
           (unsigned long long)alone[1]);
    printf("sliced %u %llu %llu\n", SLICED, (unsigned long long)sliced[0],
           (unsigned long long)sliced[1]);
    (void)sep_system_halt();
    return 1;
}
