// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Caches of the LEON3: instruction and data cache, tagged by virtual address and context; the data
// cache writes through, so that memory is always current. One bit each flushes them whole.

#include <hal/cache.h>

#include <arch/memory.h>

static void flush(void)
{
    uint32_t control;

    __asm__ volatile("lda [%%g0] %1, %0" : "=r"(control) : "i"(ASI_CACHE));
    control |= CACHE_FLUSH;
    __asm__ volatile("sta %0, [%%g0] %1" : : "r"(control), "i"(ASI_CACHE) : "memory");
}

void hal_cache_written(const struct hal_space *space, hal_phys_t start, uint32_t size)
{
    (void)space;
    (void)start;
    (void)size;
    flush();
}

void hal_cache_forget(const struct hal_space *space)
{
    (void)space;
    flush();
}

void hal_cache_mapped(const struct hal_space *space)
{
    (void)space;
    __asm__ volatile("sta %%g0, [%0] %1" : : "r"(SRMMU_FLUSH_ALL), "i"(ASI_FLUSH) : "memory");
    flush();
}
