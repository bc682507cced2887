/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Fills the registers, calls the hypervisor, looks at the registers.
 */

#include <septum/arch/arm.h>

#define PATTERN 0x5a5a5a00
#define FRAME 128

        .section .text, "ax"

        .macro  STORE_SYSTEM base, offset
        .set    at, \offset
        .irp    name, nzcv, tpidr_el0, tpidrro_el0, tpidr_el1, contextidr_el1, sp_el0, elr_el1, \
                      spsr_el1, esr_el1, far_el1, afsr0_el1, afsr1_el1, ttbr0_el1, ttbr1_el1, tcr_el1, \
                      mair_el1, amair_el1, csselr_el1, cntkctl_el1, cntv_cval_el0, cntv_ctl_el0
        mrs     x1, \name
        str     x1, [\base, #at]
        .set    at, at + 8
        .endr
        .endm

        .global leak_look
leak_look:
        stp     x29, x30, [sp, #-FRAME]!
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        stp     x0, x3, [sp, #96]
        mov     w8, w1
        mov     x0, x2
        ldr     x1, =PATTERN
        .irp    n, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, \
                   26, 27, 28, 29, 30
        mov     x\n, x1
        .endr
        mov     x1, x0
        hvc     #SEP_ARM_HYPERCALL
        stp     x0, x1, [sp, #-16]!
        ldr     x0, [sp, #16 + 104]
        cbz     x0, 2f
1:      sub     x0, x0, #1
        cbnz    x0, 1b
2:      ldr     x0, [sp, #16 + 96]
        .irp    n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, \
                   26, 27, 28, 29, 30
        str     x\n, [x0, #8 * \n]
        .endr
        STORE_SYSTEM x0, 248
        ldp     x1, x2, [sp], #16
        stp     x1, x2, [x0]
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     x29, x30, [sp], #FRAME
        ret
