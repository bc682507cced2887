// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has two slots in a frame and computes in them without end, to be in the way of whoever comes next.

#include <check.h>

int main(void)
{
    struct sep_plan_status plan = {0};
    uint32_t first;
    bool wrong = false;

    (void)sep_plan_status(&plan);
    for (first = plan.frame_count; plan.frame_count < first + 80u;) {
        (void)sep_plan_status(&plan);
        wrong = wrong || (plan.slot_id != 2u && plan.slot_id != 9u);
    }
    CHECK("only in its own slots", !wrong);
    return 0;
}
