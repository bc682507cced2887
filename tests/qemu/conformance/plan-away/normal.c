// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Runs in two of the plans.

#include <check.h>

int main(void)
{
    struct sep_plan_status plan = {0};
    unsigned seen[3] = {0};
    sep_time_t time;

    do {
        idle(1);
        time = now(SEP_CLOCK_HW);
        (void)sep_plan_status(&plan);
        seen[plan.current]++;
        time -= plan.frame_start;
        if (plan.current == 2u && time > 100 * US) {
            printf("FAIL late\n");
        }
    } while (plan.current != 0u || plan.previous != 2u);
    CHECK_EQUAL("not in the second plan", seen[1], 0);
    CHECK_EQUAL("four times in the third", seen[2], 4);
    return 0;
}
