/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Caches of the LEON3: instruction and data cache, tagged by virtual address and context; the data
 * cache writes through, so that memory is always current. One bit each flushes them whole, whatever
 * the space and the range.
 *
 *   void hal_cache_mapped(const struct hal_space *space)
 *   void hal_cache_forget(const struct hal_space *space)
 *   void hal_cache_written(const struct hal_space *space, hal_phys_t start, uint32_t size)
 */

#include <arch/asm.h>

FUNCTION hal_cache_mapped
        mov     SRMMU_FLUSH_ALL, %o0
        sta     %g0, [%o0] ASI_FLUSH
        .global hal_cache_forget, hal_cache_written
        .type   hal_cache_forget, @function
        .type   hal_cache_written, @function
hal_cache_forget:
hal_cache_written:
        lda     [%g0] ASI_CACHE, %o0
        set     CACHE_FLUSH, %o1
        or      %o0, %o1, %o0
        retl
         sta    %o0, [%g0] ASI_CACHE
