// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the kernel asks at boot: where things lie.

#include <hal/boot.h>
#include <hal/build_info.h>
#include <hal/cache.h>

#include <arch/boot.h>

const char hal_board_name[] = BOARD_NAME;
const uint32_t hal_arch = SEP_ARCH_SPARC;

/// Stack of the processor; trap.S and entry.S start at its end. First in the writable memory: an
/// overflow runs into the read-only pages below and is a fault.
extern uint8_t sparc_stack[CONFIG_STACK_SIZE];
__attribute__((section(".bss.stack"), aligned(8))) uint8_t sparc_stack[CONFIG_STACK_SIZE];

_Static_assert(CONFIG_STACK_SIZE % 8 == 0, "the calling convention's stack alignment");

#define BLOCK (1u << SRMMU_L2_SHIFT)

uintptr_t hal_boot_start(void)
{
    return boot_physical(boot_start);
}

uintptr_t hal_boot_end(void)
{
    return boot_physical(boot_end);
}

// One page of the first block, or a whole block behind it.
static uint32_t map_piece(uint32_t offset, uint32_t page)
{
    uint32_t pte = (page >> 4) | SRMMU_DATA;

    if (offset >= BLOCK) {
        entry_level2[offset / BLOCK] = pte & ~((BLOCK - 1u) >> 4 & 0xffffff00u);
        return BLOCK - offset % BLOCK;
    }
    if (entry_level3[offset / SRMMU_PAGE] == 0u) {
        entry_level3[offset / SRMMU_PAGE] = pte;
    }
    return SRMMU_PAGE;
}

void *hal_boot_map(hal_phys_t start, uintptr_t size)
{
    uint32_t first = (uint32_t)start.value - BOARD_RAM_START;

    if (start.value < BOARD_RAM_START || first > MEMORY_SIZE || size > MEMORY_SIZE - first) {
        return NULL;
    }
    for (uint32_t offset = first & ~(SRMMU_PAGE - 1u); offset < first + size;) {
        offset += map_piece(offset, BOARD_RAM_START + offset);
    }
    // Entries became valid: no translation is out of date.
    return (void *)(start.value + MEMORY_OFFSET);
}

bool hal_boot_is_ram(hal_phys_t start, uintptr_t size)
{
    return start.value >= BOARD_RAM_START && size <= BOARD_RAM_SIZE &&
           start.value - BOARD_RAM_START <= BOARD_RAM_SIZE - size;
}

void hal_boot_sizes(uint32_t *code, uint32_t *data)
{
    *code = (uint32_t)(boot_text_end - boot_start);
    *data = (uint32_t)(boot_data_end - bss_page);
}
