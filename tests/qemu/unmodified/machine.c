// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words on the UART, and an interrupt controller of either version.

#include "machine.h"

uint32_t wrong;

static void put(char c)
{
    while ((REG32(UART + 0x18) & 0x20u) != 0u) {
    }
    REG8(UART) = (uint8_t)c;
}

void say(const char *text)
{
    while (*text != '\0') {
        put(*text++);
    }
}

void say_number(uint64_t value)
{
    char digits[20];
    uint32_t n = 0;

    do {
        digits[n++] = (char)('0' + value % 10u);
        value /= 10u;
    } while (value != 0u);
    while (n != 0u) {
        put(digits[--n]);
    }
}

void check(const char *what, uint64_t got, uint64_t expected)
{
    if (got != expected) {
        wrong++;
        say("wrong: ");
        say(what);
        say(" is ");
        say_number(got);
        say(", not ");
        say_number(expected);
        say("\n");
    }
}

void guest_unexpected(uint64_t esr, uint64_t elr)
{
    say("unexpected exception ");
    say_number(esr);
    say(" at ");
    say_number(elr);
    say("\n");
    for (;;) {
    }
}

int64_t power(bool smc, uint64_t function, uint64_t argument)
{
    register uint64_t x0 __asm__("x0") = function;
    register uint64_t x1 __asm__("x1") = argument;

    if (smc) {
        __asm__ volatile("smc #0" : "+r"(x0), "+r"(x1) : : "x2", "x3", "memory");
    } else {
        __asm__ volatile("hvc #0" : "+r"(x0), "+r"(x1) : : "x2", "x3", "memory");
    }
    return (int64_t)x0;
}

// ------------------------------------------------------------------------------------- interrupts

uint32_t controller_version;

void machine_find(void)
{
    controller_version = (READ(id_aa64pfr0_el1) >> 24 & 0xfu) == 0u ? 2u : 3u;
}

void controller_on(void)
{
    if (is_old()) {
        REG32(GICD) = 1;
        REG32(GICC + 0x4) = 0xff;
        REG32(GICC) = 1;
        return;
    }
    REG32(GICR + 0x14) = 0;
    REG32(private_frame() + 0x80) = 0xffffffffu;
    for (uint32_t n = 1; n < 8u; n++) {
        REG32(GICD + 0x80 + 4u * n) = 0xffffffffu;
    }
    REG32(GICD) = 2;
    WRITE(icc_pmr_el1, 0xff);
    WRITE(icc_igrpen1_el1, 1);
}

void controller_two_steps(bool two)
{
    if (is_old()) {
        REG32(GICC) = two ? 0x201 : 1;
    } else {
        WRITE(icc_ctlr_el1, two ? 2 : 0);
    }
}

uint32_t irq_take(void)
{
    return is_old() ? REG32(GICC + 0xc) & 0x3ffu : (uint32_t)READ(icc_iar1_el1) & 0xffffffu;
}

void irq_end(uint32_t number)
{
    if (is_old()) {
        REG32(GICC + 0x10) = number;
    } else {
        WRITE(icc_eoir1_el1, number);
    }
}

void irq_deactivate(uint32_t number)
{
    if (is_old()) {
        REG32(GICC + 0x1000) = number;
    } else {
        WRITE(icc_dir_el1, number);
    }
}

uint64_t irq_send(uint32_t number)
{
    return is_old() ? measured_store(2u << 24 | number, &REG32(GICD + 0xf00))
                    : measured_sgi((uint64_t)number << 24 | 1u);
}
