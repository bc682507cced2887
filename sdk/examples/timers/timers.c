// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each kind of timer: one shot and periodic on the hardware clock, on the execution clock, and the
// watchdog, which ends this partition when it is no longer served.

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

#define MS ((sep_time_t)1000000)

static volatile unsigned hw_count;
static volatile unsigned exec_count;

static void on_hw(uint32_t irq)
{
    (void)irq;
    hw_count++;
}

static void on_exec(uint32_t irq)
{
    (void)irq;
    exec_count++;
}

static sep_time_t now(enum sep_clock clock)
{
    sep_time_t time = 0;

    (void)sep_get_time(clock, &time);
    return time;
}

static void one_shot(void)
{
    sep_time_t begin = now(SEP_CLOCK_HW);

    hw_count = 0;
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 25 * MS, 0);
    while (hw_count == 0u) {
        (void)sep_idle_self();
    }
    printf("one shot: after %s 25 ms\n",
           now(SEP_CLOCK_HW) - begin >= 25 * MS ? "at least" : "LESS THAN");
    (void)sep_idle_self();
    (void)sep_idle_self();
    printf("one shot: expired %u times\n", hw_count);
}

static void periodic(void)
{
    sep_time_t begin = now(SEP_CLOCK_HW);

    // Expiries while others run are delivered as one at the next slot, so one comes in each slot.
    hw_count = 0;
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 5 * MS, 5 * MS);
    while (hw_count < 4u) {
        (void)sep_idle_self();
    }
    (void)sep_set_timer(SEP_CLOCK_HW, SEP_TIME_NONE, 0);
    printf("periodic: 4 expiries taken, then disarmed\n");
    (void)sep_idle_self();
    (void)sep_idle_self();
    printf("periodic: %u after that\n", hw_count - 4u);
}

static void execution(void)
{
    sep_time_t hw = now(SEP_CLOCK_HW);
    sep_time_t begin = now(SEP_CLOCK_EXEC);
    sep_time_t ran;
    sep_time_t passed;

    (void)sep_set_timer(SEP_CLOCK_EXEC, begin + 5 * MS, 0);
    while (exec_count == 0u) {
    }
    ran = now(SEP_CLOCK_EXEC) - begin;
    passed = now(SEP_CLOCK_HW) - hw;
    printf("execution clock: %s, while %s passed\n",
           ran >= 5 * MS && ran < 6 * MS ? "5 ms run" : "WRONG",
           passed > 20 * MS ? "over 20 ms" : "FEW");
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_hw);
    (void)rt_irq_handler(SEP_IRQ_TIMER_EXEC, on_exec);
    rt_irq_on();
    one_shot();
    periodic();
    execution();
    for (int n = 1; n <= 3; n++) {
        (void)sep_set_timer(SEP_CLOCK_WATCHDOG, now(SEP_CLOCK_HW) + 25 * MS, 0);
        printf("watchdog served %d\n", n);
        (void)sep_idle_self();
    }
    printf("watchdog no longer served\n");
    for (;;) {
        (void)sep_idle_self();
    }
}
