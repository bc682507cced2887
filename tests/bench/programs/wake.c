// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads the clock with the first instructions of each of its slots, and how far the partition of the
// slot before it (`spin`) came. Prints the raw numbers and ends the system.

#include "burden.h"

#include <stdio.h>

#define SLOTS 100u
#define FRAME ((sep_time_t)10000000) ///< the description's major frame, ns

static struct {
    sep_time_t time;
    sep_time_t frame;
    uint32_t slot;
    struct bench_spin spin;
    sep_time_t fp[2];
} samples[SLOTS];

int main(void)
{
    const volatile struct bench_spin *spin =
        (const volatile struct bench_spin *)(uintptr_t)sep_info_area("mail")->address;
    sep_time_t twice[2];

    bench_twice(twice);
    burden_begin();
    burden_between_slots(FRAME);
    for (uint32_t i = 0; i < SLOTS; i++) {
        struct sep_plan_status plan;

        bench_wake(&samples[i].time);
        samples[i].spin.time = spin->time;
        samples[i].spin.left = spin->left;
        (void)sep_plan_status(&plan);
        samples[i].frame = plan.frame_start;
        samples[i].slot = plan.slot_id;
#ifdef BURDEN_FPU
        bench_fp(samples[i].fp);
#endif
    }
    printf("constants %u %u %u %u %u\n", (unsigned)bench_constant.wake_head,
           (unsigned)bench_constant.twice_gap, (unsigned)bench_constant.spin_head,
           (unsigned)bench_constant.spin_step, (unsigned)bench_constant.fp_gap);
    printf("twice %u\n", (unsigned)(twice[1] - twice[0]));
    for (uint32_t i = 0; i < SLOTS; i++) {
        printf("slot %u %llu %llu %llu %u %u\n", (unsigned)samples[i].slot,
               (unsigned long long)samples[i].frame, (unsigned long long)samples[i].time,
               (unsigned long long)samples[i].spin.time, (unsigned)samples[i].spin.left,
               (unsigned)(samples[i].fp[1] - samples[i].fp[0]));
    }
    (void)sep_system_halt();
    return 1;
}
