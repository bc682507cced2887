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
 * Messages of ports are most of what goes through here. COPY takes the short ones, the rests and all
 * text. From BLOCK bytes on:
 *
 *   both at multiples of 8     blocks of 128 bytes, 38 instructions each. An access with an ASI has no
 *                              offset, only a second register: the pointer into the hypervisor's memory
 *                              moves, and four registers hold how far the partition's places are from it
 *   both at multiples of 4     words, 22 instructions for 32 bytes
 *   all others                 bytes up to a word of the target, then words made of two neighbours of the
 *                              source, 15 instructions for 8 bytes. Each word that is loaded holds a byte
 *                              that is wanted, so it lies in the same page and area
 *
 * %o7 is needed for all three, and waits in %y.
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
        bne     90f
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

        .macro  FOUR_WORDS take, put
        \take   ld, %o1, %g0, %o4
        \put    st, %o4, %o0, %g0
        \take   ld, %o1, %g1, %o5
        \put    st, %o5, %o0, %g1
        \take   ld, %o1, %o7, %o4
        \put    st, %o4, %o0, %o7
        \take   ld, %o1, %o3, %o5
        \put    st, %o5, %o0, %o3
        .endm

/* Behind BLOCKS: what lies at other addresses. \take and \put load and store; \own, from or to, is the
 * hypervisor's side, which can be reached with an offset. */
        .macro  WORDS take, put, own
90:     andcc   %o0, 3, %g0
        be      91f
         andcc  %o1, 3, %g1
        \take   ldub, %o1, %g0, %o5
        \put    stb, %o5, %o0, %g0
        add     %o1, 1, %o1
        add     %o0, 1, %o0
        ba      90b
         sub    %o2, 1, %o2
91:     be      94f
         sll    %g1, 3, %g1             /* bits of the first word that are not wanted */
        sub     %g0, %g1, %o7           /* shifts count modulo 32 */
        andn    %o1, 3, %o1
        \take   ld, %o1, %g0, %o3
        sub     %o2, 8, %o2
92:
        .ifc    \own, from
        \take   ld, %o1, 4, %o5
        .else
        add     %o1, 4, %o1
        \take   ld, %o1, %g0, %o5
        .endif
        sll     %o3, %g1, %o3
        srl     %o5, %o7, %o4
        or      %o3, %o4, %o4
        \put    st, %o4, %o0, %g0
        .ifc    \own, from
        add     %o0, 4, %o0
        \take   ld, %o1, 8, %o3
        add     %o1, 8, %o1
        .else
        add     %o1, 4, %o1
        \take   ld, %o1, %g0, %o3
        .endif
        sll     %o5, %g1, %o5
        srl     %o3, %o7, %o4
        or      %o5, %o4, %o4
        .ifc    \own, from
        \put    st, %o4, %o0, %g0
        subcc   %o2, 8, %o2
        bge     92b
         add    %o0, 4, %o0
        .else
        \put    st, %o4, %o0, 4
        subcc   %o2, 8, %o2
        bge     92b
         add    %o0, 8, %o0
        .endif
        srl     %g1, 3, %g1
        add     %o1, %g1, %o1
        add     %o2, 8, %o2
93:     ba      8b
         rd     %y, %o7
94:     mov     4, %g1
        mov     8, %o7
        mov     12, %o3
        sub     %o2, 32, %o2
95:
        FOUR_WORDS \take, \put
        add     %o1, 16, %o1
        add     %o0, 16, %o0
        FOUR_WORDS \take, \put
        subcc   %o2, 32, %o2
        add     %o1, 16, %o1
        bge     95b
         add    %o0, 16, %o0
        ba      93b
         add    %o2, 32, %o2
        .endm

        .macro  READ_TAKE op, from, index, data
7:      \op\()a [\from + \index] ASI_USER, \data
        FIXUP   7b, fault_false_block
        .endm

        .macro  READ_PUT op, data, to, index
        \op     \data, [\to + \index]
        .endm

        .macro  WRITE_TAKE op, from, index, data
        \op     [\from + \index], \data
        .endm

        .macro  WRITE_PUT op, data, to, index
7:      \op\()a \data, [\to + \index] ASI_USER
        FIXUP   7b, fault_false_block
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
        WORDS   READ_TAKE, READ_PUT, to

FUNCTION hal_guest_write
        BLOCKS_OR_COPY
        COPY    , , a, ASI_USER, store, 1
        BLOCKS  %o1, %o0, WRITE_8
        WORDS   WRITE_TAKE, WRITE_PUT, from

/* Where an access of this file or io.S that faulted goes on: the function's end. */
FUNCTION fault_false
        retl
         clr    %o0

FUNCTION fault_false_block
        rd      %y, %o7
        retl
         clr    %o0
