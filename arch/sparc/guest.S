/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Copies from and to the current partition's memory with user rights (ASI 0x0a): the MMU checks every
 * access, and a fault ends the copy.
 *
 *   bool guest_copy_from(void *to, uintptr_t from, uint32_t size)
 *   bool guest_copy_to(uintptr_t to, const void *from, uint32_t size)
 *
 * Double words if both addresses allow it, then words, then bytes.
 */

#include <arch/asm.h>

FUNCTION guest_copy_from
        or      %o0, %o1, %o3
        andcc   %o3, 3, %g0
        bne     30f
         andcc  %o3, 7, %g0
        bne     20f
         nop
10:     subcc   %o2, 8, %o2
        bneg    12f
         nop
11:     ldda    [%o1] ASI_USER, %o4
        FIXUP   11b, guest_copy_fault
        add     %o1, 8, %o1
        std     %o4, [%o0]
        subcc   %o2, 8, %o2
        bpos    11b
         add    %o0, 8, %o0
12:     add     %o2, 8, %o2
20:     subcc   %o2, 4, %o2
        bneg    22f
         nop
21:     lda     [%o1] ASI_USER, %o4
        FIXUP   21b, guest_copy_fault
        add     %o1, 4, %o1
        st      %o4, [%o0]
        subcc   %o2, 4, %o2
        bpos    21b
         add    %o0, 4, %o0
22:     add     %o2, 4, %o2
30:     subcc   %o2, 1, %o2
        bneg    32f
         nop
31:     lduba   [%o1] ASI_USER, %o4
        FIXUP   31b, guest_copy_fault
        add     %o1, 1, %o1
        stb     %o4, [%o0]
        subcc   %o2, 1, %o2
        bpos    31b
         add    %o0, 1, %o0
32:     retl
         mov    1, %o0

FUNCTION guest_copy_to
        or      %o0, %o1, %o3
        andcc   %o3, 3, %g0
        bne     30f
         andcc  %o3, 7, %g0
        bne     20f
         nop
10:     subcc   %o2, 8, %o2
        bneg    12f
         nop
11:     ldd     [%o1], %o4
        add     %o1, 8, %o1
13:     stda    %o4, [%o0] ASI_USER
        FIXUP   13b, guest_copy_fault
        subcc   %o2, 8, %o2
        bpos    11b
         add    %o0, 8, %o0
12:     add     %o2, 8, %o2
20:     subcc   %o2, 4, %o2
        bneg    22f
         nop
21:     ld      [%o1], %o4
        add     %o1, 4, %o1
23:     sta     %o4, [%o0] ASI_USER
        FIXUP   23b, guest_copy_fault
        subcc   %o2, 4, %o2
        bpos    21b
         add    %o0, 4, %o0
22:     add     %o2, 4, %o2
30:     subcc   %o2, 1, %o2
        bneg    32f
         nop
31:     ldub    [%o1], %o4
        add     %o1, 1, %o1
33:     stba    %o4, [%o0] ASI_USER
        FIXUP   33b, guest_copy_fault
        subcc   %o2, 1, %o2
        bpos    31b
         add    %o0, 1, %o0
32:     retl
         mov    1, %o0

        .section .text.guest_copy_fault, "ax"
guest_copy_fault:
        retl
         clr    %o0
