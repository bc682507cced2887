// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Writes and reads every register of its interrupt controller, in every frame, and pages of all others: the board's
// controller, its other redistributors, message frames, devices, firmware, the hypervisor, neighbours. Its own answer;
// the others are external aborts.

#include "guest.h"

#define PAGE 0x1000u
#define WORDS (PAGE / 4u)

void attack_interrupt(void)
{
}

// Own, emulated: start, pages.
static const struct {
    uint32_t start, pages;
} own[] = {{GICD, 16}, {GICR, 16}, {SGI_FRAME, 16}, {UART, 1}, {DOORBELL, 8}};
#define OWN ((uint32_t)(sizeof(own) / sizeof(own[0])))
#define OWN_PAGES 57u

static const uint64_t others[] = {
    0,           // firmware
    0x04000000u, // flash
    0x08010000u,
    0x08011000u,
    0x08020000u,
    0x08030000u, // GICC, v2m, GICH
    0x08040000u,
    0x08080000u,
    0x08090000u,
    GICR + 0x20000u, // GICV, ITS, another redistributor
    GICR + 0x30000u,
    GICR + 0xf0000u,
    RTC - PAGE,
    RTC + PAGE, //
    0x09020000u,
    0x09030000u,
    0x09050000u,
    0x0a000000u, // configuration, pins, SMMU, virtio
    NOTHING,
    DOORBELL + 8u * PAGE,
    0x10000000u,
    0x3f000000u, // PCI
    0x40000000u,
    HYPERVISOR,
    0x40240000u,
    0x402ff000u, //
    WEST,
    EAST,
    0x404ff000u,
    0x40540000u, // up to its own memory, and behind it
    0xbffff000u,
    0xc0000000u,
    0xfffff000u,
    0x4010000000u, // RAM's end, registers of PCI
    0x7fffffe000u,
    0x8000000000u,
    0xfffffff000u,
    0xfffffffff000u, // where vectors seem to lie; too large
};
#define OTHERS ((uint32_t)(sizeof(others) / sizeof(others[0])))
#define KINDS 10u

static void expect(const char *what, bool good, uint64_t address)
{
    guest_state.made++;
    if (!good) {
        guest_wrong(what, address, guest_last.esr);
    }
    guest_last.count = 0;
}

// Nothing but an answer.
static void answers(uint64_t address)
{
    if (address == UART) {
        return; // it would say so
    }
    guest_put(address, UINT32_MAX);
    expect("write of own", guest_last.count == 0u, address);
    (void)guest_get(address);
    expect("read of own", guest_last.count == 0u, address);
}

static void own_page(uint32_t page)
{
    uint32_t n = 0;

    while (page >= own[n].pages) {
        page -= own[n++].pages;
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        answers((uint64_t)own[n].start + page * PAGE + 4u * i);
    }
}

static void touch(uint64_t address, uint32_t kind)
{
    switch (kind) {
    case 0:
        guest_put(address, UINT32_MAX);
        break;
    case 1:
        (void)guest_get(address);
        break;
    case 2:
        __asm__ volatile("strb wzr, [%0]" : : "r"(address) : "memory");
        break;
    case 3:
        __asm__ volatile("ldrh w9, [%0]" : : "r"(address) : "x9", "memory");
        break;
    case 4:
        __asm__ volatile("str xzr, [%0]" : : "r"(address) : "memory");
        break;
    case 5:
        __asm__ volatile("ldp x9, x10, [%0]" : : "r"(address) : "x9", "x10", "memory");
        break;
    case 6:
        __asm__ volatile("mov x9, %0\n\tstr wzr, [x9], #4" : : "r"(address) : "x9", "memory");
        break;
    case 7:
        __asm__ volatile("ldxr w9, [%0]" : : "r"(address) : "x9", "memory");
        break;
    case 8:
        __asm__ volatile("stlr wzr, [%0]" : : "r"(address) : "memory");
        break;
    default:
        guest_jump(address);
        guest_state.made--;
        break;
    }
}

// Each in an abort: an external one, or of an address that its own level takes for too large.
static void other_page(uint64_t page)
{
    for (uint32_t i = 0; i < 4u * KINDS; i++) {
        static const uint32_t offsets[4] = {0, 0x100, 0x400, 0xff8};
        uint64_t address = page + offsets[i / KINDS];
        bool aborted;

        touch(address, i % KINDS);
        aborted = guest_aborted() ||
                  (address >> 40 != 0u && guest_last.count == 1u &&
                   (CLASS(guest_last.esr) == CLASS_DATA || CLASS(guest_last.esr) == CLASS_FETCH));
        expect("access to others'", aborted && guest_last.far == address, address);
    }
}

bool attack(uint32_t number)
{
    if (number < OWN_PAGES) {
        own_page(number);
    } else {
        other_page(others[number - OWN_PAGES]);
    }
    return number + 1u < OWN_PAGES + OTHERS;
}
