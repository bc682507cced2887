/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Copying and clearing of normal memory, for messages and loads, and what the compiler calls.
 *
 *   bool copy(void *to, const void *from, uint64_t size), always true
 *   void clear(void *to, uint64_t size)
 *
 * Registers are not preserved: x0 … x18 only.
 */

#include <arch/asm.h>

/* 18 instructions for 128 bytes. */
FUNCTION copy
        subs    x2, x2, #128
        b.lo    2f
1:      ldp     x3, x4, [x1], #128
        ldp     x5, x6, [x1, #-112]
        ldp     x7, x8, [x1, #-96]
        ldp     x9, x10, [x1, #-80]
        ldp     x11, x12, [x1, #-64]
        ldp     x13, x14, [x1, #-48]
        ldp     x15, x16, [x1, #-32]
        ldp     x17, x18, [x1, #-16]
        stp     x3, x4, [x0], #128
        stp     x5, x6, [x0, #-112]
        stp     x7, x8, [x0, #-96]
        stp     x9, x10, [x0, #-80]
        stp     x11, x12, [x0, #-64]
        stp     x13, x14, [x0, #-48]
        stp     x15, x16, [x0, #-32]
        stp     x17, x18, [x0, #-16]
        subs    x2, x2, #128
        b.hs    1b
2:      tbz     x2, #6, 3f              /* the low seven bits are what is left */
        ldp     x3, x4, [x1], #64
        ldp     x5, x6, [x1, #-48]
        ldp     x7, x8, [x1, #-32]
        ldp     x9, x10, [x1, #-16]
        stp     x3, x4, [x0], #64
        stp     x5, x6, [x0, #-48]
        stp     x7, x8, [x0, #-32]
        stp     x9, x10, [x0, #-16]
3:      tbz     x2, #5, 4f
        ldp     x3, x4, [x1], #32
        ldp     x5, x6, [x1, #-16]
        stp     x3, x4, [x0], #32
        stp     x5, x6, [x0, #-16]
4:      tst     x2, #31
        b.eq    9f
        tbz     x2, #4, 5f
        ldp     x3, x4, [x1], #16
        stp     x3, x4, [x0], #16
5:      tbz     x2, #3, 6f
        ldr     x3, [x1], #8
        str     x3, [x0], #8
6:      tbz     x2, #2, 7f
        ldr     w3, [x1], #4
        str     w3, [x0], #4
7:      tbz     x2, #1, 8f
        ldrh    w3, [x1], #2
        strh    w3, [x0], #2
8:      tbz     x2, #0, 9f
        ldrb    w3, [x1]
        strb    w3, [x0]
9:      mov     w0, #1
        ret

FUNCTION clear
        mov     x2, x1
        mov     w1, #0
/* void *memset(void *to, int byte, size_t size) */
        .global memset
memset:
        and     x1, x1, #0xff
        mov     x3, #0x0101010101010101
        mul     x1, x1, x3
        mov     x3, x0
        subs    x2, x2, #64
        b.lo    2f
1:      stp     x1, x1, [x3], #64
        stp     x1, x1, [x3, #-48]
        stp     x1, x1, [x3, #-32]
        stp     x1, x1, [x3, #-16]
        subs    x2, x2, #64
        b.hs    1b
2:      tbz     x2, #5, 3f
        stp     x1, x1, [x3], #32
        stp     x1, x1, [x3, #-16]
3:      tbz     x2, #4, 4f
        stp     x1, x1, [x3], #16
4:      tbz     x2, #3, 5f
        str     x1, [x3], #8
5:      tbz     x2, #2, 6f
        str     w1, [x3], #4
6:      tbz     x2, #1, 7f
        strh    w1, [x3], #2
7:      tbz     x2, #0, 8f
        strb    w1, [x3]
8:      ret

/* void *memcpy(void *to, const void *from, size_t size) */
FUNCTION memcpy
        stp     x0, x30, [sp, #-16]!
        bl      copy
        ldp     x0, x30, [sp], #16
        ret

/* int memcmp(const void *a, const void *b, size_t size) */
FUNCTION memcmp
        mov     w3, #0
1:      cbz     x2, 2f
        ldrb    w3, [x0], #1
        ldrb    w4, [x1], #1
        sub     x2, x2, #1
        subs    w3, w3, w4
        b.eq    1b
2:      mov     w0, w3
        ret
