// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Every kind of timer: both clocks, once and periodic, shortest and longest, replaced and refused.

#include <check.h>

#define LATEST (((sep_time_t)1 << 62) - 1u)

static volatile unsigned count[2];
static volatile sep_time_t last[2];

// The two clocks' interrupts have their numbers.
static void on_timer(uint32_t irq)
{
    count[irq]++;
    last[irq] = now((enum sep_clock)irq);
}

// With nothing in it: short intervals leave little time.
static void on_short(uint32_t irq)
{
    count[irq]++;
}

static void wait(enum sep_clock clock, sep_time_t until)
{
    while (now(clock) < until) {
    }
}

// The start of the next slot, and nothing counted.
static sep_time_t fresh(void)
{
    struct sep_plan_status plan = {0};
    uint32_t frame;

    (void)sep_plan_status(&plan);
    for (frame = plan.frame_count; plan.frame_count == frame;) {
        idle(1);
        (void)sep_plan_status(&plan);
    }
    count[0] = 0;
    count[1] = 0;
    return now(SEP_CLOCK_HW);
}

static void shortest(void)
{
    sep_time_t begin = fresh();
    unsigned ticks;

    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_short);
    CHECK_STATUS("shortest interval", sep_set_timer(SEP_CLOCK_HW, LATEST, SEP_TIMER_INTERVAL_MIN),
                 SEP_OK);
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 1 * MS, 100 * US);
    wait(SEP_CLOCK_HW, begin + 5050 * US);
    ticks = count[0];
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    CHECK_EQUAL("forty-one ticks", ticks, 41);
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    CHECK_EQUAL("of the other clock nothing", count[1], 0);
}

static void execution_periodic(void)
{
    sep_time_t hw = fresh();
    sep_time_t begin = now(SEP_CLOCK_EXEC);

    CHECK_STATUS("periodic on the execution clock",
                 sep_set_timer(SEP_CLOCK_EXEC, begin + 700 * US, 700 * US), SEP_OK);
    wait(SEP_CLOCK_EXEC, begin + 14 * MS + 300 * US);
    CHECK_EQUAL("twenty of them", count[1], 20);
    CHECK("the last one on time",
          last[1] >= begin + 14 * MS && last[1] < begin + 14 * MS + 50 * US);
    CHECK("across slots", now(SEP_CLOCK_HW) - hw > 22 * MS);
    CHECK_STATUS("disarm", sep_set_timer(SEP_CLOCK_EXEC, SEP_TIME_NONE, 700 * US), SEP_OK);
    count[1] = 0;
    wait(SEP_CLOCK_EXEC, begin + 17 * MS);
    CHECK_EQUAL("disarmed", count[1], 0);
    CHECK_EQUAL("of the other clock nothing", count[0], 0);
}

static void execution_once(void)
{
    sep_time_t begin;

    (void)fresh();
    begin = now(SEP_CLOCK_EXEC);
    CHECK_STATUS("past on the execution clock", sep_set_timer(SEP_CLOCK_EXEC, 1, 0), SEP_OK);
    CHECK_EQUAL("at once", count[1], 1);
    (void)sep_set_timer(SEP_CLOCK_EXEC, begin + 3 * MS, 0);
    idle(5);
    CHECK_EQUAL("idling does not bring it nearer", count[1], 1);
    wait(SEP_CLOCK_EXEC, begin + 3 * MS + 100 * US);
    CHECK_EQUAL("executing does", count[1], 2);
    CHECK("on time", last[1] >= begin + 3 * MS && last[1] < begin + 3 * MS + 50 * US);
}

static void replaced(void)
{
    sep_time_t begin = fresh();

    (void)sep_set_timer(SEP_CLOCK_HW, begin + 1 * MS, 1 * MS);
    CHECK_STATUS("replace", sep_set_timer(SEP_CLOCK_HW, begin + 3 * MS, 0), SEP_OK);
    wait(SEP_CLOCK_HW, begin + 2900 * US);
    CHECK_EQUAL("the first is forgotten", count[0], 0);
    wait(SEP_CLOCK_HW, begin + 5500 * US);
    CHECK_EQUAL("and its interval", count[0], 1);
}

static void refused(void)
{
    sep_time_t begin = fresh();

    (void)sep_set_timer(SEP_CLOCK_HW, begin + 1 * MS, 0);
    CHECK_STATUS("later than the latest", sep_set_timer(SEP_CLOCK_HW, LATEST + 1u, 0),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("longer than the longest", sep_set_timer(SEP_CLOCK_HW, begin, LATEST + 1u),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("shorter than the shortest",
                 sep_set_timer(SEP_CLOCK_HW, begin, SEP_TIMER_INTERVAL_MIN - 1u),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("one nanosecond", sep_set_timer(SEP_CLOCK_EXEC, begin, 1), SEP_INVALID_PARAM);
    CHECK_STATUS("no such clock", sep_set_timer((enum sep_clock)0x80000000u, begin, 0),
                 SEP_INVALID_PARAM);
    CHECK_EQUAL("nothing happened", count[0] + count[1], 0);
    wait(SEP_CLOCK_HW, begin + 1100 * US);
    CHECK_EQUAL("the one before is as it was", count[0], 1);
    CHECK_STATUS("latest and longest", sep_set_timer(SEP_CLOCK_HW, LATEST, LATEST), SEP_OK);
    wait(SEP_CLOCK_HW, begin + 2 * MS);
    CHECK_EQUAL("not early", count[0], 1);
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
}

// From nearly the beginning of time in steps of 10 ms: one for all that passed, then each in its phase.
static void phase(void)
{
    sep_time_t begin = fresh();

    CHECK_STATUS("a periodic one in the past",
                 sep_set_timer(SEP_CLOCK_HW, (begin + 2 * MS) % (10 * MS), 10 * MS), SEP_OK);
    CHECK_EQUAL("all periods that passed are one", count[0], 1);
    wait(SEP_CLOCK_HW, begin + 45 * MS);
    CHECK_EQUAL("then one in each", count[0], 6);
    CHECK("in its phase", last[0] >= begin + 42 * MS && last[0] < begin + 42 * MS + 50 * US);
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
}

static void masked(void)
{
    sep_time_t begin = fresh();
    struct sep_irq_status status = {0};

    (void)sep_irq_mask(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 500 * US, 500 * US);
    wait(SEP_CLOCK_HW, begin + 3 * MS);
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    (void)sep_irq_status(&status);
    CHECK_EQUAL("masked: none delivered", count[0], 0);
    CHECK_EQUAL("but pending", status.pending & 3u, SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    (void)sep_irq_unmask(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    CHECK_EQUAL("unmasked: one for all", count[0], 1);
}

static void both(void)
{
    sep_time_t begin = fresh();
    sep_time_t ran = now(SEP_CLOCK_EXEC);

    (void)sep_set_timer(SEP_CLOCK_EXEC, ran + 2 * MS, 0);
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 1 * MS, 0);
    (void)sep_set_timer(SEP_CLOCK_WATCHDOG, begin + 4 * MS, 0);
    wait(SEP_CLOCK_HW, begin + 1900 * US);
    CHECK("the hardware clock's first", count[0] == 1u && count[1] == 0u);
    wait(SEP_CLOCK_HW, begin + 2100 * US);
    CHECK("then the execution clock's", count[0] == 1u && count[1] == 1u);
    CHECK_STATUS("the watchdog disarmed", sep_set_timer(SEP_CLOCK_WATCHDOG, SEP_TIME_NONE, 0),
                 SEP_OK);
    wait(SEP_CLOCK_HW, begin + 5 * MS);
    CHECK("and nothing more", count[0] == 1u && count[1] == 1u);
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    (void)rt_irq_handler(SEP_IRQ_TIMER_EXEC, on_timer);
    rt_irq_on();
    shortest();
    execution_periodic();
    execution_once();
    replaced();
    refused();
    phase();
    masked();
    both();
    (void)sep_system_halt();
    return 0;
}
