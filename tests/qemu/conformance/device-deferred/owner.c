// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The UART interrupts with each byte sent, and the other partition has text sent in its own slots.
// While text is pending that is one interrupt at the start of each slot.

#include <board_uart.h>
#include <check.h>

static volatile unsigned interrupts;
static volatile sep_time_t last;

static void on_interrupt(uint32_t irq)
{
    struct sep_plan_status plan = {0};

    (void)irq;
    (void)sep_plan_status(&plan);
    interrupts++;
    last = now(SEP_CLOCK_HW) - plan.frame_start;
    board_uart_sent();
}

static uint32_t mask(void)
{
    struct sep_irq_status status = {0};

    (void)sep_irq_status(&status);
    return status.masked & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST);
}

static uint32_t pending(void)
{
    struct sep_irq_status status = {0};

    (void)sep_irq_status(&status);
    return status.pending & SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST);
}

static void until_noise(void)
{
    struct sep_plan_status plan = {0};

    // The neighbour writes in even frames only.
    do {
        idle(1);
        (void)sep_plan_status(&plan);
    } while (plan.frame_count % 2u != 1u);
}

// What is found is told at the end: own text would interrupt, too.
static struct {
    unsigned once;
    sep_time_t time;
    uint32_t mask_after;
    unsigned while_masked;
    uint32_t pending_masked;
    unsigned unmasked;
    unsigned off;
    uint32_t pending_off;
    uint32_t cleared;
} found;

static void try_all(void)
{
    until_noise();
    interrupts = 0;
    until_noise();
    found.once = interrupts;
    found.time = last;
    found.mask_after = mask();
    (void)sep_irq_mask(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    interrupts = 0;
    until_noise();
    until_noise();
    found.while_masked = interrupts;
    found.pending_masked = pending();
    (void)sep_irq_unmask(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    (void)sep_null();
    found.unmasked = interrupts;
    rt_irq_off();
    interrupts = 0;
    until_noise();
    until_noise();
    found.off = interrupts;
    found.pending_off = pending();
    board_uart_sent(); // a device that goes on asking would be heard again
    (void)sep_irq_clear(SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    found.cleared = pending();
}

int main(void)
{
    idle(60); // the neighbour is up
    (void)sep_io_write(BOARD_UART_CONTROL, BOARD_UART_TRANSMIT_INTERRUPT);
    (void)rt_irq_handler(SEP_IRQ_DEVICE_FIRST, on_interrupt);
    rt_irq_on();
    try_all();
    (void)sep_io_write(BOARD_UART_CONTROL, 0);
    rt_irq_on();
    interrupts = 0;
    until_noise();
    until_noise();
    found.once += interrupts * 100u; // the device is silenced
    CHECK_EQUAL("one for all of them", found.once, 1);
    CHECK("at the start of the next slot", found.time > 0u && found.time < 100 * US);
    CHECK_EQUAL("unmasked when handled", found.mask_after, 0);
    CHECK_EQUAL("masked: none", found.while_masked, 0);
    CHECK_EQUAL("the line is off, so not even pending", found.pending_masked, 0);
    CHECK_EQUAL("unmasked: the one that waited", found.unmasked, 1);
    CHECK_EQUAL("switched off: none", found.off, 0);
    CHECK_EQUAL("but pending", found.pending_off, SEP_IRQ_BIT(SEP_IRQ_DEVICE_FIRST));
    CHECK_EQUAL("cleared", found.cleared, 0);
    return 0;
}
