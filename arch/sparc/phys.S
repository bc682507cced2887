/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Physical memory past the SRMMU (ASI 0x1c).
 *
 *   void phys_copy(uintptr_t to, uintptr_t from, uint32_t size)
 *   void phys_clear(uintptr_t to, uint32_t size)
 *   void phys_read(void *to, uintptr_t from, uint32_t size)
 *
 * From the end to the start, in the largest pieces that both addresses and what is left are multiples
 * of: loading a partition takes its time in hashing, not here.
 */

#include <arch/asm.h>

/* %o0 to, %o1 from, %o2 size */
        .macro  COPY store_double, store_word, store_byte, asi
        or      %o0, %o1, %o3
1:      tst     %o2
        be      4f
         or     %o3, %o2, %o4
        andcc   %o4, 7, %g0
        be      3f
         andcc  %o4, 3, %g0
        be,a    2f
         sub    %o2, 4, %o2
        sub     %o2, 1, %o2
        lduba   [%o1 + %o2] ASI_BYPASS, %o4
        ba      1b
         \store_byte %o4, [%o0 + %o2] \asi
2:      lda     [%o1 + %o2] ASI_BYPASS, %o4
        ba      1b
         \store_word %o4, [%o0 + %o2] \asi
3:      subcc   %o2, 8, %o2
        bneg    4f
         nop
        ldda    [%o1 + %o2] ASI_BYPASS, %o4
        ba      3b
         \store_double %o4, [%o0 + %o2] \asi
4:      retl
         nop
        .endm

FUNCTION phys_copy
        COPY    stda, sta, stba, ASI_BYPASS

FUNCTION phys_read
        COPY    std, st, stb,

FUNCTION phys_clear
        clr     %o4
        clr     %o5
1:      tst     %o1
        be      4f
         or     %o0, %o1, %o3
        andcc   %o3, 7, %g0
        be      3f
         andcc  %o3, 3, %g0
        be,a    2f
         sub    %o1, 4, %o1
        sub     %o1, 1, %o1
        ba      1b
         stba   %o4, [%o0 + %o1] ASI_BYPASS
2:      ba      1b
         sta    %o4, [%o0 + %o1] ASI_BYPASS
3:      subcc   %o1, 8, %o1
        bpos,a  3b
         stda   %o4, [%o0 + %o1] ASI_BYPASS
4:      retl
         nop
