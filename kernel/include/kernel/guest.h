// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of the calling partition, for hypercall handlers: a range lies in one of its areas.

#ifndef KERNEL_GUEST_H
#define KERNEL_GUEST_H

#include <hal/guest.h>
#include <septum/status.h>

/// Copies from, to the caller. SEP_INVALID_ADDRESS if the range is misaligned (align: power of two),
/// not inside one area with the right, or not accessible; size at most 4096.
sep_status_t guest_read(void *to, sep_word_t from, uint32_t size, uint32_t align);
sep_status_t guest_write(sep_word_t to, const void *from, uint32_t size, uint32_t align);

/// Whether the caller may read, write size bytes there; used to check before something is done.
sep_status_t guest_check_read(sep_word_t from, uint32_t size, uint32_t align);
sep_status_t guest_check_write(sep_word_t to, uint32_t size, uint32_t align);

#endif
