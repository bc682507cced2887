// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A normal partition manages itself and nobody else.

#include <check.h>

#define OTHER 1u

static void others(void)
{
    struct sep_partition_status status = {.reset_code = 5};
    struct sep_system_status system;

    CHECK_STATUS("status of another", sep_partition_status(OTHER, &status), SEP_NO_PERMISSION);
    CHECK_EQUAL("nothing told", status.reset_code, 5);
    CHECK_STATUS("halt another", sep_partition_halt(OTHER), SEP_NO_PERMISSION);
    CHECK_STATUS("suspend another", sep_partition_suspend(OTHER), SEP_NO_PERMISSION);
    CHECK_STATUS("resume another", sep_partition_resume(OTHER), SEP_NO_PERMISSION);
    CHECK_STATUS("reset another", sep_partition_reset(OTHER, SEP_MODE_COLD, 0), SEP_NO_PERMISSION);
    CHECK_STATUS("shut another down", sep_partition_shutdown(OTHER), SEP_NO_PERMISSION);
    CHECK_STATUS("switch plans", sep_plan_switch(0, SEP_PLAN_AT_FRAME_END), SEP_NO_PERMISSION);
    CHECK_STATUS("halt the system", sep_system_halt(), SEP_NO_PERMISSION);
    CHECK_STATUS("reset the system", sep_system_reset(SEP_MODE_WARM), SEP_NO_PERMISSION);
    CHECK_STATUS("status of the system", sep_system_status(&system), SEP_NO_PERMISSION);
}

static void oneself(void)
{
    struct sep_partition_status status;

    CHECK_STATUS("own status", sep_partition_status(SEP_SELF, &status), SEP_OK);
    CHECK_STATUS("own status by number", sep_partition_status(0, &status), SEP_OK);
    CHECK_EQUAL("cold at first", status.mode, SEP_MODE_COLD);
    CHECK_STATUS("normal mode", sep_partition_set_mode(SEP_MODE_NORMAL), SEP_OK);
    CHECK_STATUS("normal mode again", sep_partition_set_mode(SEP_MODE_NORMAL), SEP_NO_ACTION);
    CHECK_STATUS("no such mode", sep_partition_set_mode((enum sep_mode)4), SEP_INVALID_PARAM);
    (void)sep_partition_status(SEP_SELF, &status);
    CHECK_EQUAL("in normal mode", status.mode, SEP_MODE_NORMAL);
    CHECK_EQUAL("running", status.state, SEP_STATE_READY);
    CHECK_STATUS("resume oneself", sep_partition_resume(SEP_SELF), SEP_NO_ACTION);
}

int main(void)
{
    others();
    oneself();
    (void)sep_partition_set_mode(SEP_MODE_IDLE);
    printf("FAIL idle mode halts\n");
    return 0;
}
