/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Registers of a context that is in memory, moved in double words: faults and virtual traps are
 * counted in instructions.
 */

#include <arch/asm.h>

/* void context_open_window(struct hal_context *context, uint32_t wim): each window moves to the
 * one behind, the last one first; the outs become the ins of the first, whose outs and locals are 0.
 * wim has a bit at frames + 1. */
FUNCTION context_open_window
        mov     %o1, %o2
        mov     %o0, %o1
0:      srl     %o2, 1, %o2
        cmp     %o2, 1
        bne,a   0b
         add    %o1, 64, %o1
1:      cmp     %o1, %o0
        be      2f
         add    %o1, CONTEXT_OUT + 32, %o2
        .irp    at, 56, 48, 40, 32, 24, 16, 8, 0
        ldd     [%o2 + \at - 64], %o4
        std     %o4, [%o2 + \at]
        .endr
        ba      1b
         sub    %o1, 64, %o1
2:      clr     %o2
        clr     %o3
        .irp    at, 0, 8, 16, 24
        ldd     [%o0 + CONTEXT_OUT + \at], %o4
        std     %o4, [%o0 + CONTEXT_OUT + 64 + \at]
        std     %o2, [%o0 + CONTEXT_OUT + \at]
        std     %o2, [%o0 + CONTEXT_OUT + 32 + \at]
        .endr
        retl
         nop

/* void context_registers(const struct hal_context *context, uint64_t *registers): in the order of
 * hal_context_registers(). */
FUNCTION context_registers
        clr     %o2
        .set    to, 0
        .irp    from, CONTEXT_PSR + 4, CONTEXT_NPC, CONTEXT_PSR, CONTEXT_WIM, CONTEXT_Y
        ld      [%o0 + \from], %o3
        std     %o2, [%o1 + to]
        .set    to, to + 8
        .endr
        .set    from, CONTEXT_GLOBAL + 4
        .rept   7 + 8 + 8               /* %g1 … %l7 lie side by side */
        ld      [%o0 + from], %o3
        std     %o2, [%o1 + to]
        .set    from, from + 4
        .set    to, to + 8
        .endr
        ld      [%o0 + CONTEXT_WINDOW + 56], %o3
        std     %o2, [%o1 + to]
        ld      [%o0 + CONTEXT_WINDOW + 60], %o3
        retl
         std    %o2, [%o1 + to + 8]
