// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// In plan 1 it asks in the fifth frame for plan 2, and there in the fourth for plan 0.

#include <check.h>

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status;
}

static void in_plan(uint32_t number)
{
    while (plan().current != number) {
        idle(1);
    }
}

static bool late;

// At the start of its next slot, which is start behind its frame's.
static void slot(sep_time_t start)
{
    sep_time_t time;

    idle(1);
    time = now(SEP_CLOCK_HW) - plan().frame_start;
    late = late || time < start || time > start + 100 * US;
}

int main(void)
{
    sep_time_t first;
    struct sep_partition_status status = {0};
    uint64_t ran;

    in_plan(1);
    first = plan().frame_start;
    (void)sep_partition_status(2, &status);
    ran = status.exec_clock;
    for (unsigned frame = 1; frame < 5u; frame++) {
        slot(2 * MS);
    }
    CHECK_EQUAL("frames of 7 ms", plan().frame_start, first + 28 * MS);
    (void)sep_partition_status(2, &status);
    CHECK_EQUAL("who has no slot in the plan has not run", status.exec_clock, ran);
    CHECK_STATUS("the running one", sep_plan_switch(1, SEP_PLAN_AT_FRAME_END), SEP_NO_ACTION);
    CHECK_STATUS("asked", sep_plan_switch(2, SEP_PLAN_AT_FRAME_END), SEP_OK);
    slot(4 * MS);
    CHECK_EQUAL("the third plan", plan().current, 2);
    CHECK_EQUAL("from the frame's end", plan().frame_start, first + 35 * MS);
    for (unsigned frame = 1; frame < 4u; frame++) {
        slot(4 * MS);
    }
    CHECK_STATUS("back", sep_plan_switch(0, SEP_PLAN_AT_FRAME_END), SEP_OK);
    CHECK("slots at their times", !late);
    for (;;) {
    }
}
