// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The arena: all run-time state whose size the configuration decides, carved once at boot.

#ifndef KERNEL_ARENA_H
#define KERNEL_ARENA_H

#include <stdbool.h>
#include <stdint.h>

/// Gives the arena its memory, cleared but for the last `kept` bytes: base as the hypervisor sees it.
/// Boot only.
void arena_init(void *base, uint32_t size, uint32_t kept);

/// A table, aligned to its size (a power of two), from the arena's front; NULL when the arena is used
/// up. Boot only.
void *arena_take_table(uint32_t size);

/// size bytes, a multiple of SEP_ARENA_ALIGN, from the arena's end; NULL when it is used up. Boot only.
void *arena_take(uint32_t size);

/// True when every byte was taken: the tool's prediction and the kernel agree.
bool arena_is_full(void);

#endif
