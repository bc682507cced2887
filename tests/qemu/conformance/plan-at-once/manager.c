// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Switches to the urgent plan in the middle of its own slot.

#include <check.h>

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status;
}

static void refused(void)
{
    CHECK_STATUS("one that may not", sep_plan_switch(2, SEP_PLAN_AT_ONCE), SEP_NO_PERMISSION);
    CHECK_STATUS("one that does not exist", sep_plan_switch(3, SEP_PLAN_AT_ONCE),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("at another time", sep_plan_switch(1, (enum sep_plan_when)2), SEP_INVALID_PARAM);
    CHECK("nothing has changed", plan().current == 0u && plan().next == 0u);
}

static void at_once(void)
{
    struct sep_plan_status before = plan();
    struct sep_plan_status after;
    sep_status_t answer;
    sep_time_t time;

    while (now(SEP_CLOCK_HW) < before.frame_start + 2 * MS) {
    }
    time = now(SEP_CLOCK_HW);
    answer = sep_plan_switch(1, SEP_PLAN_AT_ONCE);
    after = plan();
    CHECK_STATUS("at once", answer, SEP_OK);
    CHECK_EQUAL("the urgent plan runs", after.current, 1);
    CHECK_EQUAL("after the usual one", after.previous, 0);
    CHECK("since the call", after.frame_start >= time && after.frame_start < time + 100 * US);
    CHECK_EQUAL("which is the time of the switch", after.switch_time, after.frame_start);
    CHECK_EQUAL("one frame later", after.frame_count, before.frame_count + 1u);
    CHECK_EQUAL("its first", after.plan_frame, 1);
    CHECK_EQUAL("in my slot there", after.slot_id, 9);
    CHECK("and not before it", now(SEP_CLOCK_HW) >= after.frame_start + 3 * MS);
    CHECK_STATUS("it runs already", sep_plan_switch(1, SEP_PLAN_AT_ONCE), SEP_NO_ACTION);
    idle(10);
    CHECK_EQUAL("ten frames later", plan().frame_start, after.frame_start + 60 * MS);
    CHECK_EQUAL("its eleventh", plan().plan_frame, 11);
}

int main(void)
{
    struct sep_plan_status status;

    wait_for_frame(
        62); // the second of a period of the pool: whoever computes there has not finished
    refused();
    at_once();
    CHECK_STATUS("not back at once", sep_plan_switch(0, SEP_PLAN_AT_ONCE), SEP_NO_PERMISSION);
    CHECK_STATUS("back", sep_plan_switch(0, SEP_PLAN_AT_FRAME_END), SEP_OK);
    status = plan();
    idle(1);
    CHECK_EQUAL("at the frame's end", plan().frame_start, status.frame_start + 6 * MS);
    CHECK_EQUAL("my slot there", plan().slot_id, 0);
    idle(20);
    (void)sep_system_halt();
    return 0;
}
