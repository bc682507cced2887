/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The partition's own trap table. The hypervisor enters it as the processor would: the old state in
 * ELR_EL1 and SPSR_EL1, interrupts masked. A virtual interrupt's number, and a fault's syndrome, are in
 * ESR_EL1.
 *
 * What C may change is saved on the stack of what was interrupted, and ELR_EL1 and SPSR_EL1 too: a
 * handler may let interrupts in.
 */

#include <septum/arch/arm.h>

#define SAVED 192                       /* x0 … x18, x29, x30, ELR_EL1, SPSR_EL1 */
#define TRAP 24                         /* struct rt_trap: code, pc, next_pc */
#define FRAME 224
#define TRAP_CODE (SAVED + 0)
#define TRAP_PC (SAVED + 8)
#define TRAP_NEXT_PC (SAVED + 16)
#define CLASS_SHIFT 26

        .macro  ENTRIES
        .balign 128
        b       fault_entry
        .balign 128
        b       irq_entry
        .balign 128
        b       fault_entry
        .balign 128
        b       fault_entry
        .endm

        .section .text.trap_table, "ax"
        .balign SEP_ARM_TRAP_TABLE_ALIGN
        .global rt_trap_table
rt_trap_table:
        ENTRIES
        ENTRIES
        ENTRIES
        ENTRIES
        .balign 128

        .section .text.trap, "ax"

        .macro  SAVE
        sub     sp, sp, #FRAME
        stp     x0, x1, [sp, #0]
        stp     x2, x3, [sp, #16]
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        stp     x18, x29, [sp, #144]
        mrs     x0, elr_el1
        mrs     x1, spsr_el1
        stp     x30, x0, [sp, #160]
        str     x1, [sp, #176]
        .endm

        .macro  RESTORE_AND_RETURN
        ldp     x30, x0, [sp, #160]
        ldr     x1, [sp, #176]
        msr     daifset, #2             /* what follows is lost in an interrupt */
        msr     elr_el1, x0
        msr     spsr_el1, x1
        ldp     x2, x3, [sp, #16]
        ldp     x4, x5, [sp, #32]
        ldp     x6, x7, [sp, #48]
        ldp     x8, x9, [sp, #64]
        ldp     x10, x11, [sp, #80]
        ldp     x12, x13, [sp, #96]
        ldp     x14, x15, [sp, #112]
        ldp     x16, x17, [sp, #128]
        ldp     x18, x29, [sp, #144]
        ldp     x0, x1, [sp], #FRAME
        hvc     #SEP_ARM_RETURN
        .endm

irq_entry:
        SAVE
        mrs     x0, esr_el1
        bl      rt_irq_dispatch
        RESTORE_AND_RETURN

fault_entry:
        SAVE
        mrs     x1, esr_el1
        lsr     w1, w1, #CLASS_SHIFT
        add     x2, x0, #4
        str     x1, [sp, #TRAP_CODE]
        stp     x0, x2, [sp, #TRAP_PC]
        add     x0, sp, #TRAP_CODE
        bl      rt_trap_dispatch
        ldr     x0, [sp, #TRAP_PC]
        str     x0, [sp, #168]
        RESTORE_AND_RETURN
