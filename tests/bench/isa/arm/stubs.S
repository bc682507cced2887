/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The stubs of bench.h for 64-bit Armv8-A. A hypercall keeps every register but x0.
 */

#include <septum/arch/arm.h>

#define GET_TIME 1
#define IDLE_SELF 3

        .macro  FUNCTION name
        .global \name
        .type   \name, @function
\name:
        .endm

/* Two instructions and the call: get_time(hardware clock, x1). */
        .macro  CLOCK
        mov     x8, #GET_TIME
        mov     x0, #0
        hvc     #SEP_ARM_HYPERCALL
        .endm

/* The hypervisor keeps the page that it wrote to last: the call behind this one finds it. Only the slot's
 * first instructions and a handler's cannot have it so, whose reading comes before their writing. */
        .macro  CLOCK_AGAIN
        CLOCK
        CLOCK
        .endm

        .macro  WORDS
        mov     x9, x0
        ldr     x8, [x9]
        ldp     x0, x1, [x9, #8]
        ldp     x2, x3, [x9, #24]
        ldr     x4, [x9, #40]
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
        .word   5                       /* windows_step */
        .word   6                       /* irq_head */
        .word   3                       /* fault_head: the handler's, before its call */
        .word   4                       /* fp_gap */

/* The step that bench_spin is at. */
        .section .data.bench, "aw"
        .balign 8
bench_spin_at:
        .quad   bench_irq_time

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
        hvc     #SEP_ARM_HYPERCALL
bench_call_done:
        ret

FUNCTION bench_call_nothing
        WORDS
        ret

FUNCTION bench_wake
        mov     x1, x0
        mov     x8, #IDLE_SELF
        hvc     #SEP_ARM_HYPERCALL
        .global bench_wake_first
bench_wake_first:
        CLOCK
        ret

FUNCTION bench_twice
        mov     x1, x0
        CLOCK_AGAIN
        add     x1, x1, #8
        CLOCK
        ret

FUNCTION bench_fp
        mov     x1, x0
        CLOCK_AGAIN
        add     x1, x1, #8
        .arch_extension fp
        fmov    s1, s0
        CLOCK
        ret

FUNCTION bench_spin
        adrp    x9, bench_spin_at
        str     x0, [x9, :lo12:bench_spin_at]
        str     w1, [x0, #8]
        mov     w3, w1
        mov     x2, x0
        mov     x1, x0
        CLOCK_AGAIN
        nop
        nop                             /* the step's last instruction is the branch: one more */
1:      subs    w3, w3, #1
        str     w3, [x2, #8]
        b.ne    1b
        ret

FUNCTION bench_loop
        mov     w3, w1
        mov     x1, x0
        CLOCK_AGAIN
        add     x1, x1, #8
1:      subs    w3, w3, #1
        nop
        b.ne    1b
        CLOCK
        ret

/* A frame of the calling convention's smallest size at each level. */
FUNCTION bench_windows
        mov     w2, w1
        mov     x3, x0
        mov     x1, x0
        CLOCK_AGAIN
        mov     w4, w2
        mov     x5, x30
1:      stp     x29, x30, [sp, #-16]!
        mov     x29, sp
        nop
        subs    w4, w4, #1
        b.ne    1b
        add     x1, x3, #8
        CLOCK
        mov     w4, w2
2:      ldp     x29, x30, [sp], #16
        nop
        nop
        subs    w4, w4, #1
        b.ne    2b
        add     x1, x3, #16
        CLOCK
        mov     x30, x5
        ret

FUNCTION bench_fault
        mov     x2, x0
        mov     x10, #0
        mov     x1, x0
        CLOCK_AGAIN
        .global bench_fault_load
bench_fault_load:
        ldr     w9, [x10]               /* no partition has memory there */
        ret

/* A synchronous exception of EL1 with its own stack pointer; nothing else happens. */
        .balign SEP_ARM_TRAP_TABLE_ALIGN
        .global bench_fault_table, bench_fault_taken
bench_fault_table:
        .rept   4
        b       bench_fault_other
        .balign 128
        .endr
bench_fault_taken:
        add     x1, x2, #8
        CLOCK
        mrs     x9, elr_el1
        add     x9, x9, #4
        msr     elr_el1, x9
        hvc     #SEP_ARM_RETURN
        .balign 128
        .rept   11
        b       bench_fault_other
        .balign 128
        .endr
bench_fault_other:
        b       bench_fault_other

/* Virtual interrupts only; nothing else may happen while this table is set. */
        .balign SEP_ARM_TRAP_TABLE_ALIGN
        .global bench_trap_table
bench_trap_table:
        .rept   16
        stp     x0, x1, [sp, #-32]!
        stp     x8, x9, [sp, #16]
        adrp    x9, bench_irq_time
        add     x1, x9, :lo12:bench_irq_time
        CLOCK
        adrp    x9, bench_spin_at
        ldr     x9, [x9, :lo12:bench_spin_at]
        ldr     w9, [x9, #8]
        str     w9, [x1, #8]
        ldp     x8, x9, [sp, #16]
        ldp     x0, x1, [sp], #32
        hvc     #SEP_ARM_RETURN
        .balign 128
        .endr
