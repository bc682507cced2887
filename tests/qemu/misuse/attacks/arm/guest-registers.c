// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reads and writes every system register that an instruction can name, and executes every system instruction, on
// its own memory and on others'. Those of other levels, of the debugger and of performance monitors must be undefined,
// and no register may hold an address of others. Those of this very processor must be undefined or hold nothing: QEMU
// before 8.1 does not let them trap, but has constants there.

#include "guest.h"

#define REGISTERS 0x8000u    ///< op0 2 and 3
#define INSTRUCTIONS 0x4000u ///< op0 1
#define ADDRESSES 6u
#define BY_ADDRESS 256u ///< those of caches and translation: op1 0 and 3, CRn 7

#define OP1(n) ((n) >> 11 & 7u)
#define CRN(n) ((n) >> 7 & 15u)
#define CRM(n) ((n) >> 3 & 15u)
#define OP2(n) ((n) & 7u)
#define SYSTEM(op1, crn, crm, op2) ((op1) << 11 | (crn) << 7 | (crm) << 3 | (op2))

#define INSTRUCTION(read, op0, n)                                                                  \
    (0xd5000000u | (read) << 21 | (op0) << 19 | OP1(n) << 16 | CRN(n) << 12 | CRM(n) << 8 |        \
     OP2(n) << 5)

void attack_interrupt(void)
{
}

static uint8_t scratch[4096] __attribute__((aligned(4096)));

// Levels 2 and 3, and their names for registers of level 1.
static bool of_others(uint32_t n)
{
    return OP1(n) >= 4u;
}

static bool of_processor(uint32_t n)
{
    return CRN(n) == 11u || CRN(n) == 15u;
}

static bool hidden_register(uint32_t op0, uint32_t n)
{
    if (op0 == 2u) { // debug: level 1's read zero; trace and the debugger's channel
        return OP1(n) != 0u || CRN(n) > 1u;
    }
    return of_others(n) || CRN(n) == 9u ||                    // monitors, profiling
           (OP1(n) == 3u && CRN(n) == 14u && CRM(n) >= 8u) || // monitors
           (OP1(n) == 3u && CRN(n) == 14u && CRM(n) == 2u) || // the physical timer
           (OP1(n) == 0u && CRN(n) == 5u && CRM(n) >= 3u) ||  // error records
           (OP1(n) == 0u && CRN(n) == 10u && CRM(n) == 4u) || // ordering regions
           (OP1(n) == 0u && CRN(n) == 2u && CRM(n) >= 1u) ||  // keys
           (OP1(n) == 0u && CRN(n) == 1u &&
            (CRM(n) != 0u || OP2(n) > 2u)); // tags, vectors, matrices
}

// What it lives on: its MMU, its vectors, its stack pointer, its masks.
static bool is_vital(uint32_t op0, uint32_t n)
{
    return op0 == 3u && (n == SYSTEM(0u, 1u, 0u, 0u) || n == SYSTEM(0u, 12u, 0u, 0u) ||
                         n == SYSTEM(0u, 4u, 2u, 0u) || n == SYSTEM(3u, 4u, 2u, 1u));
}

// In an undefined instruction, or in nothing; only floating point traps to itself.
static void judge(const char *what, bool hidden, uint32_t op0, uint32_t n)
{
    bool undefined = guest_undefined();

    if (undefined ? false : hidden || (guest_last.count != 0u && CLASS(guest_last.esr) != 7u)) {
        guest_wrong(what, (uint64_t)op0 << 16 | n, guest_last.esr);
    }
}

static void look(uint32_t op0, uint32_t n, uint64_t value)
{
    if (guest_last.count == 0u && value >= HYPERVISOR && value < EAST + 0x100000u) {
        guest_wrong("address of others in", (uint64_t)op0 << 16 | n, value);
    }
}

static void system_register(uint32_t op0, uint32_t n)
{
    bool hidden = hidden_register(op0, n);
    bool there;
    uint64_t value = guest_try(INSTRUCTION(1u, op0, n), 0);

    judge("read", hidden, op0, n);
    look(op0, n, value);
    there = guest_last.count == 0u;
    if (is_vital(op0, n)) {
        return;
    }
    (void)guest_try(INSTRUCTION(0u, op0, n), UINT64_MAX);
    judge("write", hidden, op0, n);
    if (there && of_processor(n) && guest_try(INSTRUCTION(1u, op0, n), 0) != value) {
        guest_wrong("kept", (uint64_t)op0 << 16 | n, 0);
    }
    (void)guest_try(INSTRUCTION(0u, op0, n), there ? value : 0u);
}

static void by_address(uint32_t n)
{
    static const uint64_t addresses[ADDRESSES] = {HYPERVISOR, WEST, EAST, GICD, NOTHING, CONSTANTS};
    uint32_t operation = n % BY_ADDRESS;
    uint32_t name = SYSTEM(operation >= 128u ? 3u : 0u, 7u, operation >> 3 & 15u, operation & 7u);

    (void)guest_try(INSTRUCTION(0u, 1u, name), addresses[n / BY_ADDRESS]);
    (void)guest_undefined();
    (void)guest_aborted();
    // DC ZVA writes: it must not have.
    if (name == SYSTEM(3u, 7u, 4u, 1u) && guest_last.count == 0u) {
        guest_wrong("cleared", addresses[n / BY_ADDRESS], 0);
    }
}

bool attack(uint32_t number)
{
    if (number < REGISTERS) {
        system_register(2u + number / 0x4000u, number % 0x4000u);
    } else if (number < REGISTERS + INSTRUCTIONS) {
        uint32_t n = number - REGISTERS;

        (void)guest_try(INSTRUCTION(0u, 1u, n), (uintptr_t)scratch);
        judge("instruction", of_others(n), 1u, n);
    } else {
        by_address(number - REGISTERS - INSTRUCTIONS);
    }
    return number + 1u < REGISTERS + INSTRUCTIONS + ADDRESSES * BY_ADDRESS;
}
