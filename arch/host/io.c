// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Device registers of the simulated machine: a window of plain memory that tests look into.

#include <arch/host.h>

#include <string.h>

#include <hal/io.h>

static uint8_t *io_register(hal_phys_t address, uint32_t width, bool write)
{
    host.count.io_accesses++;
    if (host.on_io != NULL) {
        host.on_io(address, write);
    }
    if (address.value < HOST_IO_START || host.io_dead == address.value ||
        address.value % width != 0u) {
        return NULL;
    }
    return host_memory(address.value, width);
}

bool hal_io_read(hal_phys_t address, uint32_t width, uint32_t *value)
{
    const uint8_t *reg = io_register(address, width, false);

    if (reg == NULL) {
        return false;
    }
    *value = 0;
    memcpy(value, reg, width);
    return true;
}

bool hal_io_write(hal_phys_t address, uint32_t width, uint32_t value)
{
    uint8_t *reg = io_register(address, width, true);

    if (reg == NULL) {
        return false;
    }
    memcpy(reg, &value, width);
    return true;
}
