/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * What the assembly files share.
 */

#ifndef ARCH_ASM_H
#define ARCH_ASM_H

#include <asm_offsets.h>
#include <arch/memory.h>
#include <arch/psr.h>

/* wr to %psr, %wim, %tbr or %y may take three instructions to arrive. */
        .macro  WRITE_DELAY
        nop
        nop
        nop
        .endm

        .macro  FUNCTION name
        .section .text.\name, "ax"
        .global \name
        .type   \name, @function
\name:
        .endm

/* Where to go on when the instruction at the label faults in the hypervisor. */
        .macro  FIXUP label, target
        .pushsection .fixup, "a"
        .word   \label, \target
        .popsection
        .endm

/* %l0 … %l7 and %i0 … %i7 of the current window, to and from [base + offset]. */
        .macro  STORE_WINDOW base, offset
        std     %l0, [\base + \offset]
        std     %l2, [\base + \offset + 8]
        std     %l4, [\base + \offset + 16]
        std     %l6, [\base + \offset + 24]
        std     %i0, [\base + \offset + 32]
        std     %i2, [\base + \offset + 40]
        std     %i4, [\base + \offset + 48]
        std     %i6, [\base + \offset + 56]
        .endm

        .macro  LOAD_WINDOW base, offset
        ldd     [\base + \offset], %l0
        ldd     [\base + \offset + 8], %l2
        ldd     [\base + \offset + 16], %l4
        ldd     [\base + \offset + 24], %l6
        ldd     [\base + \offset + 32], %i0
        ldd     [\base + \offset + 40], %i2
        ldd     [\base + \offset + 48], %i4
        ldd     [\base + \offset + 56], %i6
        .endm

        .macro  STORE_INS base, offset
        std     %i0, [\base + \offset]
        std     %i2, [\base + \offset + 8]
        std     %i4, [\base + \offset + 16]
        std     %i6, [\base + \offset + 24]
        .endm

        .macro  LOAD_INS base, offset
        ldd     [\base + \offset], %i0
        ldd     [\base + \offset + 8], %i2
        ldd     [\base + \offset + 16], %i4
        ldd     [\base + \offset + 24], %i6
        .endm

        .macro  CLEAR_LOCALS
        clr     %l0
        clr     %l1
        clr     %l2
        clr     %l3
        clr     %l4
        clr     %l5
        clr     %l6
        clr     %l7
        .endm

        .macro  CLEAR_OUTS
        clr     %o0
        clr     %o1
        clr     %o2
        clr     %o3
        clr     %o4
        clr     %o5
        clr     %o6
        clr     %o7
        .endm

/* First frame of the hypervisor's stack, in a trap window. */
        .macro  STACK reg
        set     sparc_stack + CONFIG_STACK_SIZE - FRAME_BYTES, \reg
        .endm

#endif
