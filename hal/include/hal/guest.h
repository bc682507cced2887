// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of the partition whose space is current, with the partition's own rights: what it may not
// read or write itself cannot be read or written for it.

#ifndef HAL_GUEST_H
#define HAL_GUEST_H

#include <hal/types.h>

/// Copies size bytes (at most 4096) from, to the partition. False as soon as a byte is not
/// accessible; what was copied before stays. Addresses may wrap: that is such a failure. Mandatory,
/// interrupts off. Bound: linear in size.
bool hal_guest_read(void *to, hal_guest_t from, uint32_t size);
bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size);

/// Stores one 64-bit value. False, and nothing stored, if the address is no multiple of 8 or not
/// writable. Mandatory, interrupts off, constant; hot.
static inline bool hal_guest_write64(hal_guest_t to, uint64_t value);

#include <arch/guest.h>

#endif
