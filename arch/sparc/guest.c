// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of the current partition.

#include <hal/guest.h>

bool guest_copy_from(void *to, uintptr_t from, uint32_t size);
bool guest_copy_to(uintptr_t to, const void *from, uint32_t size);

// A range that wraps runs into the hypervisor's addresses, which no partition may access: the copy
// ends with a fault there.

bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
{
    return guest_copy_from(to, from.value, size);
}

bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
{
    return guest_copy_to(to.value, from, size);
}
