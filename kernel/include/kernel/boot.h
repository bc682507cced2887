// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// State that outlives a warm reset of the hypervisor, and the boot story's parts.

#ifndef KERNEL_BOOT_H
#define KERNEL_BOOT_H

#include <stdint.h>

/// Kept in memory that no start clears.
struct boot_record {
    uint32_t magic;
    uint32_t reset_count;  ///< warm resets since the cold start
    uint32_t event_resets; ///< resets of both kinds by the health monitor since power-on
};
extern struct boot_record boot_record;

/// Restarts the hypervisor; enum sep_mode COLD or WARM.
_Noreturn void boot_again(uint32_t mode);

#endif
