/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The trap table, and the way between a partition and the hypervisor's C with all registers saved.
 *
 * Every trap of a partition that is not a window trap or a hypercall comes this way: everything is
 * stored into its context, C runs in the trap window and the ones below it with traps enabled at
 * interrupt level 15, kernel_resume() says who goes on, and that context is loaded whole.
 *
 * Register use, from the table on: %l0 = %psr, %l1 = pc, %l2 = npc, %l3 = trap type, %l4 = %wim.
 */

#include <arch/asm.h>
#include <board/board.h>
#include <septum/arch/sparc.h>

        .macro  TRAPS_UP_TO last, handler=trap_entry
        .rept   \last + 1 - tt
        rd      %psr, %l0
        mov     tt, %l3
        ba      \handler
         rd     %wim, %l4
        .set    tt, tt + 1
        .endr
        .endm

        .macro  TRAP_FAST handler, extra:vararg
        rd      %psr, %l0
        rd      %wim, %l3
        ba      \handler
         \extra
        .set    tt, tt + 1
        .endm

        .section .text.trap_table, "ax"
        .balign 4096
        .global trap_table
trap_table:
        /* A reset does not come through the table: its place says which window is two below another. */
        .set    window, 0
        .rept   WINDOWS + 1
        .byte   1 << ((window + WINDOWS - 2) % WINDOWS)
        .set    window, window + 1
        .endr
        .balign 16
        .set    tt, 1
        TRAPS_UP_TO 0x04
        TRAP_FAST window_overflow, andcc %l0, PSR_PS, %g0
        TRAP_FAST window_underflow, andcc %l0, PSR_PS, %g0
        TRAPS_UP_TO TT_IRQ + BOARD_LINE_TIMER - 1
        TRAPS_UP_TO TT_IRQ + BOARD_LINE_TIMER, timer_entry
        TRAPS_UP_TO TT_HARDWARE_LAST
/* No LEON has a trap of the types between, and no instruction makes one: the window handlers, and what
 * else fits, lie in their place (the linker script puts them there). */
        .section .text.trap_table_software, "ax"
        .global trap_table_software
trap_table_software:
        .set    tt, TT_TA
        TRAPS_UP_TO 0x8f
        .if     tt <> TT_TA + SEP_SPARC_HYPERCALL
        .error  "trap type of hypercalls"
        .endif
        TRAP_FAST hypercall_entry, and %l0, PSR_CWP, %l5
        TRAPS_UP_TO 0xff
        .if     tt <> 256
        .error  "256 entries"
        .endif

        .section .text.trap, "ax"

/* The one-shot timer: the short way of a slot's end. */
timer_entry:
        andcc   %l0, PSR_PS, %g0
        bne     trap_supervisor
         sethi  %hi(context_save), %l6
        jmpl    %l6 + %lo(context_save), %l6
         sethi  %hi(cpus), %l7
        call    kernel_interrupt
         mov    HAL_IRQ_TIMER, %o0
        ba,a    context_load

/* Any other trap but window traps and hypercalls. */
        .global trap_entry
trap_entry:
        andcc   %l0, PSR_PS, %g0
        bne     trap_supervisor
         sethi  %hi(context_save), %l6
        jmpl    %l6 + %lo(context_save), %l6
         sethi  %hi(cpus), %l7
        /* An interrupt? 0x11 … 0x1f */
        sub     %l3, TT_IRQ, %o0
        cmp     %o0, 15
        bgu     1f
         nop
        call    irq_trap
         nop
        ba,a    context_load
1:      call    fault_trap
         mov    %l3, %o0
        ld      [%l7 + %lo(cpus + CPU_ATTENTION)], %o0
        tst     %o0
        be      context_load
         ld     [%l7 + %lo(cpus + CPU_CONTEXT)], %o0

/* In the trap window, everything saved, traps enabled: the end of every event. */
        .global trap_resume
trap_resume:
        call    kernel_resume
         nop

/* Continues the context in %o0, in whatever position the register file is. Traps are enabled. */
        .global context_load
context_load:
        rd      %psr, %l5
        wr      %l5, PSR_ET, %psr       /* xor: traps off */
        sethi   %hi(cpus), %l7
        mov     %o0, %g1
        and     %l5, PSR_CWP, %l5
        wr      %g0, %wim
        clr     %o1
        std     %o0, [%l7 + %lo(cpus + CPU_CONTEXT)] /* and saved = 0 */
        ldd     [%g1 + CONTEXT_STACK], %l2
        ld      [%g1 + CONTEXT_WIM], %l4
        ld      [%g1 + CONTEXT_MOVED], %g2
        std     %l2, [%l7 + %lo(cpus + CPU_STACK)]
        add     %g1, %g2, %g2
        /* Rotate the relative invalid window to where the trap window is now. */
        sll     %l4, %l5, %l4
        srl     %l4, WINDOWS, %l3
        or      %l4, %l3, %l4
        stb     %l4, [%l7 + %lo(cpus + CPU_WIM + 3)] /* eight bits */
        .set    window, 0
        .rept   WINDOWS_USED
        restore
        LOAD_WINDOW %g2, (CONTEXT_WINDOW + WINDOW_BYTES * window)
        .set    window, window + 1
        .endr
        restore
        LOAD_INS %g2, CONTEXT_OUT
        ldd     [%g1 + CONTEXT_NPC], %l2
        ldd     [%g1 + CONTEXT_PSR], %l0
        wr      %l3, %y
        andn    %l0, PSR_CWP, %l0
        wr      %l4, %wim
        wr      %l0, %l5, %psr          /* xor: the position; S, not PS, not ET */
        ldd     [%g1 + CONTEXT_GLOBAL + 8], %g2
        ldd     [%g1 + CONTEXT_GLOBAL + 16], %g4
        ldd     [%g1 + CONTEXT_GLOBAL + 24], %g6
        ld      [%g1 + CONTEXT_GLOBAL + 4], %g1
        clr     %l0
        clr     %l4
        clr     %l5
        clr     %l6
        clr     %l7
        jmp     %l1
         rett   %l2

/* Stores the loaded context whole and gives C its environment. Called in the trap window with the
 * link in %l6, %hi(cpus) in %l7, %y as the partition left it, no value of the hypervisor in any
 * window of the partition's. Leaves %l7 and %l3 as they are. */
        .global context_save
context_save:
        ld      [%l7 + %lo(cpus + CPU_CONTEXT)], %l5
        wr      %g0, %wim
        std     %g0, [%l5 + CONTEXT_MOVED]      /* and %g1 */
        std     %g2, [%l5 + CONTEXT_GLOBAL + 8]
        std     %g4, [%l5 + CONTEXT_GLOBAL + 16]
        std     %g6, [%l5 + CONTEXT_GLOBAL + 24]
        mov     %l5, %g1
        rd      %y, %l5
        std     %l0, [%g1 + CONTEXT_PSR]
        st      %l2, [%g1 + CONTEXT_NPC]
        st      %l5, [%g1 + CONTEXT_Y]
        STORE_INS %g1, CONTEXT_OUT
        /* The invalid window, relative to the trap window. */
        and     %l0, PSR_CWP, %l1
        sll     %l4, WINDOWS, %l5
        or      %l4, %l5, %l4
        srl     %l4, %l1, %l4
        stb     %l4, [%g1 + CONTEXT_WIM + 3] /* eight bits; the word's others are never set */
        .set    window, 0
        .rept   WINDOWS_USED
        restore
        STORE_WINDOW %g1, (CONTEXT_WINDOW + WINDOW_BYTES * window)
        .set    window, window + 1
        .endr
        restore
        mov     1, %l4
        st      %l4, [%l7 + %lo(cpus + CPU_SAVED)]
/* C may use the whole register file: the window above the trap window %l1 is the invalid one. */
        .global trap_environment
trap_environment:
        or      %l0, PSR_PIL, %l0
        wr      %l0, %psr               /* first the level, then traps */
        set     (2 << WINDOWS) | 2, %l4
        sll     %l4, %l1, %l4
        srl     %l4, WINDOWS, %l4
        wr      %l4, %wim
        STACK   %sp
        /* xor. Nothing near depends on when it arrives. */
        jmp     %l6 + 8
         wr     %l0, PSR_ET, %psr

/* A trap in the hypervisor. */
trap_supervisor:
        cmp     %l3, TT_TA + TA_SAVE_CONTEXT
        be      supervisor_save
         sub    %l3, TT_IRQ, %l5
        cmp     %l5, 15
        bleu    supervisor_irq
         nop
        set     fixup_start, %l5
        set     fixup_end, %l6
1:      cmp     %l5, %l6
        bgeu    supervisor_panic
         nop
        ld      [%l5], %l7
        cmp     %l7, %l1
        bne,a   1b
         add    %l5, 8, %l5
        /* Reading the fault status clears it. */
        mov     SRMMU_FAULT_STATUS, %l7
        lda     [%l7] ASI_MMU, %l7
        ld      [%l5 + 4], %l1
        add     %l1, 4, %l2
        ba      supervisor_return
         nop

/* ta TA_SAVE_CONTEXT: C needs the context in memory. */
supervisor_save:
        sethi   %hi(context_complete), %l4
        jmpl    %l4 + %lo(context_complete), %l4
         nop
        mov     %l2, %l1
        add     %l2, 4, %l2
supervisor_return:
        wr      %l0, %psr
        clr     %l3
        clr     %l4
        clr     %l5
        clr     %l6
        clr     %l7
        clr     %l0
        jmp     %l1
         rett   %l2

/* Interrupts are open in hal_cpu_wait() only. The trap acknowledged the line: keep it for
 * hal_irq_take(), and continue at the end of the wait with interrupts off. */
supervisor_irq:
        set     cpu_wait_start, %l6
        sub     %l1, %l6, %l6
        cmp     %l6, cpu_wait_last - cpu_wait_start
        bgu     supervisor_panic
         mov    1, %l7
        set     cpu_wait_end, %l6
        sll     %l7, %l5, %l7
        set     cpus, %l5
        ld      [%l5 + CPU_LATCHED], %l4
        or      %l7, %l4, %l7
        st      %l7, [%l5 + CPU_LATCHED]
        or      %l0, PSR_PIL, %l0
        mov     %l6, %l1
        ba      supervisor_return
         add    %l6, 4, %l2

/* A fault of the hypervisor's own: stop with what is known. What its stack and its other windows held is
 * given up; its registers go to the foot of the stack, as the beginning of a context. */
supervisor_panic:
        set     sparc_stack + CONFIG_STACK_SIZE - PANIC_BYTES, %l5
        std     %g0, [%l5 + CONTEXT_MOVED]
        std     %g2, [%l5 + CONTEXT_GLOBAL + 8]
        std     %g4, [%l5 + CONTEXT_GLOBAL + 16]
        std     %g6, [%l5 + CONTEXT_GLOBAL + 24]
        mov     %l5, %g1
        rd      %y, %l5
        std     %l0, [%g1 + CONTEXT_PSR]
        st      %l2, [%g1 + CONTEXT_NPC]
        st      %l5, [%g1 + CONTEXT_Y]
        st      %l4, [%g1 + CONTEXT_WIM]
        stb     %g0, [%g1 + CONTEXT_FP_ALLOWED]
        STORE_INS %g1, CONTEXT_OUT
        wr      %g0, %wim
        WRITE_DELAY
        restore
        STORE_WINDOW %g1, CONTEXT_WINDOW
        save
        set     cpus, %l5
        mov     1, %l4
        st      %l4, [%l5 + CPU_SAVED]
        and     %l0, PSR_CWP, %l1
        sethi   %hi(trap_environment), %l6
        jmpl    %l6 + %lo(trap_environment), %l6
         nop
        mov     %l3, %o0
        sub     %sp, PANIC_BYTES, %sp
        call    fault_panic
         mov    %g1, %o1
        ta      0                       /* not reached */

/* void hal_cpu_wait(void): an interrupt between opening the level and the power-down skips the
 * power-down, so that none is lost. Power-down ends with an interrupt; one that was taken before
 * the level was opened is latched. */
FUNCTION hal_cpu_wait
        set     cpus, %o2
        ld      [%o2 + CPU_LATCHED], %o2
        tst     %o2
        bne     1f
         rd     %psr, %o0
        andn    %o0, PSR_PIL, %o1
        or      %o0, PSR_PIL, %o0
cpu_wait_start:
        wr      %o1, %psr
        WRITE_DELAY
        wr      %g0, %asr19
        nop
cpu_wait_end:
        wr      %o0, %psr
        WRITE_DELAY
cpu_wait_last:
1:      retl
         nop
