// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Stage-2 tables of partitions: three levels.

#include <hal/space.h>

#include <arch/memory.h>
#include <septum/info.h>

const struct sep_table_levels hal_space_levels = {
    .levels = 3,
    .level = {{TABLE_L1_SHIFT, TABLE_BYTES, 1},
              {TABLE_L2_SHIFT, TABLE_BYTES, 1},
              {TABLE_L3_SHIFT, TABLE_BYTES, 1}},
};
#define LEVEL_LAST 2u

// Translations are tagged with eight bits on every processor; 0 is nobody's number.
_Static_assert(CONFIG_SPACES_MAX <= 256, "numbers of stage 2");

bool hal_space_init(struct hal_space *space, uint32_t number, const struct hal_machine *machine)
{
    uint64_t *table = NULL;

    if (number + 1u < CONFIG_SPACES_MAX) {
        table = kernel_table_alloc(0);
    }
    space->vttbr = (uint64_t)table | (number + 1ull) << VTTBR_NUMBER_SHIFT;
    return table != NULL && (machine == NULL || vm_build(&space->vm, machine));
}

static uint64_t attributes(uint32_t flags)
{
    uint64_t entry = TABLE_ACCESSED | TABLE_INNER;

    if ((flags & SEP_AREA_DEVICE) != 0u) {
        entry |= SPACE_DEVICE;
    } else if ((flags & SEP_AREA_UNCACHED) != 0u) {
        entry |= SPACE_UNCACHED;
    } else {
        entry |= SPACE_CACHED;
    }
    if ((flags & SEP_AREA_READ) != 0u) {
        entry |= SPACE_READ;
    }
    if ((flags & SEP_AREA_WRITE) != 0u) {
        entry |= SPACE_WRITE;
    }
    if ((flags & SEP_AREA_EXECUTE) == 0u) {
        entry |= TABLE_NEVER_EXECUTE;
    }
    return entry;
}

// The table below entry, made if there is none.
static uint64_t *next_table(uint64_t *entry, uint32_t level)
{
    uint64_t *table;

    if (*entry != 0u) {
        return (uint64_t *)(*entry & TABLE_ADDRESS);
    }
    table = kernel_table_alloc(level);
    if (table != NULL) {
        *entry = (uint64_t)table | TABLE_TABLE;
    }
    return table;
}

// Maps the piece that begins at va with one entry; answers its size, 0 if a table is missing.
static uint64_t map_piece(const struct hal_space *space, uint64_t va, uint64_t pa, uint64_t size,
                          uint32_t flags)
{
    uint64_t *table = (uint64_t *)(space->vttbr & TABLE_ADDRESS);

    for (uint32_t level = 0;; level++) {
        uint32_t shift = hal_space_levels.level[level].shift;
        uint64_t *entry = &table[(va >> shift) % TABLE_ENTRIES];

        if (sep_table_is_leaf(&hal_space_levels, level, va, pa, size)) {
            *entry = pa | attributes(flags) | (level == LEVEL_LAST ? TABLE_LEAF : TABLE_BLOCK);
            return 1ull << shift;
        }
        table = next_table(entry, level + 1u);
        if (table == NULL) {
            return 0;
        }
    }
}

bool hal_space_map(struct hal_space *space, hal_guest_t start, hal_phys_t physical, uintptr_t size,
                   uint32_t flags)
{
    uint64_t done = 0;

    while (done != size) { // sizes are whole pages
        uint64_t piece =
            map_piece(space, start.value + done, physical.value + done, size - done, flags);

        if (piece == 0u) {
            return false;
        }
        done += piece;
    }
    return true;
}
