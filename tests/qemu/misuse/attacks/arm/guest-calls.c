// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Calls the hypervisor and the firmware: HVC and SMC with all immediate values, every function of PSCI and around it,
// the hypercalls of other partitions, semihosting. What ends its own life is a neighbour's to begin again.

#include "guest.h"

#define HVC(immediate) (0xd4000002u | (immediate) << 5)
#define SMC(immediate) (0xd4000003u | (immediate) << 5)
#define HLT(immediate) (0xd4400000u | (immediate) << 5)
#define CONDUITS 2u
#define IMMEDIATES 0x10000u
#define STEP 7u
#define FUNCTIONS 128u
#define HYPERCALLS 128u
#define OPERATIONS 64u

static const uint32_t ranges[] = {0x84000000u, 0xc4000000u, 0x80000000u, 0xc0000000u,
                                  0x86000000u, 0xc6000000u, 0x82000000u, 0xb2000000u,
                                  0xbf00ff00u, 0x00000000u, 0xffffff80u};
#define RANGES ((uint32_t)(sizeof(ranges) / sizeof(ranges[0])))

/// These end the partition, or begin it anew: PSCI's CPU_OFF, SYSTEM_OFF and SYSTEM_RESET, and further ones that must be
/// unknown, for SYSTEM_SUSPEND, SYSTEM_RESET2 and CPU_FREEZE in both forms could do so.
static const uint32_t ends[] = {0x84000002u, 0x84000008u, 0x84000009u};
#define ENDS ((uint32_t)(sizeof(ends) / sizeof(ends[0])))

void attack_interrupt(void)
{
}

static uint32_t conduit(uint32_t n, uint32_t immediate)
{
    return n == 0u ? HVC(immediate) : SMC(immediate);
}

static bool is_end(uint32_t function)
{
    for (uint32_t i = 0; i < ENDS; i++) {
        if (function == ends[i]) {
            return true;
        }
    }
    return false;
}

// Only 0 is a call; all others are undefined, hypercalls among them (1).
static void immediates(uint32_t n)
{
    for (uint32_t i = 1; i < IMMEDIATES; i += STEP) {
        (void)guest_try(conduit(n, i), 0x84000008u);
        if (!guest_undefined()) {
            guest_wrong("call with immediate", i, guest_last.esr);
        }
    }
}

// An answer as of firmware that has not more than the manual says; no exception.
static void functions(uint32_t n)
{
    for (uint32_t i = 0; i < RANGES * FUNCTIONS; i++) {
        uint32_t function = ranges[i / FUNCTIONS] + i % FUNCTIONS;
        int64_t answer;

        if (is_end(function)) {
            continue;
        }
        answer = (int64_t)guest_try(conduit(n, 0), function);
        if (guest_last.count != 0u || (answer != 0x10001 && (answer < -4 || answer > 2))) {
            guest_wrong("function", function, (uint64_t)answer);
        }
    }
}

// As libseptum makes them, with good and bad words.
static void hypercalls(void)
{
    for (uint32_t i = 0; i < HYPERCALLS; i++) {
        register uint64_t x0 __asm__("x0") = i % 2u != 0u ? WEST : 0u;
        register uint64_t x1 __asm__("x1") = UINT64_MAX;
        register uint64_t x8 __asm__("x8") = i;

        guest_last.count = 0;
        guest_state.made++;
        __asm__ volatile("hvc #1" : "+r"(x0) : "r"(x1), "r"(x8) : "x2", "x3", "x4", "memory");
        if (!guest_undefined() || x0 != (i % 2u != 0u ? WEST : 0u)) {
            guest_wrong("hypercall", i, x0);
        }
    }
}

// Operation in w0, what it is about in x1: of the firmware's debugger, which must not be there.
static void semihosting(void)
{
    for (uint32_t i = 0; i < OPERATIONS; i++) {
        (void)guest_try(HLT(0xf000u), i);
        if (!guest_undefined()) {
            guest_wrong("semihosting", i, guest_last.esr);
        }
    }
}

static void end(uint32_t number)
{
    (void)guest_try(conduit(number % CONDUITS, 0), ends[number / CONDUITS]);
    guest_wrong("still here behind", ends[number / CONDUITS], guest_last.esr);
}

bool attack(uint32_t number)
{
    if (number < CONDUITS) {
        immediates(number);
    } else if (number < 2u * CONDUITS) {
        functions(number - CONDUITS);
    } else if (number == 2u * CONDUITS) {
        hypercalls();
    } else if (number == 2u * CONDUITS + 1u) {
        semihosting();
    } else if (number < 2u * CONDUITS + 2u + ENDS * CONDUITS) {
        end(number - 2u * CONDUITS - 2u);
    }
    return number < 2u * CONDUITS + 2u + ENDS * CONDUITS;
}
