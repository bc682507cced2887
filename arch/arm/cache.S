/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Caches. The hypervisor and partitions see the same memory through the same cacheable attributes, so
 * that data needs nothing among them; what has been loaded as data may be executed, or read with the
 * cache off. A partition's uncached area is seen by the hypervisor through the cache: what it copies from
 * there is dropped from the cache first, what it copies to there is cleaned behind.
 *
 *   void hal_cache_mapped(const struct hal_space *space)
 *   void hal_cache_forget(const struct hal_space *space)
 *   void cache_drop(const void *start, uint64_t size)     data to memory, nothing kept; size > 0
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

        .macro  DROP start, end         /* changes x3, x4 */
        mrs     x3, ctr_el0
        ubfx    x3, x3, #16, #4         /* words of the smallest line, as a power of two */
        mov     x4, #4
        lsl     x3, x4, x3
        sub     x4, x3, #1
        bic     \start, \start, x4
1:      dc      civac, \start
        add     \start, \start, x3
        cmp     \start, \end
        b.lo    1b
        dsb     sy
        .endm

FUNCTION cache_drop
        add     x1, x0, x1
        DROP    x0, x1
        ret

FUNCTION hal_cache_written
        add     x2, x1, w2, uxtw
        DROP    x1, x2
        ic      ialluis
        dsb     ish
        isb
        ret
