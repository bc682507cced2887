// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Raises number n n + 1 times, each time in a frame of its own.

#include <check.h>

static volatile unsigned own;

static void on_own(uint32_t irq)
{
    own += irq == (uint32_t)SEP_IRQ_IPVI_FIRST + 7u ? 1u : 100u;
}

int main(void)
{
    for (uint32_t i = 0; i < SEP_IPVI_COUNT; i++) {
        (void)rt_irq_handler((uint32_t)SEP_IRQ_IPVI_FIRST + i, on_own);
    }
    rt_irq_on();
    idle(3);
    for (uint32_t ipvi = 0; ipvi < SEP_IPVI_COUNT; ipvi++) {
        for (uint32_t n = 0; n <= ipvi; n++) {
            if (sep_irq_raise(ipvi) != SEP_OK) {
                printf("FAIL raise %u\n", (unsigned)ipvi);
            }
            idle(1);
        }
    }
    CHECK_EQUAL("own number came as often as raised", own, 8);
    return 0;
}
