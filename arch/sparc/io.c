// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Single registers, past the SRMMU: a bus error comes back as a fault that io.S turns into false.

#include <hal/io.h>

bool io_read8(uintptr_t address, uint32_t *value);
bool io_read16(uintptr_t address, uint32_t *value);
bool io_read32(uintptr_t address, uint32_t *value);
bool io_write8(uintptr_t address, uint32_t value);
bool io_write16(uintptr_t address, uint32_t value);
bool io_write32(uintptr_t address, uint32_t value);

bool hal_io_read(hal_phys_t address, uint32_t width, uint32_t *value)
{
    if (width == 4u) {
        return io_read32(address.value, value);
    }
    return width == 2u ? io_read16(address.value, value) : io_read8(address.value, value);
}

bool hal_io_write(hal_phys_t address, uint32_t width, uint32_t value)
{
    if (width == 4u) {
        return io_write32(address.value, value);
    }
    return width == 2u ? io_write16(address.value, value) : io_write8(address.value, value);
}
