// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Address spaces: tables of 64-bit entries in the arena, as page-table hardware would walk them.

#include <arch/host.h>

#include <hal/build_info.h>
#include <hal/space.h>
#include <septum/info.h>

// An entry: 0 for nothing, a table's address (tables are aligned to 512), or a leaf.
#define FLAGS 0xffu
#define LEAF 0x100u
#define LOW 0xfffu

const struct sep_table_levels hal_space_levels = {
    .levels = HAL_BUILD_LEVELS,
    .level =
        {
            {HAL_BUILD_LEVEL0_SHIFT, HAL_BUILD_LEVEL0_BYTES, HAL_BUILD_LEVEL0_LEAF},
            {HAL_BUILD_LEVEL1_SHIFT, HAL_BUILD_LEVEL1_BYTES, HAL_BUILD_LEVEL1_LEAF},
            {HAL_BUILD_LEVEL2_SHIFT, HAL_BUILD_LEVEL2_BYTES, HAL_BUILD_LEVEL2_LEAF},
        },
};

static uint64_t *entry_of(uint64_t *table, uint32_t level, uint64_t address)
{
    uint64_t entries = hal_space_levels.level[level].bytes / sizeof(uint64_t);

    return &table[(address >> hal_space_levels.level[level].shift) % entries];
}

static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(uintptr_t)(entry);
}

bool hal_space_init(struct hal_space *space, uint32_t number, const struct hal_machine *machine)
{
    if (number >= CONFIG_SPACES_MAX || host.spaces_left == 0u) {
        return false;
    }
    host.spaces_left--;
    space->number = number;
    space->unannounced = false;
    space->devices = machine != NULL ? machine->device_count : 0u;
    space->interrupts = machine != NULL ? machine->interrupt_count : 0u;
    if (machine != NULL) {
        machine->context->machine = space;
        if (space->devices == 0u) {
            return false; // what this board cannot have
        }
    }
    space->top = kernel_table_alloc(0);
    return space->top != NULL;
}

/// The entry of the level that covers the address; tables on the way are made.
static uint64_t *entry_make(struct hal_space *space, uint32_t leaf, uint64_t address)
{
    uint64_t *table = space->top;

    for (uint32_t level = 0; level < leaf; level++) {
        uint64_t *entry = entry_of(table, level, address);

        if (*entry == 0u) {
            void *below = kernel_table_alloc(level + 1u);

            if (below == NULL) {
                return NULL;
            }
            *entry = (uint64_t)(uintptr_t)below;
        }
        table = table_of(*entry);
    }
    return entry_of(table, leaf, address);
}

bool hal_space_map(struct hal_space *space, hal_guest_t start, hal_phys_t physical, uintptr_t size,
                   uint32_t flags)
{
    uint64_t from = start.value;
    uint64_t to = physical.value;

    space->unannounced = true;
    while (size != 0u) {
        uint32_t leaf = sep_table_leaf_level(&hal_space_levels, from, to, size);
        uint64_t span = (uint64_t)1 << hal_space_levels.level[leaf].shift;
        uint64_t *entry = entry_make(space, leaf, from);

        if (entry == NULL) {
            return false;
        }
        *entry = to | LEAF | (flags & FLAGS);
        span = size < span ? size : span;
        from += span;
        to += span;
        size -= span;
    }
    return true;
}

void host_space_switch(const struct hal_space *space)
{
    host.count.space_switches++;
    host.cpu[host_cpu].space = space;
}

bool host_space_translate(const struct hal_space *space, uintptr_t address, uint32_t rights,
                          struct host_mapping *mapping)
{
    uint64_t *table;

    if (space == NULL || space->unannounced || (uint64_t)address >> 32 != 0u) {
        return false;
    }
    table = space->top;
    for (uint32_t level = 0; level < HAL_BUILD_LEVELS; level++) {
        uint64_t entry = *entry_of(table, level, address);
        uint64_t span = (uint64_t)1 << hal_space_levels.level[level].shift;

        if ((entry & LEAF) != 0u) {
            mapping->physical = (entry & ~(uint64_t)LOW) + (address & (span - 1u));
            mapping->flags = (uint32_t)entry & FLAGS;
            return (mapping->flags & rights) == rights;
        }
        if (entry == 0u) {
            return false;
        }
        table = table_of(entry);
    }
    return false;
}
