/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Caches. The hypervisor and partitions see the same memory through the same cacheable attributes, so
 * that data needs nothing among them; what has been loaded as data may be executed, or read with the
 * cache off.
 *
 *   void hal_cache_mapped(const struct hal_space *space)
 *   void hal_cache_forget(const struct hal_space *space)
 *   void hal_cache_written(const struct hal_space *space, hal_phys_t start, uint32_t size)
 */

#include <arch/asm.h>

/* Boot only: the translations of all spaces. */
FUNCTION hal_cache_mapped
        dsb     ishst
        tlbi    alle1is
        dsb     ish
        isb
        ret

FUNCTION hal_cache_forget
        dsb     ish
        ic      ialluis
        dsb     ish
        isb
        ret

FUNCTION hal_cache_written
        mrs     x3, ctr_el0
        ubfx    x3, x3, #16, #4         /* words of the smallest line, as a power of two */
        mov     x4, #4
        lsl     x3, x4, x3
        sub     x4, x3, #1
        add     x2, x1, w2, uxtw
        bic     x1, x1, x4
1:      dc      civac, x1
        add     x1, x1, x3
        cmp     x1, x2
        b.lo    1b
        dsb     ish
        ic      ialluis
        dsb     ish
        isb
        ret
