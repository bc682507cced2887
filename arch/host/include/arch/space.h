// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Address spaces with real tables of three levels, so that the arena's arithmetic is tested: 32
// address bits, 16 MiB, 256 KiB and 4 KiB each.

#ifndef ARCH_SPACE_H
#define ARCH_SPACE_H

struct hal_space {
    uint64_t *top;
    uint32_t number;
    uint32_t devices;    ///< virtual ones
    uint32_t interrupts; ///< of assigned devices, of an unmodified operating system
    bool unannounced;    ///< mapped without hal_cache_mapped() since: nothing translates
};

void host_space_switch(const struct hal_space *space);

static inline void hal_space_switch(const struct hal_space *space)
{
    host_space_switch(space);
}

#endif
