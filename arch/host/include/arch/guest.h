// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Partition memory, through the simulated tables and the simulated cache.

#ifndef ARCH_GUEST_H
#define ARCH_GUEST_H

static inline bool hal_guest_write64(hal_guest_t to, uint64_t value)
{
    return (to.value & 7u) == 0u && hal_guest_write(to, &value, sizeof(value));
}

#endif
