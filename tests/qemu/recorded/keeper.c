// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Changes the plan when the others have done their work, and ends the system in the new one.

#include <septum/septum.h>

#include "frames.h"

#define PLAN_QUIET 1u

int main(void)
{
    struct sep_plan_status status = {0};

    wait_for_frame(FRAME_END);
    (void)sep_plan_switch(PLAN_QUIET, SEP_PLAN_AT_FRAME_END);
    do {
        (void)sep_idle_self();
        (void)sep_plan_status(&status);
    } while (status.current != PLAN_QUIET);
    return (int)sep_system_halt();
}
