// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Types of the contract between kernel and architecture. Addresses of different kinds cannot be
// mixed: each is a struct of one word. (On 32-bit machines such a struct is passed through memory
// when a call is not inlined, so only boot-time and slow functions take them across files.)

#ifndef HAL_TYPES_H
#define HAL_TYPES_H

#include <septum/types.h>

/// Physical address.
typedef struct {
    uintptr_t value;
} hal_phys_t;

/// Address as a partition uses it: virtual where it runs in user mode, guest-physical elsewhere.
typedef struct {
    uintptr_t value;
} hal_guest_t;

static inline hal_phys_t hal_phys(uint64_t value)
{
    return (hal_phys_t){(uintptr_t)value};
}

static inline hal_guest_t hal_guest(uintptr_t value)
{
    return (hal_guest_t){value};
}

#endif
