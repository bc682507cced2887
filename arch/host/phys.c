// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Physical memory of the simulated machine, past its cache.

#include <arch/host.h>

#include <string.h>

#include <hal/phys.h>

uint8_t host_ram[HOST_RAM_SIZE] __attribute__((aligned(65536)));
uint8_t host_io[HOST_IO_SIZE] __attribute__((aligned(4096)));

static bool range_inside(uint64_t start, uint64_t size, uint64_t first, uint64_t bytes)
{
    return start >= first && start - first <= bytes && size <= bytes - (start - first);
}

uint8_t *host_memory(uint64_t physical, uint64_t size)
{
    if (range_inside(physical, size, HOST_RAM_START, HOST_RAM_SIZE)) {
        return host_ram + (physical - HOST_RAM_START);
    }
    if (range_inside(physical, size, HOST_IO_START, HOST_IO_SIZE)) {
        return host_io + (physical - HOST_IO_START);
    }
    return NULL;
}

void hal_phys_copy(hal_phys_t to, hal_phys_t from, uint32_t size)
{
    host_work(size);
    host_cache_bypassed(to.value, size);
    memcpy(host_memory(to.value, size), host_memory(from.value, size), size);
}

void hal_phys_clear(hal_phys_t to, uint32_t size)
{
    host_work(size);
    host_cache_bypassed(to.value, size);
    memset(host_memory(to.value, size), 0, size);
}

void hal_phys_read(void *to, hal_phys_t from, uint32_t size)
{
    host_work(size);
    memcpy(to, host_memory(from.value, size), size);
}
