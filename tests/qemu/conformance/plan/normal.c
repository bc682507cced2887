// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Is told about plans, but does not switch them.

#include <check.h>

int main(void)
{
    struct sep_plan_status status;

    idle(1);
    CHECK_STATUS("a normal partition reads the status", sep_plan_status(&status), SEP_OK);
    CHECK_EQUAL("its slot", status.slot_id, 1);
    CHECK_STATUS("a normal partition switches nothing", sep_plan_switch(1, SEP_PLAN_AT_FRAME_END),
                 SEP_NO_PERMISSION);
    for (bool in_1 = false;;) {
        (void)sep_plan_status(&status);
        if (status.current == 1u && !in_1) {
            printf("FAIL I have no slot in plan 1\n");
            in_1 = true;
        }
    }
}
