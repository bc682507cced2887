// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Takes interrupts without a table.

#include <check.h>
#include <isa_faults.h>

int main(void)
{
    (void)sep_irq_unmask(SEP_IRQ_BIT(SEP_IRQ_TIMER_HW));
    (void)sep_trap_table_set(ISA_NO_TRAP_TABLE);
    rt_irq_on();
    printf("now\n");
    (void)sep_set_timer(SEP_CLOCK_HW, 1, 0);
    printf("FAIL went on\n");
    return 0;
}
