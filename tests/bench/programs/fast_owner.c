// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Idles, and is woken by its line. Ends the system when it has been often enough.

#include <rt/irq.h>
#include <septum/septum.h>

#define COUNT 200u

static volatile uint32_t interrupts;

static void on_interrupt(uint32_t irq)
{
    (void)irq;
    interrupts = interrupts + 1u;
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
    rt_irq_on();
    while (interrupts < COUNT) {
        (void)sep_idle_self();
    }
    (void)sep_system_halt();
    return 1;
}
