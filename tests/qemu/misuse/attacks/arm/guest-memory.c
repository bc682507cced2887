// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Accesses that the processor does not describe, to emulated registers; missing rights; an MMU whose tables lie where
// nothing is or in others' memory; vectors, stacks and states that lead nowhere. What it does not survive takes the rest
// of a life.

#include "guest.h"

#define REGISTERS_START (GICD + 0x400u)
#define UART_START (UART + 0x100u)

void attack_interrupt(void)
{
}

static uint64_t table[512] __attribute__((aligned(4096)));

static void expect(const char *what, bool good, uint64_t which)
{
    guest_state.made++;
    if (!good) {
        guest_wrong(what, which, guest_last.esr);
    }
    guest_last.count = 0;
}

#define ACCESS(instruction, address)                                                               \
    do {                                                                                           \
        uint64_t address_of_it = (address);                                                        \
                                                                                                   \
        guest_last.count = 0;                                                                      \
        __asm__ volatile("mov x9, %0\n\t" instruction                                              \
                         :                                                                         \
                         : "r"(address_of_it)                                                      \
                         : "x9", "x10", "x11", "memory");                                          \
    } while (0)
#define REFUSED(instruction, address)                                                              \
    do {                                                                                           \
        ACCESS(instruction, address);                                                              \
        expect(instruction, guest_aborted() && guest_last.far == (address), address);              \
    } while (0)
#define EXCEPTION(instruction, address)                                                            \
    do {                                                                                           \
        ACCESS(instruction, address);                                                              \
        expect(instruction, guest_last.count == 1u, address);                                      \
    } while (0)

// Several registers, addresses written back, exclusives: an abort each, and the register as it was.
static void undescribed(uint64_t address)
{
    uint32_t before = guest_get(address);

    REFUSED("ldp x10, x11, [x9]", address);
    REFUSED("stp x10, x11, [x9]", address);
    REFUSED("ldr w10, [x9], #4", address);
    REFUSED("ldr w10, [x9, #0]!", address);
    REFUSED("str w10, [x9], #4", address);
    REFUSED("str w10, [x9, #0]!", address);
    REFUSED("ldxr w10, [x9]", address);
    REFUSED("ldaxr x10, [x9]", address);
    EXCEPTION("dc zva, x9", address);
    expect("register", guest_get(address) == before, address);
    // Acquire and release move one register: these are described.
    ACCESS("ldar w10, [x9]", address);
    expect("ldar", guest_last.count == 0u, address);
    ACCESS("stlr w10, [x9]", address);
    expect("stlr", guest_last.count == 0u, address);
    // Without effect where there is no memory.
    ACCESS("prfm pldl1keep, [x9]", address);
    expect("prfm", guest_last.count == 0u, address);
}

static void rights(void)
{
    guest_put(0x60000ff0u, 0xd65f03c0u); // ret, in memory that may not be executed
    REFUSED("str w10, [x9]", CONSTANTS);
    REFUSED("strb w10, [x9]", CONSTANTS + 0xfffu);
    REFUSED("stlr w10, [x9]", CONSTANTS + 0x800u);
    ACCESS("ldr w10, [x9]", CONSTANTS);
    expect("constant", guest_last.count == 0u, CONSTANTS);
    for (uint32_t i = 0; i < 6u; i++) {
        static const uint64_t places[6] = {0x60000ff0u, CONSTANTS, GICD, UART, HYPERVISOR, WEST};

        guest_jump(places[i]);
        expect("jump", guest_aborted() && guest_last.far == places[i], places[i]);
    }
    for (uint32_t i = 1; i < 4u; i++) {
        guest_jump((uintptr_t)table + i);
        expect("jump astray", guest_last.count == 1u && CLASS(guest_last.esr) == CLASS_PC, i);
    }
}

#define BLOCK 0x401u // accessed, attributes 0: device memory, which may be misaligned to nobody
#define NORMAL 0x405u
#define TCR 0x80803519u /* 39 bits, 4 KiB, no upper half; tables as normal memory */

// All of it itself, device memory but RAM; the fourth GiB is the second one once more.
static void fill_table(void)
{
    for (uint32_t i = 0; i < 512u; i++) {
        table[i] = (uint64_t)i << 30 | (i == 1u ? NORMAL : BLOCK);
    }
    table[3] = 1u << 30 | BLOCK;
}

static void mmu(bool on)
{
    uint64_t control = READ(sctlr_el1);

    __asm__ volatile("dsb sy\n\ttlbi vmalle1\n\tdsb sy\n\tisb" : : : "memory");
    WRITE(sctlr_el1, on ? control | 1u : control & ~1ull);
}

static void translate(uint64_t tables)
{
    WRITE(mair_el1, 0xff00);
    WRITE(tcr_el1, TCR);
    WRITE(ttbr0_el1, tables);
    mmu(true);
}

// Under its own translation the address of an abort is its own, too.
static void translated(void)
{
    fill_table();
    translate((uintptr_t)table);
    REFUSED("ldr w10, [x9]", (uint64_t)NOTHING);
    REFUSED("ldr w10, [x9]", (uint64_t)HYPERVISOR);
    REFUSED("ldr w10, [x9]", 0x80000000ull + HYPERVISOR);
    REFUSED("str w10, [x9]", 0x80000000ull + WEST);
    table[4] = 0x40200000u | 3u; // the next level in the hypervisor's memory
    table[5] = GICD | 3u;        // in an emulated device
    table[6] = 0x61000000u | 3u; // where the processor may not write
    table[7] = 0x7fc0000000u | BLOCK;
    __asm__ volatile("dsb sy" : : : "memory");
    for (uint64_t i = 4; i < 8u; i++) {
        EXCEPTION("ldr w10, [x9]", i << 30);
        EXCEPTION("str w10, [x9]", (i << 30) + 0x123450u);
    }
    mmu(false);
}

// No end of its own. (Not here: vectors that its own translation refuses. The emulator's clock stands still while a
// processor takes one exception after the other without any instruction between.)
static void end(uint32_t number)
{
    static const uint64_t places[] = {GICD, UART, HYPERVISOR, WEST, 0, 0x7fffffe000ull, CONSTANTS};

    if (number < 5u) { // tables there
        translate(places[number]);
    } else if (number < 12u) { // vectors there
        WRITE(vbar_el1, places[number - 5u]);
    } else if (number == 12u) { // a state that there is not
        WRITE(elr_el1, (uintptr_t)table);
        WRITE(spsr_el1, 0x00100005u);
        __asm__ volatile("eret");
    } else if (number == 13u) { // the hypervisor's level
        WRITE(elr_el1, HYPERVISOR);
        WRITE(spsr_el1, 0x3c9u);
        __asm__ volatile("eret");
    } else { // 32 bits, at EL0
        guest_last.astray = true;
        WRITE(elr_el1, (uintptr_t)table);
        WRITE(spsr_el1, 0x1d0u);
        __asm__ volatile("eret");
    }
    // Whatever is left of it.
    for (;;) {
        __asm__ volatile(".inst 0");
    }
}
#define ENDS 15u

bool attack(uint32_t number)
{
    switch (number) {
    case 0:
        undescribed(REGISTERS_START);
        break;
    case 1:
        undescribed(UART_START);
        break;
    case 2:
        rights();
        break;
    case 3:
        translated();
        break;
    default:
        if (number - 4u < ENDS) {
            end(number - 4u);
        }
        break;
    }
    return number < 4u + ENDS;
}
