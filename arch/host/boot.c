// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Boot of the simulated machine: where things lie, power-on and restart.

#include <arch/host.h>

#include <stddef.h>
#include <string.h>

#include <hal/boot.h>
#include <hal/build_info.h>
#include <hal/trap.h>

#include "statics.h"

const char hal_board_name[] = "sim";
const uint32_t hal_arch = HAL_BUILD_ARCH;

uintptr_t hal_boot_start(void)
{
    return HOST_RAM_START;
}

uintptr_t hal_boot_end(void)
{
    return HOST_BOOT_END;
}

void *hal_boot_map(hal_phys_t start, uintptr_t size)
{
    if (host.maps_left == 0u || start.value >= HOST_RAM_START + HOST_RAM_SIZE) {
        return NULL;
    }
    host.maps_left--;
    return host_memory(start.value, size);
}

bool hal_boot_is_ram(hal_phys_t start, uintptr_t size)
{
    return start.value >= HOST_RAM_START && size <= HOST_RAM_SIZE &&
           start.value - HOST_RAM_START <= HOST_RAM_SIZE - size;
}

void hal_boot_sizes(uint32_t *code, uint32_t *data)
{
    *code = HOST_CODE_BYTES;
    *data = HOST_DATA_BYTES;
}

void host_reset(void)
{
    memset(&host, 0, sizeof(host));
    memset(host_ram, 0, sizeof(host_ram));
    memset(host_io, 0, sizeof(host_io));
    host_cache_reset();
    host.hz = 50000000u;
    host.cpu_count = 1;
    host.uart_ns = 87000;
    host.maps_left = UINT32_MAX;
    host.spaces_left = UINT32_MAX;
    host_cpu = 0;
    host_entry();
}

void host_entry(void)
{
    host_statics_restore();
    for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
        host.cpu[i] = (struct host_processor){.timer_due = HOST_NEVER};
        host_cpu_data[i] = kernel_cpu_data(i);
    }
}

static uint8_t kept[offsetof(struct host_machine, console)];

void host_snapshot_take(void)
{
    memcpy(kept, &host, sizeof(kept));
    host_statics_keep();
}

void host_snapshot_restore(void)
{
    memcpy(&host, kept, sizeof(kept));
    host_statics_bring_back();
    host_cache_reset();
    host_cpu = 0;
}

static void boot(void *argument)
{
    (void)argument;
    host.cpu[0].started = true;
    kernel_boot();
    host.limit = host.ticks;
    host_exit_path(true);
}

enum host_end host_boot(void)
{
    host_entry();
    host_cpu = 0;
    return host_try(boot, NULL);
}
