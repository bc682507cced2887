/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Register windows with any stack pointer. Each keeps its own in %g2 to come back to, if it can.
 */

#include <septum/arch/sparc.h>

#define WINDOWS 8

        .section .text, "ax"

        .macro  FUNCTION name
        .global \name
        .type   \name, @function
\name:
        .endm

/* All windows get the wild pointer and go to it. */
FUNCTION stack_save
        mov     %sp, %g2
        mov     %o0, %g3
        .rept   WINDOWS + 1
        save    %g3, 0, %sp
        .endr
        .rept   WINDOWS + 1
        restore
        .endr
        mov     %g2, %sp
        retl
         nop

/* What is restored comes from the wild pointer; then the caller's windows come from the stack. */
FUNCTION stack_restore
        mov     %sp, %g2
        mov     %o7, %g4
        mov     %o0, %sp
        mov     %o0, %fp
        .rept   WINDOWS
        restore
        mov     %g3, %fp
        .endr
        mov     %g2, %sp
        jmp     %g4 + 8
         nop

/* The hypervisor is called when every window is full of the wild pointer. */
FUNCTION stack_call
        mov     %sp, %g2
        mov     %o0, %g3
        .rept   WINDOWS - 2
        save    %g3, 0, %sp
        .endr
        clr     %g1
        ta      SEP_SPARC_HYPERCALL
        save    %g3, 0, %sp
        clr     %g1
        ta      SEP_SPARC_HYPERCALL
        .rept   WINDOWS - 1
        restore
        .endr
        mov     %g2, %sp
        retl
         nop

/* And asked to write them all to memory. */
FUNCTION stack_flush
        mov     %sp, %g2
        mov     %o0, %g3
        .rept   3
        save    %g3, 0, %sp
        .endr
        ta      3
        .rept   3
        restore
        .endr
        mov     %g2, %sp
        retl
         nop
