// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Storms: interrupts that it never takes, takes and never ends, ends and never quiets; software interrupts to itself and
// to processors that it has not; every line of the board pending; a doorbell rung without end; waits of all kinds.

#include "guest.h"

#define STORM 2000u ///< entries
#define LINES 256u
#define SPURIOUS 1020u

enum handling {
    HANDLE_NOT,    ///< not even acknowledged
    HANDLE_TAKE,   ///< and never end
    HANDLE_END,    ///< and never quiet the source
    HANDLE_DIVIDE, ///< drop the priority, and deactivate another one
};

static volatile uint32_t entries;
static volatile uint32_t enough;
static volatile enum handling handling;

void attack_interrupt(void)
{
    uint64_t number = 0;

    entries++;
    if (handling != HANDLE_NOT) {
        number = READ(icc_iar1_el1) & 0xffffffu;
    }
    if (handling >= HANDLE_END && number < SPURIOUS) {
        WRITE(icc_eoir1_el1, number);
    }
    if (handling == HANDLE_DIVIDE) {
        WRITE(icc_dir_el1, (number * 5u + 3u) % LINES);
    }
    if (entries >= enough) {
        // Behind its return nothing comes any more.
        WRITE(icc_igrpen1_el1, 0);
        WRITE(icc_pmr_el1, 0);
    }
}

static void send(uint64_t value)
{
    __asm__ volatile("msr S3_0_C12_C11_5, %0\n\tisb" : : "r"(value) : "memory");
}

static void configure(uint32_t priorities)
{
    guest_put(GICD, 0);
    guest_put(GICR + 0x14u, 0);
    guest_put(SGI_FRAME + 0x80u, UINT32_MAX);
    guest_put(SGI_FRAME + 0x180u, UINT32_MAX);
    guest_put(SGI_FRAME + 0x280u, UINT32_MAX);
    guest_put(SGI_FRAME + 0x380u, UINT32_MAX);
    for (uint32_t n = 0; n < 8u; n++) {
        guest_put(SGI_FRAME + 0x400u + 4u * n, priorities * (n + 1u));
    }
    for (uint32_t n = 1; n < LINES / 32u; n++) {
        guest_put(GICD + 0x80u + 4u * n, UINT32_MAX);
        guest_put(GICD + 0x180u + 4u * n, UINT32_MAX);
        guest_put(GICD + 0x280u + 4u * n, UINT32_MAX);
        guest_put(GICD + 0x380u + 4u * n, UINT32_MAX);
    }
    for (uint32_t n = 8; n < LINES / 4u; n++) {
        guest_put(GICD + 0x400u + 4u * n, priorities * (n + 1u));
    }
    guest_put(SGI_FRAME + 0x100u, UINT32_MAX);
    guest_put(GICD, 2);
    WRITE(icc_ctlr_el1, 0);
    WRITE(icc_pmr_el1, 0xff);
    WRITE(icc_igrpen1_el1, 1);
}

static void begin(enum handling how, uint32_t number)
{
    configure(0x08101820u);
    handling = how;
    entries = 0;
    enough = number;
}

static void on(void)
{
    __asm__ volatile("msr daifclr, #2\n\tisb" : : : "memory");
}

static void off(void)
{
    __asm__ volatile("msr daifset, #2\n\tisb" : : : "memory");
}

static void timer(uint64_t control)
{
    WRITE(cntv_cval_el0, 0);
    WRITE(cntv_ctl_el0, control);
}

// A level that stays high.
static void clock_line(bool high)
{
    guest_put(RTC + 0x1cu, 1);
    guest_put(RTC + 0x10u, high ? 1u : 0u);
    if (high) {
        guest_put(RTC + 0x4u, guest_get(RTC));
        guest_put(GICD + 0x100u + 4u, 1u << (RTC_LINE - 32u));
    }
}

static void spin(uint32_t turns)
{
    for (volatile uint32_t i = 0; i < turns; i++) {
    }
}

static void pend_all(void)
{
    for (uint32_t n = 1; n < LINES / 32u; n++) {
        guest_put(GICD + 0x200u + 4u * n, UINT32_MAX);
    }
    for (uint32_t n = 1; n < LINES / 32u; n++) {
        guest_put(GICD + 0x100u + 4u * n, UINT32_MAX);
    }
    for (uint64_t n = 0; n < 16u; n++) {
        send(n << 24 | 1u);
    }
}

static void storm(enum handling how, uint32_t source)
{
    begin(how, STORM);
    if ((source & 1u) != 0u) {
        timer(1);
    }
    if ((source & 2u) != 0u) {
        clock_line(true);
    }
    if ((source & 4u) != 0u) {
        pend_all();
    }
    on();
    for (uint32_t i = 0; i < 500u; i++) {
        send((uint64_t)(i % 16u) << 24 | 1u);
    }
    spin(20000);
    off();
    timer(0);
    clock_line(false);
}

// With everything pending, each access of the controller has the most to choose from.
static void accesses(void)
{
    begin(HANDLE_TAKE, STORM);
    pend_all();
    for (uint32_t i = 0; i < 1500u; i++) {
        uint32_t word = 1u + i % 7u;

        guest_put(GICD + 0x200u + 4u * word, UINT32_MAX);
        guest_put(GICD + 0x400u + 4u * (i % 64u), i * 2654435761u);
        (void)guest_get(GICD + 0x300u + 4u * word);
        guest_put(GICD + 0x300u + 4u * word, i * 2654435761u);
        (void)READ(icc_iar1_el1);
        WRITE(icc_dir_el1, i % LINES);
        guest_put(GICD, i % 3u == 0u ? 0u : 2u);
        guest_put(SGI_FRAME + 0x200u, UINT32_MAX);
    }
}

static void elsewhere(void)
{
    begin(HANDLE_END, STORM);
    for (uint64_t i = 0; i < 1500u; i++) {
        uint64_t value = i * 0x9e3779b97f4a7c15ull;

        send(value);
        __asm__ volatile("msr S3_0_C12_C11_6, %0" : : "r"(value)); // ICC_ASGI1R_EL1
        __asm__ volatile("msr S3_0_C12_C11_7, %0" : : "r"(value)); // ICC_SGI0R_EL1
    }
}

static void doorbells(void)
{
    for (uint32_t i = 0; i < 3000u; i++) {
        guest_put(DOORBELL, i);
    }
}

static void uart(void)
{
    begin(HANDLE_END, STORM);
    guest_put(GICD + 0x100u + 4u, 2);
    on();
    for (uint32_t i = 0; i < 1500u; i++) {
        guest_put(UART + 0x38u, i % 2u != 0u ? 0x7ffu : 0u);
        guest_put(UART + 0x44u, i % 3u != 0u ? 0x7ffu : 0u);
    }
    off();
    guest_put(UART + 0x38u, 0);
}

// Interrupts pending and masked, or none: the processor comes back at once, or in another's slot.
static void waits(void)
{
    begin(HANDLE_NOT, STORM);
    send(1);
    for (uint32_t i = 0; i < 20000u; i++) {
        __asm__ volatile("wfi\n\twfe\n\tsevl\n\twfe\n\tsev\n\tyield");
    }
    configure(0);
    for (uint32_t i = 0; i < 1500u; i++) {
        WRITE(cntv_cval_el0, READ(cntvct_el0) + i);
        WRITE(cntv_ctl_el0, 1);
        __asm__ volatile("wfi");
    }
    timer(0);
}

bool attack(uint32_t number)
{
    guest_state.made++;
    if (number < 28u) {
        storm((enum handling)(number % 4u), number / 4u + 1u);
        return true;
    }
    switch (number - 28u) {
    case 0:
        accesses();
        return true;
    case 1:
        elsewhere();
        return true;
    case 2:
        doorbells();
        return true;
    case 3:
        uart();
        return true;
    default:
        waits();
        return false;
    }
}
