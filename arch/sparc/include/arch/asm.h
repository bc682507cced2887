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

/* What a context holds up to its current window. */
#define PANIC_BYTES (CONTEXT_WINDOW + WINDOW_BYTES)

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

/* The body of a copying function, %o0 = to, %o1 = from, %o2 = size: from the end to the start, in the
 * largest pieces that both addresses and what is left are multiples of. Loads and stores get the
 * suffix and the address space given; those that fault names, load or store, may fault. */
        .macro  COPY load, load_asi, store, store_asi, fault, result=%o0
        or      %o0, %o1, %o3
        andcc   %o3, 3, %g0
        be,a    1f
         andn   %o2, 3, %o4             /* what is left when bytes end */
        tst     %o2
        be      4f
         nop
5:      subcc   %o2, 1, %o2
51:     ldub\load [%o1 + %o2] \load_asi, %o5
        bne     5b
52:      stb\store %o5, [%o0 + %o2] \store_asi
        retl
         mov    \result, %o0
1:      cmp     %o2, %o4
        be      3f
         tst    %o2
10:     sub     %o2, 1, %o2
11:     ldub\load [%o1 + %o2] \load_asi, %o5
        cmp     %o2, %o4
        bne     10b
12:      stb\store %o5, [%o0 + %o2] \store_asi
2:      tst     %o2
3:      be      4f
         or     %o3, %o2, %o4
        andcc   %o4, 7, %g0
        bne,a   21f
         sub    %o2, 4, %o2
30:     subcc   %o2, 8, %o2
31:     ldd\load [%o1 + %o2] \load_asi, %o4
        bne     30b
32:      std\store %o4, [%o0 + %o2] \store_asi
4:      retl
         mov    \result, %o0
21:     ld\load [%o1 + %o2] \load_asi, %o4
        ba      2b
22:      st\store %o4, [%o0 + %o2] \store_asi
        .ifc    \fault, load
        FIXUP   11b, fault_false
        FIXUP   21b, fault_false
        FIXUP   31b, fault_false
        FIXUP   51b, fault_false
        .endif
        .ifc    \fault, store
        FIXUP   12b, fault_false
        FIXUP   22b, fault_false
        FIXUP   32b, fault_false
        FIXUP   52b, fault_false
        .endif
        .endm

/* First frame of the hypervisor's stack, in a trap window. */
        .macro  STACK reg
        set     sparc_stack + CONFIG_STACK_SIZE - FRAME_BYTES, \reg
        .endm

#endif
