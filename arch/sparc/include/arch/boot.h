// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Symbols of entry.S and of the board's linker script.

#ifndef ARCH_BOOT_H
#define ARCH_BOOT_H

#include <septum/types.h>

#include <arch/memory.h>

#define LEVEL1_ENTRIES (SRMMU_L1_BYTES / 4)
#define LEVEL2_ENTRIES (SRMMU_L2_BYTES / 4)
#define LEVEL3_ENTRIES (SRMMU_L3_BYTES / 4)

/// The hypervisor's own tables (entry.S).
extern uint32_t entry_level1[LEVEL1_ENTRIES];
extern uint32_t entry_level2[LEVEL2_ENTRIES];
extern uint32_t entry_level3[LEVEL3_ENTRIES];
/// The SRMMU's context table (space.c).
extern uint32_t space_contexts[CONFIG_SPACES_MAX];

/// Linker script: start of the image, end of what is only read, start and end of what is written.
extern const char boot_start[];
extern const char boot_text_end[];
extern const char bss_page[];
extern const char boot_end[];
extern const char boot_data_end[];

/// Where the hypervisor's own memory lies physically, and back.
static inline uint32_t boot_physical(const void *address)
{
    return (uint32_t)((uintptr_t)address - MEMORY_OFFSET);
}

#endif
