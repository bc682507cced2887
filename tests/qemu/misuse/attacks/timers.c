// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// As many interrupts as there can be: periodic timers at their shortest interval, timers that have
// expired already set anew in their own handlers, and a call in between.

#include "attack.h"

#include <rt/irq.h>

static void again(uint32_t irq)
{
    (void)sep_set_timer(irq == (uint32_t)SEP_IRQ_TIMER_HW ? SEP_CLOCK_HW : SEP_CLOCK_EXEC, 1,
                        SEP_TIMER_INTERVAL_MIN);
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, again);
    (void)rt_irq_handler(SEP_IRQ_TIMER_EXEC, again);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, again);
    rt_irq_on();
    for (;;) {
        again(SEP_IRQ_TIMER_HW);
        again(SEP_IRQ_TIMER_EXEC);
        (void)sep_set_timer(SEP_CLOCK_WATCHDOG, (sep_time_t)INT64_MAX, SEP_TIMER_INTERVAL_MIN);
        for (uint32_t i = 0; i < SEP_IPVI_COUNT + 2u; i++) {
            (void)sep_irq_raise(i);
        }
    }
}
