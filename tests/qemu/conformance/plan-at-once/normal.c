// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Has no right to switch plans, at no time.

#include <check.h>

int main(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    CHECK_EQUAL("my slot", status.slot_id, 2);
    CHECK_STATUS("not by me", sep_plan_switch(1, SEP_PLAN_AT_ONCE), SEP_NO_PERMISSION);
    for (;;) {
        idle(1);
    }
}
