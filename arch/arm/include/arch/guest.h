// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Access to the current partition's memory with its own rights.
//
// As long as the partition's own MMU is off (HCR_EL2.DC) its addresses are what stage 2 translates, and the
// processor answers whether it may access one, and where it lies. Where it is on, or where the answer
// is not plain cached memory, the hypervisor reads the tables itself.

#ifndef ARCH_GUEST_H
#define ARCH_GUEST_H

#include <arch/memory.h>
#include <arch/sysreg.h>

/// An answer that is plain cached memory has this bit: the highest one of its attributes, which an error
/// has not either.
#define GUEST_CACHED (1ull << 63)
#define GUEST_OFFSET (TABLE_PAGE - 1u)

// The partition's own answer is kept.
#define GUEST_ASK(operation, address)                                                              \
    ({                                                                                             \
        uint64_t guest_kept = SYSREG_READ(par_el1);                                                \
        uint64_t guest_answer;                                                                     \
                                                                                                   \
        __asm__ volatile("at " #operation ", %1\n\tisb\n\tmrs %0, par_el1"                         \
                         : "=r"(guest_answer)                                                      \
                         : "r"(address)                                                            \
                         : "memory");                                                              \
        SYSREG_WRITE(par_el1, guest_kept);                                                         \
        guest_answer;                                                                              \
    })

static inline bool guest_is_plain(void)
{
    return (SYSREG_READ(hcr_el2) & HCR_DC) != 0u;
}

static inline uint8_t *guest_place(uint64_t answer, uint64_t address)
{
    return (uint8_t *)((answer & TABLE_ADDRESS) | (address & GUEST_OFFSET));
}

/// hal_guest_write64() by the tables.
bool guest_write64(uint64_t to, uint64_t value);

static inline bool hal_guest_write64(hal_guest_t to, uint64_t value)
{
    uint64_t answer = GUEST_ASK(s12e1w, to.value);

    if ((answer & GUEST_CACHED) == 0u || (to.value & 7u) != 0u || !guest_is_plain()) {
        return guest_write64(to.value, value);
    }
    *(uint64_t *)(void *)guest_place(answer, to.value) = value;
    return true;
}

#endif
