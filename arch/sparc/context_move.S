/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Registers of a context that is in memory, a pair at a time: faults and virtual traps are counted in
 * instructions.
 */

#include <arch/asm.h>

/* uint32_t hal_context_registers(struct hal_context *context, sep_word_t *registers): pc npc psr wim y,
 * g1 … g7, o0 … o7, l0 … l7, i0 … i7, and fsr where the context may use the unit; wim is the relative
 * one. What is saved first is what context_sync() would save. */
FUNCTION hal_context_registers
        sethi   %hi(cpus), %o2
        ld      [%o2 + %lo(cpus + CPU_SAVED)], %o3
        tst     %o3
        bne     1f
         ld     [%o2 + %lo(cpus + CPU_CONTEXT)], %o3
        cmp     %o3, %o0
        bne     1f
         nop
        ta      TA_SAVE_CONTEXT
1:      ldd     [%o0 + CONTEXT_PSR], %o4        /* and pc */
        ld      [%o0 + CONTEXT_NPC], %o3
        mov     %o5, %o2
        std     %o2, [%o1]
        ld      [%o0 + CONTEXT_WIM], %o5
        std     %o4, [%o1 + 8]
        ldd     [%o0 + CONTEXT_MOVED], %o2      /* and g1 */
        ld      [%o0 + CONTEXT_Y], %o4
        mov     %o3, %o5
        std     %o4, [%o1 + 16]
        .set    at, 24                          /* from g2 on the pairs are the same */
        .rept   3
        ldd     [%o0 + CONTEXT_GLOBAL + at - 16], %o4
        std     %o4, [%o1 + at]
        .set    at, at + 8
        .endr
        add     %o0, %o2, %o2
        .rept   4 + 8
        ldd     [%o2 + CONTEXT_OUT + at - 48], %o4
        std     %o4, [%o1 + at]
        .set    at, at + 8
        .endr
        ldub    [%o0 + CONTEXT_FP_ALLOWED], %o2
        tst     %o2
        bne     2f
         mov    %o7, %g1
        retl
         mov    REGISTERS, %o0
2:      call    context_registers_fp
         mov    %g1, %o7
