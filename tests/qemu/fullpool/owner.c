// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Owns the fast interrupt, and keeps the processor as long as it is let.

#include <rt/irq.h>

static void on_interrupt(uint32_t irq)
{
    (void)irq;
}

int main(void)
{
    (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
    rt_irq_on();
    for (;;) {
        __asm__ volatile("");
    }
}
