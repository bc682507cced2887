// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// State that outlives a reset of the hypervisor, warm or cold, and the boot story's parts.

#ifndef KERNEL_BOOT_H
#define KERNEL_BOOT_H

#include <kernel/scrub.h>

#include <stdint.h>

/// Kept in memory that no start clears. Power is on since that memory lost its content.
struct boot_record {
    uint32_t magic;
    uint32_t starts;       ///< since power-on, this one included
    uint32_t again;        ///< 1: boot_again() asks for the next start, which takes it back
    uint32_t reset_count;  ///< warm resets since the cold start
    uint32_t event_resets; ///< resets of both kinds by the health monitor since power-on
    struct scrub_sums sums[SCRUB_REGIONS]; ///< of the start that boot_again() did not ask for
};
extern struct boot_record boot_record;

/// Restarts the hypervisor; enum sep_mode COLD or WARM.
_Noreturn void boot_again(uint32_t mode);

#endif
