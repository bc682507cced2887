/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * Start, vectors, and the few instructions that are counted.
 */

        .section .text.start, "ax"
        .global _start
_start:
        adrp    x1, stack_end
        mov     sp, x1
        adrp    x1, vectors
        msr     vbar_el1, x1
        isb
        bl      guest_main
        b       .

        .section .text.vectors, "ax"
        .balign 4096
vectors:
        .macro  VECTOR target
        .balign 0x80
        b       \target
        .endm
        VECTOR  unexpected
        VECTOR  unexpected
        VECTOR  unexpected
        VECTOR  unexpected
        VECTOR  sync
        .balign 0x80
        mrs     x18, cntvct_el0
        b       irq
        VECTOR  unexpected
        VECTOR  unexpected
        .rept   8
        VECTOR  unexpected
        .endr

        .macro  SAVE
        stp     x29, x30, [sp, #-176]!
        stp     x0, x1, [sp, #16]
        stp     x2, x3, [sp, #32]
        stp     x4, x5, [sp, #48]
        stp     x6, x7, [sp, #64]
        stp     x8, x9, [sp, #80]
        stp     x10, x11, [sp, #96]
        stp     x12, x13, [sp, #112]
        stp     x14, x15, [sp, #128]
        stp     x16, x17, [sp, #144]
        mrs     x0, elr_el1
        mrs     x1, spsr_el1
        stp     x0, x1, [sp, #160]
        .endm
        .macro  LOAD
        ldp     x0, x1, [sp, #160]
        msr     elr_el1, x0
        msr     spsr_el1, x1
        ldp     x0, x1, [sp, #16]
        ldp     x2, x3, [sp, #32]
        ldp     x4, x5, [sp, #48]
        ldp     x6, x7, [sp, #64]
        ldp     x8, x9, [sp, #80]
        ldp     x10, x11, [sp, #96]
        ldp     x12, x13, [sp, #112]
        ldp     x14, x15, [sp, #128]
        ldp     x16, x17, [sp, #144]
        ldp     x29, x30, [sp], #176
        .endm

sync:
        SAVE
        mrs     x0, esr_el1
        mrs     x1, elr_el1
        mrs     x2, far_el1
        bl      guest_exception
        str     x0, [sp, #160]
        LOAD
        eret
irq:
        SAVE
        bl      guest_interrupt
        LOAD
        eret
unexpected:
        mrs     x0, esr_el1
        mrs     x1, elr_el1
        bl      guest_unexpected
        b       .

/* uint64_t measured_sgi(uint64_t value): the time before ICC_SGI1R_EL1 is written. */
        .global measured_sgi
measured_sgi:
        isb
        mrs     x1, cntvct_el0
        msr     S3_0_C12_C11_5, x0
        .rept   8
        nop
        .endr
        mov     x0, x1
        ret

/* uint64_t measured_store(uint32_t value, volatile uint32_t *at): the time before the store. */
        .global measured_store
measured_store:
        isb
        mrs     x2, cntvct_el0
        str     w0, [x1]
        .rept   8
        nop
        .endr
        mov     x0, x2
        ret

/* uint64_t measured_call(uint64_t function): instructions of an HVC, itself included; its answer is dropped. */
        .global measured_call
measured_call:
        isb
        mrs     x9, cntvct_el0
        hvc     #0
        mrs     x10, cntvct_el0
        sub     x0, x10, x9
        sub     x0, x0, #1
        ret

/* uint64_t measured_load(const volatile uint32_t *at): instructions of a load, itself included. */
        .global measured_load
measured_load:
        isb
        mrs     x9, cntvct_el0
        ldr     w1, [x0]
        mrs     x10, cntvct_el0
        sub     x0, x10, x9
        sub     x0, x0, #1
        ret

/* uint64_t measured_spin(uint64_t turns): time that so many turns of two instructions take. */
        .global measured_spin
measured_spin:
        isb
        mrs     x1, cntvct_el0
1:      subs    x0, x0, #1
        b.ne    1b
        mrs     x2, cntvct_el0
        sub     x0, x2, x1
        ret

        .bss
        .balign 4096
        .space  32768
stack_end:
