// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Address spaces: stage-2 tables, with a number that the processor tags translations with.

#ifndef ARCH_SPACE_H
#define ARCH_SPACE_H

#include <arch/memory.h>
#include <arch/sysreg.h>

struct hal_space {
    uint64_t vttbr; ///< number and address of the table of level 1
};

// Translations are tagged with the number: nothing to invalidate. What the processor is asked to
// translate next (arch/guest.h) is to be of this space.
static inline void hal_space_switch(const struct hal_space *space)
{
    SYSREG_WRITE(vttbr_el2, space->vttbr);
    __asm__ volatile("isb" : : : "memory");
}

#endif
