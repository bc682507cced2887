// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Resets its machine with interrupts pending and active, the timer armed and everything configured; its next life
// must find a machine as at the start, and the line that was active must come again.

#include "machine.h"

#define LIVES 0x60000000u

// One register and no writing back of addresses, so that the processor describes the access.
static uint32_t get(uint64_t address)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(address) : "memory");
    return value;
}

static void put(uint64_t address, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(address) : "memory");
}

static volatile uint32_t taken;
static volatile uint32_t number;

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    (void)esr;
    (void)far;
    say("an exception\n");
    return elr + 4u;
}

void guest_interrupt(void)
{
    number = irq_take();
    taken++;
    put(RTC + 0x1c, 1);
    irq_end(number);
}

// What a register of the machine has at its start.
static void fresh(const char *what, uint64_t got, uint64_t expected)
{
    if (got != expected) {
        say("left over: ");
        say(what);
        say("\n");
    }
}

static void look(void)
{
    // Of the old one, interrupts from software are always enabled.
    fresh("distributor", get(GICD), is_old() ? 0 : 0x50);
    fresh("enabled",
          (get(private_frame() + 0x100) & (is_old() ? 0xffff0000u : UINT32_MAX)) |
              get(GICD + 0x104),
          0);
    fresh("pending", get(private_frame() + 0x200) | get(GICD + 0x204), 0);
    fresh("active", get(private_frame() + 0x300) | get(GICD + 0x304), 0);
    fresh("priorities", get(private_frame() + 0x400) | get(GICD + 0x420), 0);
    if (is_old()) {
        fresh("priority mask", get(GICC + 0x4), 0);
        fresh("interface", get(GICC), 0);
        fresh("running priority", get(GICC + 0x14), 0xff);
    } else {
        fresh("priority mask", READ(icc_pmr_el1), 0);
        fresh("group enable", READ(icc_igrpen1_el1), 0);
        fresh("running priority", READ(icc_rpr_el1), 0xff);
    }
    fresh("timer", READ(cntv_ctl_el0) & 1u, 0);
    fresh("UART", get(UART + 0x38), 0);
    fresh("MMU", READ(sctlr_el1) & 1u, 0);
}

static void configure(void)
{
    controller_on();
    put(private_frame() + 0x100, 0x0800ffffu);
    put(GICD + 0x104, 1u << (RTC_LINE - 32u));
    put(GICD + 0x400 + RTC_LINE / 4u * 4u, 0x20202020);
}

static void ring(void)
{
    put(RTC + 0x10, 1);
    put(RTC + 0x4, get(RTC));
}

// The line active, interrupts from software active and pending, the timer's pending.
static void begin_everything(void)
{
    configure();
    ring();
    (void)irq_take();
    for (uint32_t n = 0; n < 12u; n++) {
        (void)irq_send(n);
    }
    WRITE(cntv_cval_el0, READ(cntvct_el0));
    WRITE(cntv_ctl_el0, 1);
    put(UART + 0x38, 0x20);
}

void guest_main(void)
{
    uint32_t life = get(LIVES);

    machine_find();
    put(LIVES, life + 1u);
    say("a life begins\n");
    put(RTC + 0x1c, 1); // nobody resets a device but its owner
    look();
    if (life < 2u) {
        begin_everything();
        (void)power(false, 0x84000009u, 0);
        say("still here\n");
    }
    configure();
    irq_on();
    for (volatile uint32_t i = 0; i < 1000u; i++) {
    }
    fresh("an interrupt", taken, 0);
    ring();
    for (uint32_t i = 0; taken == 0u && i < 100000u; i++) {
    }
    say(taken == 1u && number == RTC_LINE ? "the line comes again\n" : "the line is lost\n");
    (void)power(false, 0x84000002u, 0);
    say("still here\n");
}
