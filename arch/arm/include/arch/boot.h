// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Symbols of entry.S and of the board's linker script.

#ifndef ARCH_BOOT_H
#define ARCH_BOOT_H

#include <septum/types.h>

#include <arch/memory.h>

/// The hypervisor's own tables (own.c): of all memory, of the GiB with devices, of that with the
/// start of RAM, and of the 2 MiB that the hypervisor begins in.
struct own_tables {
    uint64_t level1[TABLE_ENTRIES];
    uint64_t level2_devices[TABLE_ENTRIES];
    uint64_t level2_ram[TABLE_ENTRIES];
    uint64_t level3[TABLE_ENTRIES];
};
extern struct own_tables own_tables;

/// Stacks of the processors but the first, each behind a page that is only read: an overflow is a fault. Linker
/// script: where they begin and end.
struct boot_stack {
    uint8_t guard[TABLE_PAGE];
    uint8_t stack[CONFIG_STACK_SIZE];
};
extern struct boot_stack boot_stacks[];
extern const char boot_stacks_end[];

/// The processor that executes finds its data from now on. Called by entry.S, on its stack.
void boot_processor(uint32_t index);

/// Linker script: start of the image, ends of code and of what is only read, start and end of what is
/// written.
extern const char boot_start[];
extern const char boot_code_end[];
extern const char boot_text_end[];
extern const char bss_page[];
extern const char boot_end[];
extern const char boot_data_end[];

#endif
