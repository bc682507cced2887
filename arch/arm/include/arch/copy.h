// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Copying memory (copy.S), and what caches have to do with it.

#ifndef ARCH_COPY_H
#define ARCH_COPY_H

#include <septum/types.h>

/// Copies size bytes, of any size and alignment, upwards: normal memory only. Always true, so that those
/// who answer whether they have copied can end with it.
bool copy(void *to, const void *from, uint64_t size);

/// Brings data of size bytes (more than 0) to memory and keeps nothing of them in the caches (cache.S).
void cache_drop(const void *start, uint64_t size);

/// Sets size bytes to 0.
void clear(void *to, uint64_t size);

#endif
