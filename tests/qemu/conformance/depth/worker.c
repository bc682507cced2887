// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Deep calls survive slot ends and interrupts. Two partitions run this with slots of odd lengths, so
// that each level of the calls is interrupted sooner or later.

#include <check.h>

static volatile unsigned interrupts;

static void on_interrupt(uint32_t irq)
{
    (void)irq;
    interrupts++;
}

// Locals of every level are checked after the calls below it.
__attribute__((noinline)) static uint32_t deep(uint32_t level, uint32_t seed)
{
    uint32_t a = seed * 1664525u + 1013904223u;
    uint32_t b = a ^ (a >> 15);
    uint32_t c = b * 2654435761u;
    volatile uint32_t expected = a ^ b ^ c;
    uint32_t below = level == 0u ? seed : deep(level - 1u, c) + deep(level / 2u, b);

    if ((a ^ b ^ c) != expected) {
        printf("FAIL level %u lost its values\n", (unsigned)level);
    }
    return below ^ a;
}

// The same sum from another depth of calls to begin with.
__attribute__((noinline)) static uint32_t from(uint32_t extra)
{
    volatile uint32_t keep = extra;
    uint32_t result = extra == 0u ? deep(24, 1) : from(extra - 1u);

    return keep == extra ? result : 0u;
}

int main(void)
{
    uint32_t first;
    bool same = true;

    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, on_interrupt);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, on_interrupt);
    rt_irq_on();
    (void)sep_set_timer(SEP_CLOCK_HW, now(SEP_CLOCK_HW) + 100 * US, 211 * US);
    first = from(0);
    for (uint32_t extra = 0; extra < 10u; extra++) {
        same = same && from(extra) == first;
    }
    CHECK("the same sum each time", same);
    CHECK("many interrupts", interrupts > 100u);
    return 0;
}
