// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the kernel asks the architecture and the board at boot.

#ifndef HAL_BOOT_H
#define HAL_BOOT_H

#include <hal/types.h>

/// The hypervisor binary in physical memory: first byte, and the first granule behind its last one,
/// where the compiled configuration lies.
uintptr_t hal_boot_start(void);
uintptr_t hal_boot_end(void);

/// Maps physical memory for the hypervisor, readable and writable, and returns where it appears;
/// NULL if it lies outside the board's RAM or the hypervisor's own mapping is full. Ranges may be
/// mapped again. Mandatory, boot only.
void *hal_boot_map(hal_phys_t start, uintptr_t size);

/// Whether all of a range is RAM of the board; it does not wrap and is not empty. Mandatory, boot only.
bool hal_boot_is_ram(hal_phys_t start, uintptr_t size);

/// Name of the board this binary was built for, and enum sep_arch.
extern const char hal_board_name[];
extern const uint32_t hal_arch;

/// What the binary takes, in bytes: code with read-only data, and writable static memory (data, bss,
/// stacks). Mandatory, boot only.
void hal_boot_sizes(uint32_t *code, uint32_t *data);

#endif
