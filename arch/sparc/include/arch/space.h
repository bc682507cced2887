// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// SRMMU contexts.

#ifndef ARCH_SPACE_H
#define ARCH_SPACE_H

#include <arch/memory.h>

struct hal_space {
    uint32_t context; ///< number, of the SRMMU's context register
    uint32_t *table;  ///< level 1
};

static inline void hal_space_switch(const struct hal_space *space)
{
    // Entries of the TLB are tagged by context: nothing to flush.
    __asm__ volatile("sta %0, [%1] %2"
                     :
                     : "r"(space->context), "r"(SRMMU_CONTEXT), "i"(ASI_MMU)
                     : "memory");
}

#endif
