// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Counts what comes in. Nothing else is unmasked, so idling ends with the slot or one of these.

#include <check.h>

static volatile unsigned count[SEP_IPVI_COUNT];

static void handler(uint32_t irq)
{
    count[irq - (uint32_t)SEP_IRQ_IPVI_FIRST]++;
}

int main(void)
{
    struct sep_plan_status plan = {0};

    for (uint32_t i = 0; i < SEP_IPVI_COUNT; i++) {
        (void)rt_irq_handler((uint32_t)SEP_IRQ_IPVI_FIRST + i, handler);
    }
    rt_irq_on();
    (void)sep_plan_status(&plan);
    for (uint32_t first = plan.frame_count; plan.frame_count < first + 45u;) {
        idle(1);
        (void)sep_plan_status(&plan);
    }
    printf("%u %u %u %u %u %u %u %u\n", count[0], count[1], count[2], count[3], count[4], count[5],
           count[6], count[7]);
    return 0;
}
