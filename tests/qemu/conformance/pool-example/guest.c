// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs without an end, and notes in which quanta of two frames it had the processor. Its neighbours do the same.

#include <check.h>

#define QUANTUM (10 * MS)
#define QUANTA 20u
#define FIRST 8u ///< frame; by then all are loaded
#define FRAMES 2u

static bool seen[FRAMES][QUANTA];

static void note(void)
{
    struct sep_plan_status plan = {0};
    sep_time_t time = now(SEP_CLOCK_HW);

    (void)sep_plan_status(&plan);
    time -= plan.frame_start;
    // Not near its ends: whoever begins there may be late by a hypercall of the one before.
    if (plan.frame_count >= FIRST && plan.frame_count < FIRST + FRAMES && time < QUANTA * QUANTUM &&
        time % QUANTUM > MS && time % QUANTUM < QUANTUM - MS) {
        seen[plan.frame_count - FIRST][time / QUANTUM] = true;
    }
}

int main(void)
{
    struct sep_plan_status plan = {0};

    while (plan.frame_count < FIRST + FRAMES) {
        note();
        (void)sep_plan_status(&plan);
    }
    for (uint32_t f = 0; f < FRAMES; f++) {
        printf("frame %u:", (unsigned)f);
        for (uint32_t q = 0; q < QUANTA; q++) {
            if (seen[f][q]) {
                printf(" %u", (unsigned)q);
            }
        }
        printf("\n");
    }
    return 0;
}
