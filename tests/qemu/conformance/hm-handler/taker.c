// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Its handler of faults enables interrupts, takes one, and faults: it is in that handler still.

#include <check.h>
#include <isa_faults.h>
#include <stdlib.h>

static volatile unsigned faults;
static volatile unsigned ticks;

static void on_slot(uint32_t irq)
{
    (void)irq;
    ticks++;
}

static void on_fault(struct rt_trap *trap)
{
    (void)trap;
    faults++;
    if (faults > 1u) {
        printf("FAIL propagated again\n");
        exit(1);
    }
    ticks = 0;
    rt_irq_on();
    while (ticks == 0u) {
        (void)sep_idle_self();
    }
    CHECK_EQUAL("an interrupt in the handler", ticks, 1);
    isa_raise_illegal();
    printf("FAIL went on\n");
}

int main(void)
{
    rt_trap_handler(on_fault);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, on_slot);
    isa_raise_illegal();
    printf("FAIL returned\n");
    return 0;
}
