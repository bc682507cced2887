// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of the devices that the hypervisor drives itself.

#ifndef ARCH_IO_H
#define ARCH_IO_H

#include <arch/memory.h>
#include <septum/types.h>

#define IO_REGISTER(device, offset)                                                                \
    (*(volatile uint32_t *)(uintptr_t)(BOARD_IO_START + (device) + (offset)))

#endif
