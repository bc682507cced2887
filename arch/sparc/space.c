// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SRMMU tables of partitions: three levels, with the hypervisor's two regions in each.

#include <hal/space.h>

#include <arch/boot.h>
#include <septum/info.h>

#define LEVEL1_HYPERVISOR (MEMORY_START >> SRMMU_L1_SHIFT)
#define LEVEL1_IO (MEMORY_IO >> SRMMU_L1_SHIFT)

// The context register has eight bits. The table's alignment is its size, rounded up.
_Static_assert(CONFIG_SPACES_MAX <= 256, "contexts of the SRMMU");
#define CONTEXTS_ALIGN (CONFIG_SPACES_MAX <= 64 ? 256 : 1024)
__attribute__((section(".bss.contexts"),
               aligned(CONTEXTS_ALIGN))) uint32_t space_contexts[CONFIG_SPACES_MAX];

const struct sep_table_levels hal_space_levels = {
    .levels = 3,
    .level = {{SRMMU_L1_SHIFT, SRMMU_L1_BYTES, 1},
              {SRMMU_L2_SHIFT, SRMMU_L2_BYTES, 1},
              {SRMMU_L3_SHIFT, SRMMU_L3_BYTES, 1}},
};

static uint32_t descriptor(const uint32_t *table)
{
    return boot_physical(table) >> 4 | SRMMU_PTD;
}

static uint32_t *descriptor_table(uint32_t entry)
{
    return (uint32_t *)(((entry & ~3u) << 4) + MEMORY_OFFSET);
}

bool hal_space_init(struct hal_space *space, uint32_t number, const struct hal_machine *machine)
{
    (void)machine; // none: CONFIG_UNMODIFIED is off
    space->context = number + 1u;
    space->table = NULL;
    if (space->context >= CONFIG_SPACES_MAX) {
        return false;
    }
    space->table = kernel_table_alloc(0);
    if (space->table == NULL) {
        return false;
    }
    space->table[LEVEL1_HYPERVISOR] = entry_level1[LEVEL1_HYPERVISOR];
    space->table[LEVEL1_IO] = entry_level1[LEVEL1_IO];
    space_contexts[space->context] = descriptor(space->table);
    return true;
}

// The entry's access field. What the SRMMU cannot say exactly gets fewer rights, never more.
static uint32_t rights(uint32_t flags)
{
    static const uint8_t acc[8] = {
        [SEP_AREA_READ] = SRMMU_R_R,
        [SEP_AREA_READ | SEP_AREA_WRITE] = SRMMU_RW_RW,
        [SEP_AREA_READ | SEP_AREA_EXECUTE] = SRMMU_RX_RX,
        [SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE] = SRMMU_RWX_RWX,
        [SEP_AREA_EXECUTE] = SRMMU_X_X,
        // No write-only pages, no pages to write and execute only, none without any right.
        [SEP_AREA_WRITE] = SRMMU_NONE_RWX,
        [SEP_AREA_WRITE | SEP_AREA_EXECUTE] = SRMMU_X_X,
        [0] = SRMMU_NONE_RWX,
    };
    uint32_t pte = SRMMU_ENTRY | SRMMU_ACC((uint32_t)acc[flags & 7u]);

    if ((flags & (SEP_AREA_UNCACHED | SEP_AREA_DEVICE)) == 0u) {
        pte |= SRMMU_CACHEABLE;
    }
    return pte;
}

// The table below entry, made if there is none.
static uint32_t *next_table(uint32_t *entry, uint32_t level)
{
    uint32_t *table;

    if (*entry != 0u) {
        return descriptor_table(*entry);
    }
    table = kernel_table_alloc(level);
    if (table != NULL) {
        *entry = descriptor(table);
    }
    return table;
}

// Maps the piece that begins at va with one entry; answers its size, 0 if a table is missing.
static uint32_t map_piece(const struct hal_space *space, uint32_t va, uint32_t pa, uint32_t size,
                          uint32_t flags)
{
    uint32_t *table = space->table;

    for (uint32_t level = 0;; level++) {
        uint32_t shift = hal_space_levels.level[level].shift;
        uint32_t *entry = &table[(va >> shift) & (hal_space_levels.level[level].bytes / 4u - 1u)];

        if (sep_table_is_leaf(&hal_space_levels, level, va, pa, size)) {
            *entry = pa >> 4 | rights(flags);
            return 1u << shift;
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
    uint32_t done = 0;

    while (done != size) { // sizes are whole pages
        uint32_t piece =
            map_piece(space, start.value + done, physical.value + done, size - done, flags);

        if (piece == 0u) {
            return false;
        }
        done += piece;
    }
    return true;
}
