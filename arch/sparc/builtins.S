/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * What the compiler calls: memory functions and 64-bit shifts. Leaf functions, few registers.
 */

#include <arch/asm.h>

/* void *memcpy(void *to, const void *from, size_t size) */
FUNCTION memcpy
        COPY

/* void *memset(void *to, int byte, size_t size): bytes, until double words end the rest. */
FUNCTION memset
        and     %o1, 0xff, %o1
        sll     %o1, 8, %o4
        or      %o4, %o1, %o4
        sll     %o4, 16, %o5
        or      %o5, %o4, %o4
        mov     %o4, %o5
1:      or      %o0, %o2, %o3
        andcc   %o3, 7, %g0
        be      2f
         subcc  %o2, 1, %o3
        bneg    3f
         mov    %o3, %o2
        ba      1b
         stb    %o4, [%o0 + %o2]
2:      subcc   %o2, 8, %o2
        bpos,a  2b
         std    %o4, [%o0 + %o2]
3:      retl
         nop

/* int memcmp(const void *a, const void *b, size_t size) */
FUNCTION memcmp
1:      subcc   %o2, 1, %o2
        bneg    2f
         nop
        ldub    [%o0], %o3
        ldub    [%o1], %o4
        add     %o0, 1, %o0
        subcc   %o3, %o4, %o3
        be      1b
         add    %o1, 1, %o1
        retl
         mov    %o3, %o0
2:      retl
         clr    %o0

/* uint64_t __lshrdi3(uint64_t value, int count), 0 … 63 */
FUNCTION __lshrdi3
        andcc   %o2, 32, %g0
        bne     1f
         sll    %o0, 1, %o3
        xor     %o2, 31, %o4
        srl     %o1, %o2, %o1
        sll     %o3, %o4, %o3
        or      %o1, %o3, %o1
        retl
         srl    %o0, %o2, %o0
1:      srl     %o0, %o2, %o1           /* counts modulo 32 */
        retl
         clr    %o0

/* uint64_t __ashldi3(uint64_t value, int count), 0 … 63 */
FUNCTION __ashldi3
        andcc   %o2, 32, %g0
        bne     1f
         srl    %o1, 1, %o3
        xor     %o2, 31, %o4
        sll     %o0, %o2, %o0
        srl     %o3, %o4, %o3
        or      %o0, %o3, %o0
        retl
         sll    %o1, %o2, %o1
1:      sll     %o1, %o2, %o0
        retl
         clr    %o1
