// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts as long as it is let, and faults when it is told to.

#include "shared.h"

static void asked(uint32_t irq)
{
    (void)irq;
    shared()->shutdown++;
}

int main(void)
{
    (void)rt_irq_handler((uint32_t)SEP_IRQ_SHUTDOWN, asked);
    rt_irq_on();
    shared()->turns = 0;
    for (;;) {
        shared()->turns++;
        if (shared()->order == 1u) {
            shared()->order = 0;
            *(volatile uint32_t *)(area_end("ram") + 0x100000u) = 1;
        }
    }
}
