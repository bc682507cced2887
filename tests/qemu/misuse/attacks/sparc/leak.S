/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Fills the register file, calls the hypervisor, looks at the register file.
 */

#include <septum/arch/sparc.h>

#define PATTERN 0x5a5a5a00
#define WINDOWS 7
#define FRAME 96
#define WINDOW_BYTES 64

        .section .text, "ax"

/* %l0 … %l7 and, but for %fp and the return address, %i0 … %i5 of this window. */
        .macro  FILL
        set     PATTERN, %l0
        mov     %l0, %l1
        mov     %l0, %l2
        mov     %l0, %l3
        mov     %l0, %l4
        mov     %l0, %l5
        mov     %l0, %l6
        mov     %l0, %l7
        mov     %l0, %i0
        mov     %l0, %i1
        mov     %l0, %i2
        mov     %l0, %i3
        mov     %l0, %i4
        mov     %l0, %i5
        .endm

        .macro  LOOK
        std     %l0, [%g2]
        std     %l2, [%g2 + 8]
        std     %l4, [%g2 + 16]
        std     %l6, [%g2 + 24]
        std     %i0, [%g2 + 32]
        std     %i2, [%g2 + 40]
        std     %i4, [%g2 + 48]
        std     %i6, [%g2 + 56]
        .endm

/* void leak_look(uint32_t *found, uint32_t number, uint32_t argument, uint32_t steps) */
        .global leak_look
        .type   leak_look, @function
leak_look:
        save    %sp, -FRAME, %sp
        mov     %i0, %g2                /* live through it all: found, number, argument, steps */
        mov     %i1, %g3
        mov     %i2, %g4
        mov     %i3, %g5
        /* All windows there are, the last ones used as trap windows would be. */
        .rept   WINDOWS + 1
        save    %sp, -FRAME, %sp
        FILL
        .endr
        .rept   WINDOWS + 1
        restore
        .endr
        .rept   3
        save    %sp, -FRAME, %sp
        FILL
        .endr
        mov     %g3, %g1
        mov     %g4, %o0
        mov     %g4, %o1
        mov     %g4, %o2
        clr     %o3
        clr     %o4
        clr     %o5
        ta      SEP_SPARC_HYPERCALL
1:      subcc   %g5, 1, %g5
        bpos    1b
         nop
        /* The caller's registers first, then the windows below. */
        std     %o0, [%g2 + WINDOWS * WINDOW_BYTES]
        std     %o2, [%g2 + WINDOWS * WINDOW_BYTES + 8]
        std     %o4, [%g2 + WINDOWS * WINDOW_BYTES + 16]
        std     %o6, [%g2 + WINDOWS * WINDOW_BYTES + 24]
        st      %g1, [%g2 + WINDOWS * WINDOW_BYTES + 32]
        st      %g3, [%g2 + WINDOWS * WINDOW_BYTES + 36]
        st      %g4, [%g2 + WINDOWS * WINDOW_BYTES + 40]
        st      %g5, [%g2 + WINDOWS * WINDOW_BYTES + 44]
        st      %g6, [%g2 + WINDOWS * WINDOW_BYTES + 48]
        st      %g7, [%g2 + WINDOWS * WINDOW_BYTES + 52]
        rd      %y, %g1
        st      %g1, [%g2 + WINDOWS * WINDOW_BYTES + 56]
        st      %g0, [%g2 + WINDOWS * WINDOW_BYTES + 60]
        LOOK
        .rept   WINDOWS - 1
        add     %g2, WINDOW_BYTES, %g2
        save    %sp, -FRAME, %sp
        LOOK
        .endr
        .rept   WINDOWS - 1
        restore
        .endr
        .rept   3
        restore
        .endr
        ret
         restore
