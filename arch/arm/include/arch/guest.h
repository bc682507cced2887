// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Access to the current partition's memory with its own rights: its stage 2, walked by the hypervisor.

#ifndef ARCH_GUEST_H
#define ARCH_GUEST_H

#include <arch/memory.h>
#include <arch/sysreg.h>

/// Where the hypervisor finds a partition's address, and how many bytes follow there, the address
/// included. 0 bytes: nowhere, or not with the rights.
struct guest_place {
    uint8_t *at;
    uint64_t left;
};

// Entry of a table that a descriptor points to.
static inline uint64_t guest_entry(uint64_t table, uint64_t address, uint32_t shift)
{
    return ((const uint64_t *)(table & TABLE_ADDRESS))[(address >> shift) % TABLE_ENTRIES];
}

// Devices are no memory: copying from and to them would depend on how it is done.
static inline struct guest_place guest_leaf(uint64_t entry, uint64_t address, uint32_t shift,
                                            uint64_t rights)
{
    const uint64_t needed = TABLE_VALID | rights;
    uint64_t offset = address & ((1ull << shift) - 1u);

    if ((entry & needed) != needed || (entry & SPACE_MEMORY) == SPACE_DEVICE) {
        return (struct guest_place){NULL, 0};
    }
    return (struct guest_place){(uint8_t *)((entry & TABLE_ADDRESS) + offset),
                                (1ull << shift) - offset};
}

static inline struct guest_place guest_find(uint64_t address, uint64_t rights)
{
    uint64_t entry;

    if (address >> TABLE_BITS != 0u) {
        return (struct guest_place){NULL, 0};
    }
    entry = guest_entry(SYSREG_READ(vttbr_el2), address, TABLE_L1_SHIFT);
    if ((entry & TABLE_TABLE) != TABLE_TABLE) {
        return guest_leaf(entry, address, TABLE_L1_SHIFT, rights);
    }
    entry = guest_entry(entry, address, TABLE_L2_SHIFT);
    if ((entry & TABLE_TABLE) != TABLE_TABLE) {
        return guest_leaf(entry, address, TABLE_L2_SHIFT, rights);
    }
    return guest_leaf(guest_entry(entry, address, TABLE_L3_SHIFT), address, TABLE_L3_SHIFT, rights);
}

static inline bool hal_guest_write64(hal_guest_t to, uint64_t value)
{
    struct guest_place place = guest_find(to.value, SPACE_WRITE);

    if (place.left == 0u || (to.value & 7u) != 0u) {
        return false;
    }
    *(uint64_t *)(void *)place.at = value;
    return true;
}

#endif
