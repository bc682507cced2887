// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has values of its own in all registers, all the time, also while it gives up the processor; for longer than
// test.c looks.

#include <check.h>
#include <isa_registers.h>

int main(void)
{
    struct sep_plan_status plan = {0};
    unsigned wrong = 0;

    do {
        static const sep_word_t call[6] = {SEP_HC_idle_self};
        sep_status_t status;

        wrong += isa_hold(0x0bad0000u, 20000);
        wrong += isa_call_wrong(call, &status);
        (void)sep_plan_status(&plan);
    } while (plan.frame_count < 4000u);
    CHECK_EQUAL("nothing lost", wrong, 0);
    return 0;
}
