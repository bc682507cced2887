// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plan switches: when they take effect, what is refused, what the status shows.

#include <check.h>

static struct sep_plan_status plan(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status;
}

// Asks in the middle of a slot for plan `next`; the running plan's frame is `frame` long.
static void switch_to(const char *name, uint32_t next, sep_time_t frame)
{
    struct sep_plan_status before;
    struct sep_plan_status after;

    idle(2);
    before = plan();
    while (now(SEP_CLOCK_HW) < before.frame_start + 2 * MS) {
    }
    printf("%s\n", name);
    CHECK_STATUS("asked", sep_plan_switch(next, SEP_PLAN_AT_FRAME_END), SEP_OK);
    CHECK_STATUS("asked again", sep_plan_switch(next, SEP_PLAN_AT_FRAME_END), SEP_NO_ACTION);
    after = plan();
    CHECK("not before the frame's end", after.current == before.current && after.next == next &&
                                            after.frame_start == before.frame_start);
    idle(1);
    after = plan();
    CHECK_EQUAL("then it runs", after.current, next);
    CHECK_EQUAL("and is the next, too", after.next, next);
    CHECK_EQUAL("the one before", after.previous, before.current);
    CHECK_EQUAL("at the end of the frame", after.frame_start, before.frame_start + frame);
    CHECK_EQUAL("which is the time of the switch", after.switch_time, after.frame_start);
    CHECK_EQUAL("one frame later", after.frame_count, before.frame_count + 1u);
    CHECK_EQUAL("the plan's first", after.plan_frame, 1);
}

static void last_request_counts(void)
{
    struct sep_plan_status before;

    idle(2);
    before = plan();
    printf("the last request counts\n");
    CHECK_STATUS("another", sep_plan_switch(1, SEP_PLAN_AT_FRAME_END), SEP_OK);
    CHECK_STATUS("yet another", sep_plan_switch(2, SEP_PLAN_AT_FRAME_END), SEP_OK);
    CHECK_STATUS("back to the running one", sep_plan_switch(0, SEP_PLAN_AT_FRAME_END), SEP_OK);
    CHECK_STATUS("that one already", sep_plan_switch(0, SEP_PLAN_AT_FRAME_END), SEP_NO_ACTION);
    idle(1);
    CHECK_EQUAL("no switch", plan().current, 0);
    CHECK_EQUAL("no time of a switch", plan().switch_time, before.switch_time);
}

static void frames(void)
{
    struct sep_plan_status first;

    idle(1);
    first = plan();
    idle(10);
    CHECK_EQUAL("ten frames later", plan().frame_start, first.frame_start + 100 * MS);
    CHECK_EQUAL("frames are counted", plan().frame_count, first.frame_count + 10u);
    CHECK_EQUAL("slot", plan().slot_id, 0);
    CHECK_EQUAL("those of the plan, too", plan().plan_frame, plan().frame_count);
}

int main(void)
{
    CHECK_EQUAL("plan 0 is the first", plan().current, 0);
    CHECK_EQUAL("no switch yet", plan().switch_time, 0);
    frames();
    CHECK_STATUS("no such plan", sep_plan_switch(3, SEP_PLAN_AT_FRAME_END), SEP_INVALID_PARAM);
    CHECK_STATUS("no such plan at all", sep_plan_switch(0xffffffff, SEP_PLAN_AT_FRAME_END),
                 SEP_INVALID_PARAM);
    last_request_counts();
    switch_to("0 to 1", 1, 10 * MS);
    switch_to("1 to 2", 2, 6 * MS);
    switch_to("2 to 0", 0, 14 * MS);
    CHECK_STATUS("status to nowhere", sep_plan_status(NULL), SEP_INVALID_ADDRESS);
    (void)sep_system_halt();
    return 0;
}
