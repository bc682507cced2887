// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads the shared area each time it is rung for, and gives it back.

#include "box.h"

static volatile uint32_t *box;

static void on_fault(struct rt_trap *trap)
{
    printf("writing into the box: a fault\n");
    rt_trap_skip(trap);
}

int main(void)
{
    box = (volatile uint32_t *)(uintptr_t)sep_info_area("box")->address;
    (void)rt_irq_handler(SEP_IRQ_IPVI_FIRST + FULL, doorbell);
    rt_irq_on();
    // A ring at a partition that is still being loaded is lost: again in each slot, until it answers.
    while (rings == 0u) {
        (void)sep_irq_raise(EMPTY);
        (void)sep_idle_self();
    }
    for (uint32_t picture = 1; picture <= PICTURES; picture++) {
        uint32_t sum = 0;

        wait_for_ring(picture);
        for (uint32_t i = 0; i < WORDS; i++) {
            sum += box[i];
        }
        printf("picture %u has the sum %u\n", (unsigned)picture, (unsigned)sum);
        (void)sep_irq_raise(EMPTY);
    }
    rt_trap_handler(on_fault);
    box[0] = 1; // the description gives the reader the right r only
    return 0;
}
