/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The fast path of hypercalls: the partition's registers stay in the processor.
 *
 * C runs in the trap window T and below with traps enabled at interrupt level 15. It leaves %g2 … %g7
 * alone (-ffixed-g2 …; %g6 and %g7 are never the compiler's), so only %g1, %y, the condition codes
 * and windows below T are its own. Which windows it used must be known at the exit, where they are
 * cleared: the invalid window of %wim, the marker, begins at T-2, or at the partition's own invalid
 * window if that comes first, and moves down when C needs more (windows.S). When the windows are
 * full, the oldest of the partition goes to its stack, as any overflow; if its stack pointer is no
 * good, the whole context is saved (context_complete) and the exit takes the slow path.
 *
 * Entered with %l0 = %psr, %l1 = pc, %l2 = npc, %l3 = %wim, %l5 = T. The hypervisor issues no
 * hypercall itself: the trap comes from user mode always.
 */

#include <arch/asm.h>

        .section .text.hypercall, "ax"

        .global hypercall_entry
hypercall_entry:
        /* Bit 0: T is invalid, bit 7: T-1 is. */
        sll     %l3, WINDOWS, %l4
        or      %l4, %l3, %l4
        srl     %l4, %l5, %l4
        andcc   %l4, 1, %g0
        /* All seven windows hold frames: as if `ta` were a save, one goes to the stack first and
         * the trap comes again. */
        bne     window_overflow_partition
         mov    %g1, %l7
        set     (1 << (WINDOWS - 2)) << WINDOWS | (1 << (WINDOWS - 2)), %l6
        sll     %l6, %l5, %l6
        srl     %l6, WINDOWS, %l6
        andcc   %l4, 1 << (WINDOWS - 1), %l1
        bne,a   1f
         mov    %l3, %l6
1:      wr      %l6, %wim
        set     cpus, %l7
        st      %l0, [%l7 + CPU_TRAP_PSR]
        or      %l0, PSR_PIL, %l5
        wr      %l5, %psr               /* first the level, then traps */
        rd      %y, %l4
        and     %l6, 0xff, %l6
        mov     %i0, %o0
        wr      %l5, PSR_ET, %psr       /* xor */
        mov     %i1, %o1
        mov     %i2, %o2
        mov     %i3, %o3
        mov     %i4, %o4
        STACK   %sp
        cmp     %g1, HYPERCALLS
        bgeu    hypercall_other
         sethi  %hi(kernel_hypercall_table), %l5
        or      %l5, %lo(kernel_hypercall_table), %l5
        sll     %g1, 2, %g1
hypercall_dispatch:
        ld      [%l5 + %g1], %g1
        jmpl    %g1, %o7
         nop

        ld      [%l7 + CPU_SAVED], %o3
        ldd     [%l7 + CPU_ATTENTION], %o4      /* and wim */
        orcc    %o3, %o4, %g0
        bne     hypercall_slow
         rd     %wim, %o1
        mov     %o5, %l3
        xor     %o1, %l6, %o1
        orcc    %o1, %l1, %g0           /* marker moved, or not at T-2 from the start */
        bne     hypercall_clear_all
         mov    %o0, %i0
        wr      %l0, %psr               /* traps off, condition codes back */
        wr      %g0, %wim
        CLEAR_OUTS
        save
        CLEAR_LOCALS
        CLEAR_OUTS
        save
        CLEAR_LOCALS
        restore
        restore
hypercall_return:
        wr      %l4, %y
        wr      %l3, %wim
        clr     %g1
        clr     %l0
        clr     %l1
        clr     %l3
        clr     %l4
        clr     %l5
        clr     %l6
        clr     %l7
        jmp     %l2
         rett   %l2 + 4

hypercall_clear_all:
        wr      %l0, %psr
        sethi   %hi(windows_clear), %l1
        jmpl    %l1 + %lo(windows_clear), %l1
         nop
        ba,a    hypercall_return

/* Numbers above the portable ones. */
hypercall_other:
        sub     %g1, HYPERCALLS_ARCH_FIRST, %g1
        cmp     %g1, HYPERCALLS_ARCH
        bgeu    1f
         mov    HYPERCALLS * 4, %l3
        set     sparc_hypercall_table, %l5
        ba      hypercall_dispatch
         sll    %g1, 2, %g1
1:      set     kernel_hypercall_table, %l5
        ba      hypercall_dispatch
         mov    %l3, %g1

/* kernel_resume() is asked for, or the context is already in memory. */
hypercall_slow:
        tst     %o3
        bne     hypercall_saved
         mov    %o0, %i0
        wr      %l0, %psr
        sethi   %hi(windows_clear), %l1
        jmpl    %l1 + %lo(windows_clear), %l1
         nop
        wr      %l4, %y
        clr     %g1
        mov     %l2, %l1
        add     %l2, 4, %l2
        ld      [%l7 + CPU_WIM], %l4
        sethi   %hi(context_save), %l6
        jmpl    %l6 + %lo(context_save), %l6
         sethi  %hi(cpus), %l7
        ba,a    trap_resume

/* In memory already; no context if the handler gave it a new start. */
hypercall_saved:
        ld      [%l7 + CPU_CONTEXT], %o2
        tst     %o2
        be      trap_resume
         nop
        tst     %o4
        bne     trap_resume
         st     %o0, [%o2 + CONTEXT_OUT]
        ba      context_load
         mov    %o2, %o0
