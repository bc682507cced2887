// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Caches, wherever memory changes owner, context or attributes. Emulators do not show a missing
// call; arch/host models a write-through cache tagged by context, so that a unit test does.

#ifndef HAL_CACHE_H
#define HAL_CACHE_H

#include <hal/types.h>

struct hal_space;

/// Physical memory was written past the caches (hal_phys_copy(), hal_phys_clear()): what space, the
/// one that maps it, reads or executes afterwards is the new content. Mandatory, interrupts off.
/// Bound: linear in size, or constant.
void hal_cache_written(const struct hal_space *space, hal_phys_t start, uint32_t size);

/// Data that the space's partition has written so far is in memory, and nothing cached for the
/// space is used again: before memory it could write is read past the caches or gets another
/// content. Mandatory, interrupts off. Bound: constant.
void hal_cache_forget(const struct hal_space *space);

/// Translations of a space changed or were built. Mandatory, boot only.
void hal_cache_mapped(const struct hal_space *space);

#endif
