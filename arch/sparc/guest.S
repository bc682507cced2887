/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Copies from and to the current partition's memory with user rights (ASI 0x0a): the MMU checks every
 * access, and a fault ends the copy with false. A range that wraps runs into the hypervisor's
 * addresses, which no partition may access.
 *
 *   bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
 *   bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
 *
 * Messages of ports are most of what goes through here, so whole blocks at multiples of 8 come first,
 * in 38 instructions each; COPY takes the rest. An access with an ASI has no offset, only a second
 * register: the pointer into the hypervisor's memory moves, and four registers hold how far the four
 * places of the partition are from it. One of them is %o7, which waits in %y.
 */

#include <arch/asm.h>

#define BLOCK 128

/* In front of COPY, which begins at 8: blocks of what \size holds, if there is one. */
        .macro  BLOCKS_OR_COPY
        cmp     %o2, BLOCK
        bgeu    9f
         or     %o0, %o1, %o3
8:
        .endm

/* Behind COPY. \here moves, \there becomes the distance; \load and \store copy the eight bytes at
 * offset from \here, and at \distance from it. */
        .macro  BLOCKS here, there, copy
9:      andcc   %o3, 7, %g0
        bne     8b
         mov    %o7, %y
        sub     \there, \here, \there
        add     \there, 8, %o3
        add     \there, 16, %g1
        add     \there, 24, %o7
        sub     %o2, BLOCK, %o2
6:
        .rept   BLOCK / 32 - 1
        \copy   \here, \there, 0
        \copy   \here, %o3, 8
        \copy   \here, %g1, 16
        \copy   \here, %o7, 24
        add     \here, 32, \here
        .endr
        \copy   \here, \there, 0
        \copy   \here, %o3, 8
        \copy   \here, %g1, 16
        \copy   \here, %o7, 24
        subcc   %o2, BLOCK, %o2
        bcc     6b
         add    \here, 32, \here
        add     %o2, BLOCK, %o2
        add     \there, \here, \there
        ba      8b
         rd     %y, %o7
        .endm

        .macro  READ_8 here, distance, offset
7:      ldda    [\here + \distance] ASI_USER, %o4
        std     %o4, [\here + \offset]
        FIXUP   7b, fault_false_block
        .endm

        .macro  WRITE_8 here, distance, offset
        ldd     [\here + \offset], %o4
7:      stda    %o4, [\here + \distance] ASI_USER
        FIXUP   7b, fault_false_block
        .endm

FUNCTION hal_guest_read
        BLOCKS_OR_COPY
        COPY    a, ASI_USER, , , load, 1
        BLOCKS  %o0, %o1, READ_8

FUNCTION hal_guest_write
        BLOCKS_OR_COPY
        COPY    , , a, ASI_USER, store, 1
        BLOCKS  %o1, %o0, WRITE_8

/* Where an access of this file or io.S that faulted goes on: the function's end. */
FUNCTION fault_false
        retl
         clr    %o0

FUNCTION fault_false_block
        rd      %y, %o7
        retl
         clr    %o0
