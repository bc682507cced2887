/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Floating-point registers to and from memory.
 */

#include <arch/asm.h>

#define FSR_QUEUE_NOT_EMPTY 0x2000

/* The unit on, until the exit loads the %psr of a partition. */
        .macro  FPU_ON
        rd      %psr, %o4
        set     PSR_EF, %o5
        or      %o4, %o5, %o5
        wr      %o5, %psr
        WRITE_DELAY
        .endm

/* bool fpu_status(uint32_t *fsr): stores %fsr with the queue of deferred exceptions emptied; whether
 * there was one. An exception that waited comes out at the first instruction, as a trap that only
 * continues. */
FUNCTION fpu_status
        FPU_ON
        clr     %o3
1:      st      %fsr, [%o0]
        FIXUP   1b, 2f
        ba      3f
         ld     [%o0], %o2
2:      mov     1, %o3
        st      %fsr, [%o0]
        ld      [%o0], %o2
3:      set     FSR_QUEUE_NOT_EMPTY, %o5
        andcc   %o2, %o5, %g0
        be      5f
         nop
        mov     1, %o3
4:      std     %fq, [%sp + 64]         /* the window's frame has room behind the window */
        FIXUP   4b, 5f
        ba      3b
         st     %fsr, [%o0]
5:      retl
         mov    %o3, %o0

/* void fpu_store(uint32_t *fp), behind fpu_status(), which left the unit on */
FUNCTION fpu_store
        .irp    n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
        std     %f\n, [%o0 + 4 * \n]
        .endr
        retl
         nop

/* void fpu_load(const uint32_t *fsr, const uint32_t *fp) */
FUNCTION fpu_load
        FPU_ON
        ld      [%o0], %fsr
        .irp    n, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
        ldd     [%o1 + 4 * \n], %f\n
        .endr
        retl
         nop
