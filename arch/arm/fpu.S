/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The floating-point registers: FPSR, FPCR and q0 … q31 from an address on.
 *
 *   void fpu_store(uint64_t *fpsr)
 *   void fpu_load(const uint64_t *fpsr)
 */

#include <arch/asm.h>

        .arch   armv8-a+fp+simd

        .macro  ALL operation
        \operation q0, q1, [x0, #0x000]
        \operation q2, q3, [x0, #0x020]
        \operation q4, q5, [x0, #0x040]
        \operation q6, q7, [x0, #0x060]
        \operation q8, q9, [x0, #0x080]
        \operation q10, q11, [x0, #0x0a0]
        \operation q12, q13, [x0, #0x0c0]
        \operation q14, q15, [x0, #0x0e0]
        \operation q16, q17, [x0, #0x100]
        \operation q18, q19, [x0, #0x120]
        \operation q20, q21, [x0, #0x140]
        \operation q22, q23, [x0, #0x160]
        \operation q24, q25, [x0, #0x180]
        \operation q26, q27, [x0, #0x1a0]
        \operation q28, q29, [x0, #0x1c0]
        \operation q30, q31, [x0, #0x1e0]
        .endm

FUNCTION fpu_store
        mrs     x1, fpsr
        mrs     x2, fpcr
        stp     x1, x2, [x0], #16
        ALL     stp
        ret

FUNCTION fpu_load
        ldp     x1, x2, [x0], #16
        msr     fpsr, x1
        msr     fpcr, x2
        ALL     ldp
        ret
