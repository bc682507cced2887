/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Physical memory past the SRMMU (ASI 0x1c).
 *
 *   void phys_copy(uintptr_t to, uintptr_t from, uint32_t size)
 *   void phys_clear(uintptr_t to, uint32_t size)
 *   void phys_read(void *to, uintptr_t from, uint32_t size)
 *
 * Where addresses allow it 32 bytes at a time, then double words; words; bytes.
 */

#include <arch/asm.h>

FUNCTION phys_copy
        or      %o0, %o1, %o3
        andcc   %o3, 3, %g0
        bne     30f
         andcc  %o3, 7, %g0
        bne     20f
         nop
        subcc   %o2, 32, %o2
        bneg    42f
         nop
41:
        .rept   4
        ldda    [%o1] ASI_BYPASS, %o4
        add     %o1, 8, %o1
        stda    %o4, [%o0] ASI_BYPASS
        add     %o0, 8, %o0
        .endr
        subcc   %o2, 32, %o2
        bpos    41b
         nop
42:     add     %o2, 32, %o2
10:     subcc   %o2, 8, %o2
        bneg    12f
         nop
11:
        ldda    [%o1] ASI_BYPASS, %o4
        add     %o1, 8, %o1
        stda    %o4, [%o0] ASI_BYPASS
        subcc   %o2, 8, %o2
        bpos    11b
         add    %o0, 8, %o0
12:     add     %o2, 8, %o2
20:     subcc   %o2, 4, %o2
        bneg    22f
         nop
21:
        lda     [%o1] ASI_BYPASS, %o4
        add     %o1, 4, %o1
        sta     %o4, [%o0] ASI_BYPASS
        subcc   %o2, 4, %o2
        bpos    21b
         add    %o0, 4, %o0
22:     add     %o2, 4, %o2
30:     subcc   %o2, 1, %o2
        bneg    32f
         nop
31:
        lduba   [%o1] ASI_BYPASS, %o4
        add     %o1, 1, %o1
        stba    %o4, [%o0] ASI_BYPASS
        subcc   %o2, 1, %o2
        bpos    31b
         add    %o0, 1, %o0
32:     retl
         nop

FUNCTION phys_clear
        andcc   %o0, 3, %g0
        bne     30f
         clr    %o4
        andcc   %o0, 7, %g0
        bne     20f
         clr    %o5
        subcc   %o1, 32, %o1
        bneg    42f
         nop
41:
        .rept   4
        stda    %o4, [%o0] ASI_BYPASS
        add     %o0, 8, %o0
        .endr
        subcc   %o1, 32, %o1
        bpos    41b
         nop
42:     add     %o1, 32, %o1
10:     subcc   %o1, 8, %o1
        bneg    12f
         nop
11:
        stda    %o4, [%o0] ASI_BYPASS
        subcc   %o1, 8, %o1
        bpos    11b
         add    %o0, 8, %o0
12:     add     %o1, 8, %o1
20:     subcc   %o1, 4, %o1
        bneg    22f
         nop
21:
        sta     %o4, [%o0] ASI_BYPASS
        subcc   %o1, 4, %o1
        bpos    21b
         add    %o0, 4, %o0
22:     add     %o1, 4, %o1
30:     subcc   %o1, 1, %o1
        bneg    32f
         nop
31:
        stba    %o4, [%o0] ASI_BYPASS
        subcc   %o1, 1, %o1
        bpos    31b
         add    %o0, 1, %o0
32:     retl
         nop

FUNCTION phys_read
        or      %o0, %o1, %o3
        andcc   %o3, 3, %g0
        bne     30f
         andcc  %o3, 7, %g0
        bne     20f
         nop
        subcc   %o2, 32, %o2
        bneg    42f
         nop
41:
        .rept   4
        ldda    [%o1] ASI_BYPASS, %o4
        add     %o1, 8, %o1
        std     %o4, [%o0]
        add     %o0, 8, %o0
        .endr
        subcc   %o2, 32, %o2
        bpos    41b
         nop
42:     add     %o2, 32, %o2
10:     subcc   %o2, 8, %o2
        bneg    12f
         nop
11:
        ldda    [%o1] ASI_BYPASS, %o4
        add     %o1, 8, %o1
        std     %o4, [%o0]
        subcc   %o2, 8, %o2
        bpos    11b
         add    %o0, 8, %o0
12:     add     %o2, 8, %o2
20:     subcc   %o2, 4, %o2
        bneg    22f
         nop
21:
        lda     [%o1] ASI_BYPASS, %o4
        add     %o1, 4, %o1
        st      %o4, [%o0]
        subcc   %o2, 4, %o2
        bpos    21b
         add    %o0, 4, %o0
22:     add     %o2, 4, %o2
30:     subcc   %o2, 1, %o2
        bneg    32f
         nop
31:
        lduba   [%o1] ASI_BYPASS, %o4
        add     %o1, 1, %o1
        stb     %o4, [%o0]
        subcc   %o2, 1, %o2
        bpos    31b
         add    %o0, 1, %o0
32:     retl
         nop
