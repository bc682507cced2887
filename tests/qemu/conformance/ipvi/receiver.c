// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts what comes in.

#include <check.h>

static volatile unsigned count[SEP_IPVI_COUNT];

static void handler(uint32_t irq)
{
    count[irq - (uint32_t)SEP_IRQ_IPVI_FIRST]++;
}

int main(void)
{
    for (uint32_t i = 0; i < SEP_IPVI_COUNT; i++) {
        (void)rt_irq_handler((uint32_t)SEP_IRQ_IPVI_FIRST + i, handler);
    }
    rt_irq_on();
    idle(8);
    for (uint32_t i = 0; i < SEP_IPVI_COUNT; i++) {
        printf("number %u came %u times\n", (unsigned)i, count[i]);
    }
    return 0;
}
