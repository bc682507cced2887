/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The partition's own trap table. The hypervisor enters it as the processor would: in a new window,
 * with the virtual PSR in %l0, pc in %l1, npc in %l2, and virtual interrupts disabled; the window is
 * valid and %fp is the stack pointer of what was interrupted. Virtual interrupt n is trap type
 * SEP_SPARC_IRQ_TRAP + n, a propagated fault has its hardware trap type.
 *
 * %g1 … %g5 and %y are saved here; %g6 and %g7 are never the compiler's, the condition codes are
 * part of the virtual PSR, and all other registers belong to windows.
 */

#include <septum/arch/sparc.h>

#define FRAME (96 + 16 + 16)            /* window and arguments; %g2 … %g5; struct rt_trap */
#define GLOBALS 96
#define TRAP (GLOBALS + 16)
#define TRAP_CODE (TRAP + 0)
#define TRAP_PC (TRAP + 4)
#define TRAP_NEXT_PC (TRAP + 8)

        .section .text.trap_table, "ax"
        .balign 4096
        .global rt_trap_table
rt_trap_table:
        .set    tt, 0
        .rept   256
        .if     tt < SEP_SPARC_IRQ_TRAP
        ba      fault_entry
         mov    tt, %l3
        .else
        ba      irq_entry
         mov    tt - SEP_SPARC_IRQ_TRAP, %l3
        .endif
        nop
        nop
        .set    tt, tt + 1
        .endr

        .section .text.trap, "ax"

        .macro  SAVE
        sub     %fp, FRAME, %sp
        rd      %y, %l4
        mov     %g1, %l5
        std     %g2, [%sp + GLOBALS]
        std     %g4, [%sp + GLOBALS + 8]
        .endm

        .macro  RESTORE_AND_RETURN
        ldd     [%sp + GLOBALS], %g2
        ldd     [%sp + GLOBALS + 8], %g4
        wr      %l4, %y
        mov     %l5, %g1
        ta      SEP_SPARC_RETT
        .endm

irq_entry:
        SAVE
        call    rt_irq_dispatch
         mov    %l3, %o0
        RESTORE_AND_RETURN

fault_entry:
        SAVE
        st      %l3, [%sp + TRAP_CODE]
        st      %l1, [%sp + TRAP_PC]
        st      %l2, [%sp + TRAP_NEXT_PC]
        call    rt_trap_dispatch
         add    %sp, TRAP, %o0
        ld      [%sp + TRAP_PC], %l1
        ld      [%sp + TRAP_NEXT_PC], %l2
        RESTORE_AND_RETURN
