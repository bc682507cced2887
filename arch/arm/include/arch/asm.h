/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * What the assembly files share.
 */

#ifndef ARCH_ASM_H
#define ARCH_ASM_H

#include <asm_offsets.h>
#include <arch/memory.h>
#include <arch/sysreg.h>

        .macro  FUNCTION name
        .section .text.\name, "ax"
        .balign 4
        .global \name
        .type   \name, @function
\name:
        .endm

/* Where to go on when the instruction at the label faults in the hypervisor. */
        .macro  FIXUP label, target
        .pushsection .fixup, "a"
        .quad   \label, \target
        .popsection
        .endm

/* The processor's stack, empty. */
        .macro  STACK scratch
        mrs     \scratch, tpidr_el2
        ldr     \scratch, [\scratch, #CPU_STACK]
        mov     sp, \scratch
        .endm

#endif
