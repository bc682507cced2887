// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Resets its machine with interrupts pending and active, the timer armed and everything configured; its next life
// must find a machine as at the start, and the line that was active must come again.

#include <stdint.h>

#define GICD 0x08000000u
#define GICR 0x080a0000u
#define SGI_FRAME (GICR + 0x10000u)
#define UART 0x09000000u
#define RTC 0x09010000u
#define LIVES 0x60000000u
#define RTC_LINE 34u

#define READ(name)                                                                                 \
    ({                                                                                             \
        uint64_t value_of_it;                                                                      \
        __asm__ volatile("mrs %0, " #name : "=r"(value_of_it));                                    \
        value_of_it;                                                                               \
    })
#define WRITE(name, value)                                                                         \
    __asm__ volatile("msr " #name ", %0\n\tisb" : : "r"((uint64_t)(value)) : "memory")

uint64_t measured_sgi(uint64_t value);
void guest_main(void);
uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far);
void guest_interrupt(void);
void guest_unexpected(uint64_t esr, uint64_t elr);

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

static void say(const char *text)
{
    while (*text != '\0') {
        put(UART, (uint8_t)*text++);
    }
}

uint64_t guest_exception(uint64_t esr, uint64_t elr, uint64_t far)
{
    (void)esr;
    (void)far;
    say("an exception\n");
    return elr + 4u;
}

void guest_unexpected(uint64_t esr, uint64_t elr)
{
    (void)esr;
    (void)elr;
    say("an unexpected exception\n");
}

void guest_interrupt(void)
{
    number = (uint32_t)READ(icc_iar1_el1) & 0xffffffu;
    taken++;
    put(RTC + 0x1c, 1);
    WRITE(icc_eoir1_el1, number);
}

static void power(uint64_t function)
{
    register uint64_t x0 __asm__("x0") = function;

    __asm__ volatile("hvc #0" : "+r"(x0) : : "x1", "x2", "x3", "memory");
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
    fresh("distributor", get(GICD), 0x50);
    fresh("enabled", get(SGI_FRAME + 0x100) | get(GICD + 0x104), 0);
    fresh("pending", get(SGI_FRAME + 0x200) | get(GICD + 0x204), 0);
    fresh("active", get(SGI_FRAME + 0x300) | get(GICD + 0x304), 0);
    fresh("priorities", get(SGI_FRAME + 0x400) | get(GICD + 0x420), 0);
    fresh("priority mask", READ(icc_pmr_el1), 0);
    fresh("group enable", READ(icc_igrpen1_el1), 0);
    fresh("running priority", READ(icc_rpr_el1), 0xff);
    fresh("timer", READ(cntv_ctl_el0) & 1u, 0);
    fresh("UART", get(UART + 0x38), 0);
    fresh("MMU", READ(sctlr_el1) & 1u, 0);
}

static void configure(void)
{
    put(GICR + 0x14, 0);
    put(SGI_FRAME + 0x80, 0xffffffffu);
    put(SGI_FRAME + 0x100, 0x0800ffffu);
    put(GICD + 0x84, 0xffffffffu);
    put(GICD + 0x104, 1u << (RTC_LINE - 32u));
    put(GICD + 0x400 + RTC_LINE / 4u * 4u, 0x20202020);
    put(GICD, 2);
    WRITE(icc_pmr_el1, 0xff);
    WRITE(icc_igrpen1_el1, 1);
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
    (void)READ(icc_iar1_el1);
    for (uint64_t n = 0; n < 12u; n++) {
        (void)measured_sgi(n << 24 | 1u);
    }
    WRITE(cntv_cval_el0, READ(cntvct_el0));
    WRITE(cntv_ctl_el0, 1);
    put(UART + 0x38, 0x20);
}

void guest_main(void)
{
    uint32_t life = get(LIVES);

    put(LIVES, life + 1u);
    say("a life begins\n");
    put(RTC + 0x1c, 1); // nobody resets a device but its owner
    look();
    if (life < 2u) {
        begin_everything();
        power(0x84000009u);
        say("still here\n");
    }
    configure();
    __asm__ volatile("msr daifclr, #2\n\tisb" : : : "memory");
    for (volatile uint32_t i = 0; i < 1000u; i++) {
    }
    fresh("an interrupt", taken, 0);
    ring();
    for (uint32_t i = 0; taken == 0u && i < 100000u; i++) {
    }
    say(taken == 1u && number == RTC_LINE ? "the line comes again\n" : "the line is lost\n");
    power(0x84000002u);
    say("still here\n");
}
