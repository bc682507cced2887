// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fills the shared area, rings, and waits until it may fill it again.

#include "box.h"

int main(void)
{
    volatile uint32_t *box = (volatile uint32_t *)(uintptr_t)sep_info_area("box")->address;

    (void)rt_irq_handler(SEP_IRQ_IPVI_FIRST + EMPTY, doorbell);
    rt_irq_on();
    wait_for_ring(1); // the reader is there
    for (uint32_t picture = 1; picture <= PICTURES; picture++) {
        for (uint32_t i = 0; i < WORDS; i++) {
            box[i] = picture * i;
        }
        printf("picture %u is in the box: %s\n", (unsigned)picture,
               sep_status_name(sep_irq_raise(FULL)));
        wait_for_ring(picture + 1u);
    }
    printf("ringing at my own door: %s\n", sep_status_name(sep_irq_raise(EMPTY)));
    return 0;
}
