// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// 64-bit Armv8-A: it has no hypercalls of its own, but a mask of interrupts that the partition changes
// itself.

#ifndef ISA_OWN_H
#define ISA_OWN_H

#include <rt/irq.h>
#include <stdio.h>

/// Numbers of its own calls; all others of the range are unknown.
#define ISA_OWN_FIRST SEP_HC_ARCH_FIRST
#define ISA_OWN_COUNT 0u

static volatile unsigned isa_own_taken;

static void isa_own_on_timer(uint32_t irq)
{
    (void)irq;
    isa_own_taken++;
}

static inline bool isa_own_is(const char *what, bool ok)
{
    if (!ok) {
        printf("FAIL %s\n", what);
    }
    return ok;
}

static inline uint32_t isa_own_enabled(void)
{
    struct sep_irq_status status = {.enabled = 99};

    (void)sep_irq_status(&status);
    return status.enabled;
}

static inline void isa_own_unmask(void)
{
    __asm__ volatile("msr daifclr, #2" : : : "memory");
}

static inline void isa_own_mask(void)
{
    __asm__ volatile("msr daifset, #2" : : : "memory");
}

static inline bool isa_own_masked(void)
{
    uint64_t daif;

    __asm__ volatile("mrs %0, daif" : "=r"(daif));
    return (daif & 0x80u) != 0u;
}

/// Whether the mask is the switch of virtual interrupts. Interrupts are off before and after.
static inline bool isa_own_calls(void)
{
    bool ok = isa_own_is("off at first", isa_own_masked() && isa_own_enabled() == 0u);

    isa_own_unmask();
    ok = isa_own_is("on", isa_own_enabled() == 1u) && ok;
    isa_own_mask();
    ok = isa_own_is("off", isa_own_enabled() == 0u) && ok;
    (void)sep_irq_enable();
    ok = isa_own_is("on by the call", !isa_own_masked()) && ok;
    (void)sep_irq_disable();
    ok = isa_own_is("off by the call", isa_own_masked()) && ok;
    // An interrupt waits, and is taken behind the very instruction that lets it in.
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, isa_own_on_timer);
    for (unsigned i = 0; i < 3u; i++) {
        isa_own_taken = 0;
        (void)sep_set_timer(SEP_CLOCK_HW, 1, 0);
        ok = isa_own_is("none while off", isa_own_taken == 0u) && ok;
        isa_own_unmask();
        ok = isa_own_is("taken", isa_own_taken == 1u) && ok;
        isa_own_mask();
    }
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, NULL);
    return ok;
}

#endif
