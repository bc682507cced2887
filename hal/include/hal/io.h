// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Single device registers for the checked access of partitions.

#ifndef HAL_IO_H
#define HAL_IO_H

#include <hal/types.h>

/// Reads, writes a register of width 1, 2 or 4 bytes at a physical address that the configuration
/// allows. False if the bus answered with an error. Mandatory, interrupts off, constant.
bool hal_io_read(hal_phys_t address, uint32_t width, uint32_t *value);
bool hal_io_write(hal_phys_t address, uint32_t width, uint32_t value);

#endif
