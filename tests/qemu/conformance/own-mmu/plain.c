// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no MMU of its own, whatever the other one does.

#include <check.h>

int main(void)
{
    unsigned wrong = 0;
    uint64_t control;
    uint64_t table;
    struct sep_plan_status plan = {0};

    do {
        __asm__ volatile("mrs %0, sctlr_el1\n\tmrs %1, ttbr0_el1" : "=r"(control), "=r"(table));
        wrong += (control & 1u) != 0u || table != 0u ? 1u : 0u;
        idle(1);
        (void)sep_plan_status(&plan);
    } while (plan.frame_count < 200u);
    CHECK_EQUAL("mine is off", wrong, 0);
    return 0;
}
