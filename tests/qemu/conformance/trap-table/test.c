// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The runtime's table moves back and forth; misaligned places are refused and change nothing.

#include <check.h>
#include <isa_faults.h>

static volatile unsigned ticks;

static void on_timer(uint32_t irq)
{
    (void)irq;
    ticks++;
}

static bool works(void)
{
    unsigned before = ticks;

    (void)sep_set_timer(SEP_CLOCK_HW, 1, 0);
    return ticks == before + 1u;
}

int main(void)
{
    // Its own, as the linker script places it: at the start of the first area that may be executed.
    sep_word_t table = area_start("ram");
    unsigned refused = 0;
    unsigned tried = 0;

    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_timer);
    rt_irq_on();
    CHECK("the runtime's", works());
    for (uint32_t offset = 1; offset < ISA_TRAP_TABLE_ALIGN; offset *= 2u) {
        tried += 2u;
        refused += sep_trap_table_set(table + offset) == SEP_INVALID_PARAM ? 1u : 0u;
        refused += sep_trap_table_set(table - offset) == SEP_INVALID_PARAM ? 1u : 0u;
    }
    CHECK_EQUAL("each misalignment is refused", refused, tried);
    CHECK("the one before is in force", works());
    rt_irq_off();
    CHECK_STATUS("a place elsewhere", sep_trap_table_set(table + ISA_TRAP_TABLE_ALIGN), SEP_OK);
    CHECK_STATUS("and back", sep_trap_table_set(table), SEP_OK);
    rt_irq_on();
    CHECK("works", works());
    return 0;
}
