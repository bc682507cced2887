// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Physical memory that the hypervisor does not map: images, partitions' memory. Used to load
// partitions in steps.

#ifndef HAL_PHYS_H
#define HAL_PHYS_H

#include <hal/types.h>

/// Most bytes of one call.
#define HAL_PHYS_MAX 4096u

/// Copies, clears, reads physical memory; size at most HAL_PHYS_MAX; ranges do not overlap and were
/// checked by the caller. Caches are not kept coherent: see hal/cache.h. Mandatory, interrupts off.
/// Bound: linear in size.
void hal_phys_copy(hal_phys_t to, hal_phys_t from, uint32_t size);
void hal_phys_clear(hal_phys_t to, uint32_t size);
void hal_phys_read(void *to, hal_phys_t from, uint32_t size);

#endif
