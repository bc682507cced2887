/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Window overflow and underflow, of partitions and of the hypervisor.
 *
 * A partition's window goes to and comes from its stack directly only inside the declared stack area
 * of its vCPU, which the description guarantees to be readable and writable memory: a fault while
 * traps are disabled would stop the processor. Any other stack pointer takes the way of all traps,
 * where C uses the partition's own rights (context.c).
 *
 * Entered in the trap window with %l0 = %psr, %l1 = pc, %l2 = npc, %l3 = %wim, and the zero bit
 * clear if the hypervisor was interrupted.
 */

#include <arch/asm.h>

        .section .text.windows, "ax"

        .macro  ROTATE_DOWN from, to, spare
        srl     \from, 1, \to
        sll     \from, WINDOWS - 1, \spare
        or      \to, \spare, \to
        and     \to, 0xff, \to
        .endm

        .macro  ROTATE_UP from, to, spare
        sll     \from, 1, \to
        srl     \from, WINDOWS - 1, \spare
        or      \to, \spare, \to
        and     \to, 0xff, \to
        .endm

/* Leaves the trap window: condition codes back, nothing of ours left. rett reads PSR: it is the
 * fourth instruction after the write at the earliest. */
        .macro  WINDOW_RETURN
        mov     %l7, %g1
        wr      %l0, %psr
        mov     %l6, %g2
        mov     %l5, %g3
        clr     %l0
        clr     %l3
        clr     %l4
        jmp     %l1
         rett   %l2
        .endm

        .global window_overflow
window_overflow:
        bne     hypervisor_overflow
         mov    %g1, %l7
        .global window_overflow_partition
window_overflow_partition:
        mov     %g2, %l6
        mov     %g3, %l5
        ROTATE_DOWN %l3, %g1, %l4
        set     cpus, %l4
        ldd     [%l4 + CPU_STACK], %g2
        save                            /* the oldest window */
        sub     %sp, %g2, %g2
        cmp     %g2, %g3
        bgu     overflow_elsewhere
         andcc  %sp, 7, %g0
        bne     overflow_elsewhere
         wr     %g1, %wim
        STORE_WINDOW %sp, 0
        restore
        st      %g1, [%l4 + CPU_WIM]
        WINDOW_RETURN

/* Not the declared stack. */
overflow_elsewhere:
        wr      %g1, %wim               /* so that this restore is no underflow */
        WRITE_DELAY
        restore
        wr      %l3, %wim
        mov     %l6, %g2
        mov     %l5, %g3
        andcc   %l0, PSR_PS, %g0
        bne     overflow_complete
         mov    %l7, %g1
        mov     %l3, %l4
        ba      trap_entry
         mov    TT_WINDOW_OVERFLOW, %l3

/* The hypervisor's C needs a window more. */
hypervisor_overflow:
        set     cpus, %l4
        ld      [%l4 + CPU_SAVED], %l5
        tst     %l5
        bne     hypervisor_spill
         ld     [%l4 + CPU_WIM], %l5
        cmp     %l3, %l5
        be      1f
         nop
        /* The marker moves down: one more window to clear at the exit. */
        ROTATE_DOWN %l3, %l5, %l6
        wr      %l5, %wim
        wr      %l0, %psr
        WRITE_DELAY
        jmp     %l1
         rett   %l2
        /* It is at the partition's oldest window, which goes to its stack, unless it is the
         * partition's only one. */
1:      ld      [%l4 + CPU_TRAP_PSR], %l5
        and     %l5, PSR_CWP, %l5
        sll     %l3, WINDOWS, %l4
        or      %l4, %l3, %l4
        srl     %l4, %l5, %l4
        and     %l4, 0xff, %l4
        cmp     %l4, 1 << 2
        bne     window_overflow_partition
         nop
/* Or the whole context goes to memory, and C gets the whole register file. */
overflow_complete:
        sethi   %hi(context_complete), %l4
        jmpl    %l4 + %lo(context_complete), %l4
         nop
        wr      %l0, %psr
        WRITE_DELAY
        jmp     %l1
         rett   %l2

/* Ordinary overflow: C's oldest frame to the hypervisor's stack. */
hypervisor_spill:
        ROTATE_DOWN %l3, %g1, %l4
        save
        STORE_WINDOW %sp, 0
        wr      %g1, %wim
        WRITE_DELAY
        restore
        mov     %l7, %g1
        wr      %l0, %psr
        WRITE_DELAY
        jmp     %l1
         rett   %l2

        .global window_underflow
window_underflow:
        bne     hypervisor_fill
         mov    %g1, %l7
        mov     %g2, %l6
        mov     %g3, %l5
        ROTATE_UP %l3, %g1, %l4
        set     cpus, %l4
        ldd     [%l4 + CPU_STACK], %g2
        restore                         /* the partition's current window */
        sub     %fp, %g2, %g2
        cmp     %g2, %g3
        bgu     underflow_elsewhere
         andcc  %fp, 7, %g0
        bne     underflow_elsewhere
         wr     %g1, %wim
        WRITE_DELAY
        restore                         /* the one that it returns to */
        LOAD_WINDOW %sp, 0
        save
        save
        st      %g1, [%l4 + CPU_WIM]
        WINDOW_RETURN

underflow_elsewhere:
        save
        wr      %l3, %wim
        mov     %l7, %g1
        mov     %l6, %g2
        mov     %l5, %g3
        mov     %l3, %l4
        ba      trap_entry
         mov    TT_WINDOW_UNDERFLOW, %l3

/* Ordinary underflow of the hypervisor. */
hypervisor_fill:
        ROTATE_UP %l3, %g1, %l4
        wr      %g1, %wim
        WRITE_DELAY
        restore
        restore
        LOAD_WINDOW %sp, 0
        save
        save
        mov     %l7, %g1
        wr      %l0, %psr
        WRITE_DELAY
        jmp     %l1
         rett   %l2

/* Clears what the hypervisor's C left in windows: %o0 … %o7 of the trap window, everything in the
 * windows below it down to the marker, and of that one %l0 … %l7, which trap handlers used. Called in
 * the trap window with traps disabled, %psr in %l0, the link in %l1; %wim is zero afterwards. Uses
 * %g1, %l5 and %l6. */
        .global windows_clear
windows_clear:
        and     %l0, PSR_CWP, %l5
        rd      %wim, %l6
        wr      %g0, %wim
        /* The marker relative to the trap window, to be shifted out of eight bits. */
        sll     %l6, WINDOWS, %g1
        or      %g1, %l6, %g1
        srl     %g1, %l5, %g1
        and     %g1, 0xff, %g1
        mov     %g2, %l5
        mov     %l0, %g2
        CLEAR_OUTS
1:      save
        CLEAR_LOCALS
        sll     %g1, 1, %g1
        andcc   %g1, 1 << WINDOWS, %g0
        bne     2f
         nop
        CLEAR_OUTS
        ba,a    1b
2:      wr      %g2, %psr               /* the trap window again */
        WRITE_DELAY
        jmp     %l1 + 8
         mov    %l5, %g2

/* Saves the context whose hypercall C is handling, unless it is saved already, and gives C the whole
 * register file. Called in the window of a trap of the hypervisor's, with the link in %l4;
 * %l0 … %l3 and all registers of C stay. */
        .global context_complete
context_complete:
        set     cpus, %l5
        ld      [%l5 + CPU_SAVED], %l6
        tst     %l6
        bne     3f
         mov    %g1, %l7
        ld      [%l5 + CPU_CONTEXT], %g1
        st      %g0, [%g1 + CONTEXT_MOVED]
        st      %g0, [%g1 + CONTEXT_GLOBAL + 4]
        std     %g2, [%g1 + CONTEXT_GLOBAL + 8]
        std     %g4, [%g1 + CONTEXT_GLOBAL + 16]
        std     %g6, [%g1 + CONTEXT_GLOBAL + 24]
        mov     %l0, %g2
        ld      [%l5 + CPU_WIM], %l6
        ld      [%l5 + CPU_TRAP_PSR], %l5
        and     %l5, PSR_CWP, %l5
        sll     %l6, WINDOWS, %g3
        or      %g3, %l6, %g3
        srl     %g3, %l5, %g3
        and     %g3, 0xff, %g3
        st      %g3, [%g1 + CONTEXT_WIM]
        srl     %g3, 2, %g3             /* 1 << (frames - 1): at most six, the trap window is free */
        andn    %l0, PSR_CWP, %l6
        wr      %g0, %wim
        wr      %l6, %l5, %psr          /* xor: the hypercall's trap window */
        WRITE_DELAY
        st      %l0, [%g1 + CONTEXT_PSR]
        st      %l2, [%g1 + CONTEXT_PSR + 4]    /* pc: behind the hypercall */
        add     %l2, 4, %l5
        st      %l5, [%g1 + CONTEXT_NPC]
        st      %l4, [%g1 + CONTEXT_Y]
        STORE_INS %g1, CONTEXT_OUT
1:      restore
        STORE_WINDOW %g1, CONTEXT_WINDOW
        srl     %g3, 1, %g3
        cmp     %g3, 0
        bne     1b
         add    %g1, WINDOW_BYTES, %g1
        /* Windows without a frame: C may have used them. The locals here are stored already. */
        clr     %l0
        clr     %l1
        sethi   %hi(cpus + CPU_CONTEXT), %g3
        ld      [%g3 + %lo(cpus + CPU_CONTEXT)], %g3
        add     %g3, WINDOW_BYTES * WINDOWS_USED, %g3
2:      cmp     %g1, %g3
        be      4f
         nop
        .set    word, 0
        .rept   WINDOW_BYTES / 8
        std     %l0, [%g1 + CONTEXT_WINDOW + word]
        .set    word, word + 8
        .endr
        ba      2b
         add    %g1, WINDOW_BYTES, %g1
4:      wr      %g2, %psr
        WRITE_DELAY
        set     cpus, %l5
        mov     1, %l6
        st      %l6, [%l5 + CPU_SAVED]
        ld      [%l5 + CPU_CONTEXT], %l6
        ldd     [%l6 + CONTEXT_GLOBAL + 8], %g2
        ld      [%l5 + CPU_TRAP_PSR], %l5
        and     %l5, PSR_CWP, %l5
        set     (2 << WINDOWS) | 2, %l6
        sll     %l6, %l5, %l6
        srl     %l6, WINDOWS, %l6
        wr      %l6, %wim
        WRITE_DELAY
3:      jmp     %l4 + 8
         mov    %l7, %g1
