// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pretends that the processor has taken an exception to it: jumps to where its vectors seem to lie, and
// returns from handlers that it was never in, with a saved state of any level.

#include "attack.h"

#include <septum/arch/arm.h>

/// Where VBAR_EL1 leads at the start.
#define VECTORS 0x7fffffe000u
#define ENTRIES 16u
#define KINDS (ENTRIES + 1u)

static const uint32_t states[] = {
    0x3c9u,              // the hypervisor's own level
    0x3c8u,              // the same with the other stack pointer
    0x009u,      0x3cdu, // above it
    0x3ccu,      0x3c1u, 0x3c2u, 0x3c3u, 0x3c6u, 0x3c7u, 0x3cau, 0x3cfu,
    0x1d3u,      // 32 bits: supervisor
    0x1dau,      // hypervisor
    0x1d0u,      // user
    0x0020001du, // a single step
    0x00100005u, // an illegal state
    0xffffffffu,
};
#define STATES ((uint32_t)(sizeof(states) / sizeof(states[0])))

static void landed(void)
{
    uint64_t level;

    __asm__ volatile("mrs %0, CurrentEL" : "=r"(level));
    if (level != 4u) {
        printf("I AM AT ANOTHER LEVEL: %u\n", (unsigned)level);
    }
    for (;;) {
        (void)sep_partition_reset(SEP_SELF, SEP_MODE_WARM, 0);
    }
}

static void attack(uint32_t number)
{
    uint64_t state = states[number / KINDS];
    uint32_t kind = number % KINDS;

    __asm__ volatile("msr spsr_el1, %0\n\tmsr elr_el1, %1\n\tmsr esr_el1, %2"
                     :
                     : "r"(state), "r"((uintptr_t)landed), "r"((uint64_t)number << 26)
                     : "memory");
    if (kind < ENTRIES) {
        __asm__ volatile("br %0" : : "r"(VECTORS + 128u * kind) : "memory");
    } else {
        __asm__ volatile("hvc #2" : : : "memory");
    }
}

int main(void)
{
    attack_all(attack, STATES * KINDS);
    return 0;
}
