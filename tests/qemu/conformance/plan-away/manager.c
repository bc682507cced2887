// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Switches to a plan in which it has no slot, and finds itself again when somebody else switches back.

#include <check.h>

static volatile unsigned taken;

static void on_timer(uint32_t irq)
{
    (void)irq;
    taken++;
}

int main(void)
{
    struct sep_plan_status before = {0};
    struct sep_plan_status after = {0};
    sep_time_t ran;

    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    idle(80); // everyone is loaded by now
    (void)sep_plan_status(&before);
    (void)sep_set_timer(SEP_CLOCK_HW, before.frame_start + 20 * MS, 0);
    CHECK_STATUS("switch to a plan without oneself", sep_plan_switch(1, SEP_PLAN_AT_FRAME_END),
                 SEP_OK);
    ran = now(SEP_CLOCK_EXEC);
    idle(1);
    ran = now(SEP_CLOCK_EXEC) - ran;
    (void)sep_plan_status(&after);
    CHECK("not run meanwhile", ran < 200 * US);
    CHECK_EQUAL("back in the first plan", after.current, 0);
    CHECK_EQUAL("after the third", after.previous, 2);
    // One frame of 10 ms, five of 7 ms, four of 5 ms.
    CHECK_EQUAL("at the boundary of frames", after.frame_start,
                before.frame_start + (10 + 5 * 7 + 4 * 5) * MS);
    CHECK_EQUAL("ten frames later", after.frame_count, before.frame_count + 10u);
    CHECK_EQUAL("the switch was then", after.switch_time, after.frame_start);
    CHECK_EQUAL("a timer waited", taken, 1);
    idle(5);
    (void)sep_system_halt();
    return 0;
}
