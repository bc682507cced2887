/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Physical memory past the SRMMU (ASI 0x1c).
 *
 *   void hal_phys_copy(hal_phys_t to, hal_phys_t from, uint32_t size)
 *   void hal_phys_read(void *to, hal_phys_t from, uint32_t size)
 *   void hal_phys_clear(hal_phys_t to, uint32_t size)
 *
 * Loading a partition takes its time in hashing, not here.
 */

#include <arch/asm.h>

FUNCTION hal_phys_copy
        COPY    a, ASI_BYPASS, a, ASI_BYPASS

FUNCTION hal_phys_read
        COPY    a, ASI_BYPASS

FUNCTION hal_phys_clear
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
