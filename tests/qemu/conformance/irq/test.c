// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Mask, pending, clear, enable and order of virtual interrupts. A request to shut down and a timer
// in the past are the two sources.

#include <check.h>

#define HW SEP_IRQ_BIT(SEP_IRQ_TIMER_HW)
#define SHUTDOWN SEP_IRQ_BIT(SEP_IRQ_SHUTDOWN)

static volatile unsigned order[8];
static volatile unsigned taken;

static void handler(uint32_t irq)
{
    struct sep_irq_status status;

    if (taken < 8u) {
        order[taken] = irq;
    }
    taken++;
    (void)sep_irq_status(&status);
    if (status.enabled != 0u) {
        printf("FAIL enabled in the handler\n");
    }
}

static struct sep_irq_status irqs(void)
{
    struct sep_irq_status status = {0};

    (void)sep_irq_status(&status);
    return status;
}

static void raise_both(void)
{
    (void)sep_partition_shutdown(SEP_SELF);
    (void)sep_set_timer(SEP_CLOCK_HW, 1, 0);
}

static void at_first(void)
{
    struct sep_irq_status status = irqs();

    CHECK_EQUAL("at first all masked", status.masked, 0xffffffff);
    CHECK_EQUAL("at first disabled", status.enabled, 0);
    CHECK_EQUAL("reserved is zero", status.reserved, 0);
}

static void masked_stays_pending(void)
{
    rt_irq_on();
    CHECK_EQUAL("enabled", irqs().enabled, 1);
    raise_both();
    CHECK("masked stays pending",
          (irqs().pending & (HW | SHUTDOWN)) == (HW | SHUTDOWN) && taken == 0u);
    CHECK_STATUS("clear", sep_irq_clear(HW), SEP_OK);
    CHECK_EQUAL("only that one is cleared", irqs().pending & (HW | SHUTDOWN), SHUTDOWN);
    CHECK_STATUS("unmask", sep_irq_unmask(SHUTDOWN), SEP_OK);
    CHECK("delivered once unmasked", taken == 1u && order[0] == (unsigned)SEP_IRQ_SHUTDOWN);
    CHECK_EQUAL("no longer pending", irqs().pending & SHUTDOWN, 0);
    CHECK_EQUAL("unmasked now", irqs().masked & SHUTDOWN, 0);
    CHECK_STATUS("mask", sep_irq_mask(SHUTDOWN), SEP_OK);
    CHECK_EQUAL("masked again", irqs().masked & SHUTDOWN, SHUTDOWN);
}

static void disabled_stays_pending(void)
{
    rt_irq_off();
    CHECK_EQUAL("disabled", irqs().enabled, 0);
    taken = 0;
    (void)sep_irq_unmask(HW | SHUTDOWN);
    raise_both();
    CHECK("disabled stays pending",
          (irqs().pending & (HW | SHUTDOWN)) == (HW | SHUTDOWN) && taken == 0u);
    rt_irq_on();
    CHECK_EQUAL("both delivered", taken, 2);
    CHECK("the lowest number first",
          order[0] == (unsigned)SEP_IRQ_TIMER_HW && order[1] == (unsigned)SEP_IRQ_SHUTDOWN);
}

static void slot_start(void)
{
    (void)sep_irq_clear(0xffffffff);
    taken = 0;
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, handler);
    idle(3);
    CHECK("the start of each slot", taken == 3u && order[2] == (unsigned)SEP_IRQ_SLOT_START);
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, NULL);
}

static void idling_ends_by_interrupt(void)
{
    sep_time_t begin;

    idle(1);
    begin = now(SEP_CLOCK_HW);
    (void)sep_set_timer(SEP_CLOCK_HW, begin + 2 * MS, 0);
    idle(1);
    CHECK("idling ends by an interrupt", now(SEP_CLOCK_HW) - begin < 3 * MS);
}

static void counted(void)
{
    struct sep_partition_status before;
    struct sep_partition_status after;

    (void)sep_partition_status(SEP_SELF, &before);
    raise_both();
    (void)sep_partition_status(SEP_SELF, &after);
    CHECK_EQUAL("delivered interrupts are counted", after.virq_count - before.virq_count, 2);
}

static void refusals(void)
{
    CHECK_STATUS("status to nowhere", sep_irq_status(NULL), SEP_INVALID_ADDRESS);
    CHECK_STATUS("status to read-only memory",
                 sep_irq_status((struct sep_irq_status *)(uintptr_t)sep_info()),
                 SEP_INVALID_ADDRESS);
    CHECK_STATUS("no such inter-partition interrupt", sep_irq_raise(SEP_IPVI_COUNT),
                 SEP_INVALID_PARAM);
    CHECK_STATUS("not given by the description", sep_irq_raise(0), SEP_NO_PERMISSION);
}

int main(void)
{
    at_first();
    // Handlers without their unmasking.
    (void)rt_irq_handler(SEP_IRQ_TIMER_HW, handler);
    (void)rt_irq_handler(SEP_IRQ_SHUTDOWN, handler);
    (void)sep_irq_mask(0xffffffff);
    masked_stays_pending();
    disabled_stays_pending();
    slot_start();
    idling_ends_by_interrupt();
    counted();
    refusals();
    return 0;
}
