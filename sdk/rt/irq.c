// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Handlers of virtual interrupts and propagated faults.

#include "start.h"

#include <stdio.h>
#include <stdlib.h>

static rt_irq_handler_t irq_handler[SEP_IRQ_COUNT];
static rt_trap_handler_t trap_handler;

sep_status_t rt_irq_handler(uint32_t irq, rt_irq_handler_t handler)
{
    if (irq >= SEP_IRQ_COUNT) {
        return SEP_INVALID_PARAM;
    }
    if (handler == NULL) {
        sep_status_t status = sep_irq_mask(SEP_IRQ_BIT(irq));

        irq_handler[irq] = NULL;
        return status;
    }
    irq_handler[irq] = handler;
    return sep_irq_unmask(SEP_IRQ_BIT(irq));
}

void rt_irq_on(void)
{
    (void)sep_irq_enable();
}

void rt_irq_off(void)
{
    (void)sep_irq_disable();
}

void rt_irq_dispatch(uint32_t irq)
{
    if (irq_handler[irq] != NULL) {
        irq_handler[irq](irq);
        if (irq >= (uint32_t)SEP_IRQ_DEVICE_FIRST) {
            (void)sep_irq_unmask(SEP_IRQ_BIT(irq));
        }
    }
}

void rt_trap_handler(rt_trap_handler_t handler)
{
    trap_handler = handler;
}

void rt_trap_dispatch(struct rt_trap *trap)
{
    if (trap_handler != NULL) {
        trap_handler(trap);
        return;
    }
    printf("unexpected trap 0x%x at %p\n", (unsigned)trap->code, (void *)trap->pc);
    exit(1);
}
