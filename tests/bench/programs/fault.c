// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Makes illegal loads that are propagated to it, and times the way to its handler.

#include "bench.h"

#include <stdio.h>

#define FAULTS 32u

static sep_time_t times[FAULTS][2];

int main(void)
{
    struct sep_log_status before;
    struct sep_log_status after;
    sep_time_t twice[2];

    (void)sep_idle_self();
    (void)sep_trap_table_set((sep_word_t)bench_fault_table);
    bench_twice(twice);
    (void)sep_hm_status(&before);
    for (uint32_t i = 0; i < FAULTS; i++) {
        bench_fault(times[i]);
    }
    (void)sep_hm_status(&after);
    printf("constants %u %u %u %u\n", (unsigned)(twice[1] - twice[0]),
           (unsigned)bench_constant.twice_gap, (unsigned)bench_constant.fault_head,
           (unsigned)(after.count - before.count));
    for (uint32_t i = 0; i < FAULTS; i++) {
        printf("fault %llu %llu\n", (unsigned long long)times[i][0],
               (unsigned long long)times[i][1]);
    }
    (void)sep_system_halt();
    return 1;
}
