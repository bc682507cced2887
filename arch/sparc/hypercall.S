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
        .if     TRACES
        cmp     %g1, HYPERCALL_TRACE_WRITE
        be      hypercall_trace_write
        .endif
         mov    %g1, %l7
        /* Bit 0: T is invalid, bit 7: T-1 is. */
        sll     %l3, WINDOWS, %l4
        or      %l4, %l3, %l4
        srl     %l4, %l5, %l4
        andcc   %l4, 1, %g0
        /* All seven windows hold frames: as if `ta` were a save, one goes to the stack first and
         * the trap comes again. */
        bne     window_overflow_partition
         sethi  %hi(trap_table), %l6    /* whose first bytes are the markers by T */
        ldub    [%l6 + %l5], %l6
        andcc   %l4, 1 << (WINDOWS - 1), %l1
        bne,a   1f
         mov    %l3, %l6
1:      wr      %l6, %wim
        set     cpus, %l7
        st      %l0, [%l7 + CPU_TRAP_PSR]
        or      %l0, PSR_PIL, %l5
        wr      %l5, %psr               /* first the level, then traps */
        rd      %y, %l4
        mov     %i0, %o0
        wr      %l5, PSR_ET, %psr       /* xor */
        mov     %i1, %o1
        mov     %i2, %o2
        mov     %i3, %o3
        STACK   %sp
        cmp     %g1, HYPERCALLS
        bgeu    hypercall_other
         sethi  %hi(kernel_hypercall_table), %l5
        or      %l5, %lo(kernel_hypercall_table), %l5
        sll     %g1, 2, %l3
/* The handler lies at %l5 + %l3. */
hypercall_dispatch:
        .if     TRACES
        ld      [%l7 + CPU_TRACE], %o4
        andcc   %o4, TRACE_HYPERCALLS, %g0
        bne     hypercall_traced
        .endif
         ld     [%l5 + %l3], %o7
hypercall_call:
        jmpl    %o7, %o7
         mov    %i4, %o4
hypercall_done:
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
hypercall_clear:
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
        sub     %g1, HYPERCALLS_ARCH_FIRST, %l3
        cmp     %l3, HYPERCALLS_ARCH
        bgeu    1f
         sll    %l3, 2, %l3
        sethi   %hi(sparc_hypercall_table), %l5
        ba      hypercall_dispatch
         or     %l5, %lo(sparc_hypercall_table), %l5
1:      or      %l5, %lo(kernel_hypercall_table), %l5
        ba      hypercall_dispatch
         mov    HYPERCALLS * 4, %l3

        .if     TRACES
/* The caller's trace holds hypercalls. The seventh argument, the number, goes by the stack. */
hypercall_traced:
        st      %g1, [%sp + FRAME_SEVENTH]
        mov     %o7, %o5
        sethi   %hi(kernel_hypercall_traced), %o7
        ba      hypercall_call
         or     %o7, %lo(kernel_hypercall_traced), %o7

/* An event of the caller's own, often made: what hc_trace_write() does, with the locals of the trap
 * window alone, valid or not, and traps disabled. (One processor: nobody else has the stream.) */
hypercall_trace_write:
        sethi   %hi(cpus), %l7
        ld      [%l7 + %lo(cpus + CPU_CONTEXT)], %l3
        ld      [%l3 + CONTEXT_EVENTS], %l6
        rd      %y, %g1
        tst     %l6
        be      trace_write_return
         mov    NO_ACTION, %l4
        ldd     [%l6 + LOG_CAPACITY], %l4       /* and count */
        sub     %l4, 1, %l4
        and     %l4, %l5, %l4
        sll     %l4, 5, %l4
        add     %l4, %l6, %l4
        st      %i0, [%l4 + RECORD_WORDS]
        st      %i1, [%l4 + RECORD_WORDS + 4]
        st      %i2, [%l4 + RECORD_WORDS + 8]
        st      %l5, [%l4 + RECORD_NUMBER]
        add     %l5, 1, %l5
        st      %l5, [%l6 + LOG_COUNT]
        ld      [%l6 + LOG_STREAM], %l6
        ld      [%l3 + CONTEXT_EVENT], %l3
        sub     %l6, 1, %l6                     /* stream 1 is partition 0's */
        st      %l3, [%l4 + RECORD_EVENT]
        st      %l6, [%l4 + RECORD_PARTITION]
        /* time_read() */
        ld      [%l7 + %lo(cpus + CPU_CLOCK)], %l7
        sethi   %hi(TIMER_COUNT), %l6
        ld      [%l6 + %lo(TIMER_COUNT)], %l6
        ld      [%l7 + CLOCK_COUNT], %l3
        not     %l6
        sub     %l6, %l3, %l6
        ld      [%l7 + CLOCK_PERIOD_REST], %l3
        umul    %l6, %l3, %l5
        rd      %y, %l3
        ld      [%l7 + CLOCK_FRACTION], %i0
        addcc   %l5, %i0, %g0
        addx    %l3, 0, %l3
        ld      [%l7 + CLOCK_PERIOD_NS], %l5
        umul    %l6, %l5, %l5
        rd      %y, %l6
        addcc   %l5, %l3, %l5
        addx    %l6, 0, %l6
        ld      [%l7 + CLOCK_NS + 4], %l3
        ld      [%l7 + CLOCK_NS], %i0
        addcc   %l5, %l3, %l5
        addx    %l6, %i0, %l6
        st      %l5, [%l4 + RECORD_TIME + 4]
        st      %l6, [%l4 + RECORD_TIME]
        clr     %l4
trace_write_return:
        wr      %l0, %psr               /* condition codes */
        wr      %g1, %y
        ba      hypercall_clear
         mov    %l4, %i0
        .endif

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
