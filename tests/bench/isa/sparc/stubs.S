/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The stubs of bench.h for SPARC V8. A hypercall keeps every register but %o0 and %g1, so that %g2
 * to %g4, which the compiler gives away at a call, hold what the stubs need.
 */

#include <septum/arch/sparc.h>

#define GET_TIME 1
#define IDLE_SELF 3

        .macro  FUNCTION name
        .global \name
        .type   \name, @function
\name:
        .endm

/* Two instructions and the call: get_time(hardware clock, %o1). */
        .macro  CLOCK
        mov     GET_TIME, %g1
        clr     %o0
        ta      SEP_SPARC_HYPERCALL
        .endm

        .macro  WORDS
        mov     %o0, %g2
        ld      [%g2], %g1
        ld      [%g2 + 4], %o0
        ld      [%g2 + 8], %o1
        ld      [%g2 + 12], %o2
        ld      [%g2 + 16], %o3
        ld      [%g2 + 20], %o4
        .endm

        .section .rodata.bench, "a"
        .balign 4
        .global bench_constant
bench_constant:
        .word   2                       /* wake_head */
        .word   3                       /* twice_gap */
        .word   1                       /* spin_head */
        .word   3                       /* spin_step */
        .word   3                       /* loop_step */
        .word   4                       /* windows_step */
        .word   5                       /* irq_head */
        .word   3                       /* fault_head: the handler's, before its call */
        .word   4                       /* fp_gap */

        .section .bss.bench, "aw", @nobits
        .balign 8
        .global bench_irq_time, bench_irq_left
bench_irq_time:
        .skip   8
bench_irq_left:
        .skip   8

        .section .text.bench, "ax"

FUNCTION bench_call
        WORDS
        .global bench_call_trap, bench_call_done
bench_call_trap:
        ta      SEP_SPARC_HYPERCALL
bench_call_done:
        retl
         nop

FUNCTION bench_call_nothing
        WORDS
        retl
         nop

FUNCTION bench_wake
        mov     IDLE_SELF, %g1
        mov     %o0, %o1
        ta      SEP_SPARC_HYPERCALL
        .global bench_wake_first
bench_wake_first:
        CLOCK
        retl
         nop

FUNCTION bench_twice
        mov     %o0, %o1
        CLOCK
        add     %o1, 8, %o1
        CLOCK
        retl
         nop

FUNCTION bench_fp
        mov     %o0, %o1
        CLOCK
        add     %o1, 8, %o1
        fmovs   %f0, %f1
        CLOCK
        retl
         nop

FUNCTION bench_spin
        mov     %o1, %g3
        st      %g3, [%o0 + 8]
        mov     %o0, %g2
        mov     %o0, %o1
        CLOCK
        nop
1:      subcc   %g3, 1, %g3
        bne     1b
         st     %g3, [%g2 + 8]
        retl
         nop

FUNCTION bench_loop
        mov     %o1, %g3
        mov     %o0, %o1
        CLOCK
        add     %o1, 8, %o1
1:      subcc   %g3, 1, %g3
        bne     1b
         nop
        CLOCK
        retl
         nop

FUNCTION bench_windows
        mov     %o1, %g2
        mov     %o0, %g3
        mov     %o0, %o1
        CLOCK
        mov     %g2, %g4
1:      save    %sp, -96, %sp
        subcc   %g4, 1, %g4
        bne     1b
         nop
        add     %g3, 8, %o1
        CLOCK
        mov     %g2, %g4
2:      restore
        subcc   %g4, 1, %g4
        bne     2b
         nop
        add     %g3, 16, %o1
        CLOCK
        retl
         nop

FUNCTION bench_fault
        mov     %o0, %g2
        mov     %o0, %o1
        CLOCK
        .global bench_fault_load
bench_fault_load:
        ld      [%g0], %g0              /* no partition has memory there */
        retl
         nop

        .balign 4096
        .global bench_fault_table, bench_fault_taken
bench_fault_table:
        .rept   9
        ba,a    bench_fault_other
        nop
        nop
        nop
        .endr
bench_fault_taken:
        add     %g2, 8, %o1
        CLOCK
        mov     %l2, %l1
        add     %l2, 4, %l2
        ta      SEP_SPARC_RETT
bench_fault_other:
        ba,a    bench_fault_other

/* Virtual interrupts only; nothing else may happen while this table is set. */
        .balign 4096
        .global bench_trap_table
bench_trap_table:
        .rept   256
        ba      bench_irq
         sethi  %hi(bench_irq_time), %o1
        nop
        nop
        .endr

/* In a window of its own; %g1 is not in use where bench_spin steps. */
bench_irq:
        or      %o1, %lo(bench_irq_time), %o1
        CLOCK
        ld      [%g2 + 8], %l3
        st      %l3, [%o1 + 8]
        ta      SEP_SPARC_RETT
