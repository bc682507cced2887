// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads the clock with the first instructions of each of its slots. Prints the readings and ends the
// system.

#include "bench.h"

#include <stdio.h>

#define SLOTS 600u

static struct {
    sep_time_t time;
    sep_time_t frame;
    uint32_t slot;
} samples[SLOTS];

int main(void)
{
    for (uint32_t i = 0; i < SLOTS; i++) {
        struct sep_plan_status plan;

        bench_wake(&samples[i].time);
        (void)sep_plan_status(&plan);
        samples[i].frame = plan.frame_start;
        samples[i].slot = plan.slot_id;
    }
    for (uint32_t i = 0; i < SLOTS; i++) {
        printf("slot %u %llu %llu\n", (unsigned)samples[i].slot,
               (unsigned long long)samples[i].frame, (unsigned long long)samples[i].time);
    }
    (void)sep_system_halt();
    return 1;
}
