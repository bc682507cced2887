/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Copies from and to the current partition's memory with user rights (ASI 0x0a): the MMU checks every
 * access, and a fault ends the copy with false. A range that wraps runs into the hypervisor's
 * addresses, which no partition may access.
 *
 *   bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
 *   bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
 */

#include <arch/asm.h>

FUNCTION hal_guest_read
        COPY    a, ASI_USER, , , load, 1

FUNCTION hal_guest_write
        COPY    , , a, ASI_USER, store, 1

/* Where an access of this file or io.S that faulted goes on: the function's end. */
FUNCTION fault_false
        retl
         clr    %o0
