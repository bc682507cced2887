// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Timers: one shot, periodic, past, disarmed, refused, on both clocks.

#include <check.h>

// The latest time that a timer takes.
#define FAR (((sep_time_t)1 << 62) - 1u)

static volatile unsigned hw_count;
static volatile sep_time_t hw_time;
static volatile unsigned exec_count;
static volatile sep_time_t exec_time;

static void on_hw(uint32_t irq)
{
    (void)irq;
    hw_count++;
    hw_time = now(SEP_CLOCK_HW);
}

static void on_exec(uint32_t irq)
{
    (void)irq;
    exec_count++;
    exec_time = now(SEP_CLOCK_EXEC);
}

static void wait_until(sep_time_t time)
{
    while (now(SEP_CLOCK_HW) < time) {
    }
}

// The beginning of the next slot, whatever interrupts come before.
static sep_time_t slot(void)
{
    struct sep_plan_status plan;
    uint32_t frame;

    (void)sep_plan_status(&plan);
    for (frame = plan.frame_count; plan.frame_count == frame;) {
        (void)sep_idle_self();
        (void)sep_plan_status(&plan);
    }
    return now(SEP_CLOCK_HW);
}

static void one_shot(void)
{
    sep_time_t expiry = slot() + 1 * MS;

    hw_count = 0;
    CHECK_STATUS("one shot", sep_set_timer(SEP_CLOCK_HW, expiry, 0), SEP_OK);
    wait_until(expiry + 500 * US);
    CHECK_EQUAL("one shot expired once", hw_count, 1);
    CHECK("never early", hw_time >= expiry);
    CHECK("within 100 us", hw_time < expiry + 100 * US);
    wait_until(expiry + 2 * MS);
    CHECK_EQUAL("and not again", hw_count, 1);
}

static void while_others_run(void)
{
    sep_time_t begin = slot();

    hw_count = 0;
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 6 * MS, 0);
    slot();
    CHECK_EQUAL("expired while others ran: in the next slot", hw_count, 1);
    CHECK("at its start", hw_time >= begin + 9 * MS && hw_time < begin + 10 * MS + 200 * US);
}

static void past(void)
{
    hw_count = 0;
    CHECK_STATUS("a time in the past", sep_set_timer(SEP_CLOCK_HW, 1, 0), SEP_OK);
    wait_until(now(SEP_CLOCK_HW) + 50 * US);
    CHECK_EQUAL("expires at once", hw_count, 1);
}

static void disarmed(void)
{
    sep_time_t begin = slot();

    hw_count = 0;
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 1 * MS, 0);
    CHECK_STATUS("disarm", sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0), SEP_OK);
    wait_until(begin + 2 * MS);
    CHECK_EQUAL("disarmed does not expire", hw_count, 0);
    CHECK_STATUS("far away", sep_set_timer(SEP_CLOCK_HW, FAR, 0), SEP_OK);
    wait_until(begin + 3 * MS);
    CHECK_EQUAL("far away does not expire early", hw_count, 0);
}

static void periodic(void)
{
    sep_time_t begin = slot();

    hw_count = 0;
    CHECK_STATUS("periodic", sep_set_timer(SEP_CLOCK_HW, begin + 500 * US, 1 * MS), SEP_OK);
    wait_until(begin + 3 * MS);
    CHECK_EQUAL("three periods", hw_count, 3);
    CHECK("phase kept", hw_time >= begin + 2500 * US && hw_time < begin + 2600 * US);
    wait_until(begin + 3800 * US);
    hw_count = 0;
    slot();
    CHECK_EQUAL("periods that passed meanwhile are one", hw_count, 1);
    wait_until(begin + 10 * MS + 900 * US);
    CHECK("phase kept over the gap", hw_time >= begin + 10500 * US && hw_time < begin + 10600 * US);
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    hw_count = 0;
    wait_until(begin + 12 * MS);
    CHECK_EQUAL("disarmed", hw_count, 0);
}

static void execution(void)
{
    sep_time_t hw = slot();
    sep_time_t expiry = now(SEP_CLOCK_EXEC) + 6 * MS;

    CHECK_STATUS("on the execution clock", sep_set_timer(SEP_CLOCK_EXEC, expiry, 0), SEP_OK);
    while (exec_count == 0u && now(SEP_CLOCK_HW) < hw + 100 * MS) {
    }
    CHECK_EQUAL("expired once", exec_count, 1);
    CHECK("after that much execution", exec_time >= expiry && exec_time < expiry + 100 * US);
    CHECK("across slots", now(SEP_CLOCK_HW) - hw > 11 * MS);
}

static void refusals(void)
{
    CHECK_STATUS("no such clock", sep_set_timer(SEP_CLOCK_COUNT, 1, 0), SEP_INVALID_PARAM);
    CHECK_STATUS("interval too short",
                 sep_set_timer(SEP_CLOCK_HW, FAR, SEP_TIMER_INTERVAL_MIN - 1u), SEP_INVALID_PARAM);
    CHECK_STATUS("interval too long", sep_set_timer(SEP_CLOCK_HW, 1, UINT64_MAX),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("shortest interval", sep_set_timer(SEP_CLOCK_HW, FAR, SEP_TIMER_INTERVAL_MIN),
                 SEP_OK);
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_hw);
    (void)rt_irq_handler(SEP_IRQ_TIMER_EXEC, on_exec);
    rt_irq_on();
    one_shot();
    while_others_run();
    past();
    disarmed();
    periodic();
    execution();
    refusals();
    (void)sep_system_halt();
    return 0;
}
