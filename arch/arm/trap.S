/* SPDX-License-Identifier: Apache-2.0
 * Copyright (c) 2026 The Septum authors
 *
 * The vectors, and the way between a partition and the hypervisor's C.
 *
 * While a partition runs, SP_EL2 is the address of its context. Every exception stores x0 … x30 there
 * first, so that C finds them; everything else of the partition stays in the processor until another
 * context is loaded (context_load). C runs on the processor's stack with all interrupts masked.
 */

#include <arch/asm.h>

        .macro  SAVE_OTHERS             /* but x0 … x3 */
        stp     x4, x5, [sp, #32]
        stp     x6, x7, [sp, #48]
        stp     x8, x9, [sp, #64]
        stp     x10, x11, [sp, #80]
        stp     x12, x13, [sp, #96]
        stp     x14, x15, [sp, #112]
        stp     x16, x17, [sp, #128]
        stp     x18, x19, [sp, #144]
        stp     x20, x21, [sp, #160]
        stp     x22, x23, [sp, #176]
        stp     x24, x25, [sp, #192]
        stp     x26, x27, [sp, #208]
        stp     x28, x29, [sp, #224]
        str     x30, [sp, #240]
        .endm

        .macro  SAVE
        stp     x0, x1, [sp, #0]
        stp     x2, x3, [sp, #16]
        SAVE_OTHERS
        .endm

        .macro  LOAD_CALLERS            /* what C may have changed, but x0 and x1 */
        ldp     x2, x3, [sp, #16]
        ldp     x4, x5, [sp, #32]
        ldp     x6, x7, [sp, #48]
        ldp     x8, x9, [sp, #64]
        ldp     x10, x11, [sp, #80]
        ldp     x12, x13, [sp, #96]
        ldp     x14, x15, [sp, #112]
        ldp     x16, x17, [sp, #128]
        ldr     x30, [sp, #240]
        .endm

        .macro  LOAD_CALLEES
        ldp     x18, x19, [sp, #144]
        ldp     x20, x21, [sp, #160]
        ldp     x22, x23, [sp, #176]
        ldp     x24, x25, [sp, #192]
        ldp     x26, x27, [sp, #208]
        ldp     x28, x29, [sp, #224]
        .endm

        .macro  VECTOR
        .balign 0x80
        .endm

/* 32 instructions each. */
        .section .text.vectors, "ax"
        .balign 2048
        .global vectors
vectors:
        .rept   4                       /* from the hypervisor on SP_EL0, which it never uses */
        VECTOR
        b       trap_panic
        .endr
        VECTOR
        b       trap_own
        .rept   3                       /* masked */
        VECTOR
        b       trap_panic
        .endr

/* A partition's synchronous exception. The usual one is a hypercall: x8 is the number, x0 … x4 are the
 * arguments; the status comes back in x0, all other registers as they were. */
        VECTOR
        SAVE
        mrs     x9, esr_el2
        ldr     w10, [sp, #CONTEXT_HYPERCALL]
        cmp     w9, w10
        b.ne    trap_sync
        mrs     x9, tpidr_el2
        ldr     x10, [x9, #CPU_STACK]
        mov     sp, x10
        cmp     x8, #HYPERCALLS
        adrp    x10, kernel_hypercall_table
        add     x10, x10, :lo12:kernel_hypercall_table
        b.hs    hypercall_unknown
        ldr     x5, [x10, x8, lsl #3]
hypercall_dispatch:
        .if     TRACES
        ldr     w9, [x9, #CPU_TRACE]
        tst     w9, #TRACE_HYPERCALLS
        b       hypercall_call
        .else
        b       hypercall_call
        .endif
/* Interrupts. Those of assigned devices, and the virtual timer, of an unmodified operating system go straight
 * into an empty list register if nothing else has to be looked at: all others take the long way. */
        VECTOR
        stp     x0, x1, [sp, #0]
        stp     x2, x3, [sp, #16]
        ldr     x2, [sp, #CONTEXT_DIRECT]
        cbz     x2, irq_partition
        mrs     x0, icc_iar1_el1
        lsr     w1, w0, #8
        cbnz    w1, irq_acknowledged
        ldrh    w2, [x2, x0, lsl #1]
        cbz     w2, irq_acknowledged
        orr     x1, x0, x0, lsl #32
        orr     x1, x1, x2, lsl #48
        mrs     x3, ich_elrsr_el2
        tbz     x3, #0, irq_second
        msr     ich_lr0_el2, x1
irq_direct:
        msr     icc_eoir1_el1, x0
        ldp     x2, x3, [sp, #16]
        ldp     x0, x1, [sp, #0]
        eret
irq_second:
        tbz     x3, #1, irq_acknowledged
        msr     ich_lr1_el2, x1
        b       irq_direct
        VECTOR
        SAVE
        b       trap_irq
        VECTOR
        SAVE
        b       trap_serror

/* The same of a partition's 32-bit code: it makes no hypercalls. */
        VECTOR
        SAVE
        b       trap_sync
        VECTOR
        SAVE
        b       trap_irq
        VECTOR
        SAVE
        b       trap_irq
        VECTOR
        SAVE
        b       trap_serror
        VECTOR

        .section .text.trap, "ax"

hypercall_unknown:
        ldr     x5, [x10, #HYPERCALLS * 8]
        b       hypercall_dispatch

hypercall_call:
        .if     TRACES
        b.ne    hypercall_traced
        .endif
        blr     x5
hypercall_done:
        mrs     x9, tpidr_el2
        ldr     w10, [x9, #CPU_ATTENTION]
        ldr     x9, [x9]
        sxtw    x0, w0
        cbnz    w10, hypercall_slow
        mov     sp, x9
        ldr     x1, [sp, #8]
        LOAD_CALLERS
        eret

        .if     TRACES
/* The caller's trace holds hypercalls: the handler and the number are arguments six and seven. */
hypercall_traced:
        mov     x6, x8
        bl      kernel_hypercall_traced
        b       hypercall_done
        .endif

/* kernel_resume() is asked for; no context if the handler gave it a new start. */
hypercall_slow:
        cbz     x9, trap_resume
        str     x0, [x9]

/* The end of every event that did not say itself what runs next. */
        .global trap_resume
trap_resume:
        bl      kernel_resume

        .macro  STORE_PAIR first, second, offset
        mrs     x3, \first
        mrs     x4, \second
        stp     x3, x4, [x2, #\offset]
        .endm
        .macro  STORE_CONTEXT           /* of x2; x3, x4 are used */
        STORE_PAIR elr_el2, spsr_el2, CONTEXT_PC
        STORE_PAIR elr_el1, spsr_el1, CONTEXT_ELR
        STORE_PAIR esr_el1, far_el1, CONTEXT_ESR
        STORE_PAIR sp_el0, sp_el1, CONTEXT_SP
        STORE_PAIR vbar_el1, sctlr_el1, CONTEXT_VBAR
        STORE_PAIR cpacr_el1, ttbr0_el1, CONTEXT_CPACR
        STORE_PAIR ttbr1_el1, tcr_el1, CONTEXT_TTBR1
        STORE_PAIR mair_el1, amair_el1, CONTEXT_MAIR
        STORE_PAIR contextidr_el1, tpidr_el0, CONTEXT_CONTEXTIDR
        STORE_PAIR tpidrro_el0, tpidr_el1, CONTEXT_TPIDRRO
        STORE_PAIR par_el1, afsr0_el1, CONTEXT_PAR
        STORE_PAIR afsr1_el1, csselr_el1, CONTEXT_AFSR1
        STORE_PAIR cntkctl_el1, cntv_ctl_el0, CONTEXT_CNTKCTL
        mrs     x3, cntv_cval_el0
        str     x3, [x2, #CONTEXT_CNTV_CVAL]
        .endm

/* Continues the context in x0. */
context_load:
        mrs     x1, tpidr_el2
        ldp     x2, x5, [x1]
        cmp     x0, x2
        b.eq    context_loaded
        cbz     x2, 1f
        STORE_CONTEXT
        cbz     x5, 1f
        mov     x19, x0
        mov     x20, x1
        mov     x0, x2
        bl      context_leave
        mov     x0, x19
        mov     x1, x20
1:      ldr     w5, [x0, #CONTEXT_BEYOND]
        stp     x0, x5, [x1]
        .macro  LOAD_PAIR first, second, offset
        ldp     x3, x4, [x0, #\offset]
        msr     \first, x3
        msr     \second, x4
        .endm
        LOAD_PAIR elr_el2, spsr_el2, CONTEXT_PC
        LOAD_PAIR elr_el1, spsr_el1, CONTEXT_ELR
        LOAD_PAIR esr_el1, far_el1, CONTEXT_ESR
        LOAD_PAIR sp_el0, sp_el1, CONTEXT_SP
        LOAD_PAIR vbar_el1, sctlr_el1, CONTEXT_VBAR
        LOAD_PAIR cpacr_el1, ttbr0_el1, CONTEXT_CPACR
        LOAD_PAIR ttbr1_el1, tcr_el1, CONTEXT_TTBR1
        LOAD_PAIR mair_el1, amair_el1, CONTEXT_MAIR
        LOAD_PAIR contextidr_el1, tpidr_el0, CONTEXT_CONTEXTIDR
        LOAD_PAIR tpidrro_el0, tpidr_el1, CONTEXT_TPIDRRO
        LOAD_PAIR par_el1, afsr0_el1, CONTEXT_PAR
        LOAD_PAIR afsr1_el1, csselr_el1, CONTEXT_AFSR1
        LOAD_PAIR cntkctl_el1, cntv_ctl_el0, CONTEXT_CNTKCTL
        ldr     x3, [x0, #CONTEXT_CNTV_CVAL]
        msr     cntv_cval_el0, x3
        LOAD_PAIR hcr_el2, cptr_el2, CONTEXT_HCR
        ldr     x3, [x0, #CONTEXT_VMPIDR]
        msr     vmpidr_el2, x3
        cbnz    x5, context_load_beyond
context_loaded:
        mov     sp, x0
        LOAD_CALLERS
        LOAD_CALLEES
        ldp     x0, x1, [sp]
        eret

context_load_beyond:
        mov     x19, x0
        bl      context_enter
        mov     x0, x19
        b       context_loaded

irq_partition:
        SAVE_OTHERS
trap_irq:
        STACK   x9
        bl      irq_trap
        b       context_load

/* x0: the line. */
irq_acknowledged:
        SAVE_OTHERS
        STACK   x9
        dsb     sy
        bl      irq_taken
        b       context_load

trap_serror:
        STACK   x9
        bl      fault_serror
        b       trap_end

trap_sync:
        ldr     x10, [sp, #CONTEXT_VM]
        cbnz    x10, trap_vm
        STACK   x9
        bl      fault_trap
trap_end:
        mrs     x9, tpidr_el2
        ldr     w10, [x9, #CPU_ATTENTION]
        cbnz    w10, trap_resume
        ldr     x0, [x9]
        b       context_loaded

/* Of an unmodified operating system; x10: struct vm. The usual one is an access to an emulated device. */
trap_vm:
        mov     x19, sp
        mrs     x20, esr_el2
        STACK   x9
        lsr     w9, w20, #ESR_CLASS_SHIFT
        cmp     w9, #CLASS_DATA
        b.ne    1f
        mov     x0, x10
        mov     x1, x19
        mov     w2, w20
        bl      vm_access
        cbz     w0, 1f
        mrs     x9, elr_el2
        add     x9, x9, #4
        msr     elr_el2, x9
        b       trap_end
1:      mov     x0, x19
        mov     w1, w20
        bl      vm_trap
        b       trap_end

/* In the hypervisor: perhaps an access that may be refused (io.S), which leaves x14 … x17 alone, and gives
 * ELR_EL2 and SPSR_EL2 back to the partition. */
trap_own:
        mrs     x14, elr_el2
        adrp    x15, fixup_start
        add     x15, x15, :lo12:fixup_start
        adrp    x16, fixup_end
        add     x16, x16, :lo12:fixup_end
1:      cmp     x15, x16
        b.hs    trap_panic
        ldr     x17, [x15], #16
        cmp     x17, x14
        b.ne    1b
        ldr     x17, [x15, #-8]
        msr     elr_el2, x17
        eret

/* A fault of the hypervisor's own: its registers are kept (but x14 … x17 where trap_own looked for another way
 * out), then it stops. What was on the stack is given up. */
trap_panic:
        msr     tpidrro_el0, x9         /* a partition's, to which nothing returns */
        mrs     x9, tpidr_el2
        ldr     x9, [x9, #CPU_FAULT]
        stp     x0, x1, [x9, #0]
        stp     x2, x3, [x9, #16]
        stp     x4, x5, [x9, #32]
        stp     x6, x7, [x9, #48]
        mrs     x7, tpidrro_el0
        stp     x8, x7, [x9, #64]
        stp     x10, x11, [x9, #80]
        stp     x12, x13, [x9, #96]
        stp     x14, x15, [x9, #112]
        stp     x16, x17, [x9, #128]
        stp     x18, x19, [x9, #144]
        stp     x20, x21, [x9, #160]
        stp     x22, x23, [x9, #176]
        stp     x24, x25, [x9, #192]
        stp     x26, x27, [x9, #208]
        stp     x28, x29, [x9, #224]
        str     x30, [x9, #240]
        mov     x0, sp
        str     x0, [x9, #CONTEXT_SP + 8]
        mov     x0, x9
        STACK   x9
        b       fault_panic

/* void context_unload(void): the context that is loaded, one with .beyond not 0, is no longer, and none is. */
FUNCTION context_unload
        stp     x29, x30, [sp, #-32]!
        str     x19, [sp, #16]
        mrs     x19, tpidr_el2
        ldr     x2, [x19]
        STORE_CONTEXT
        mov     x0, x2
        bl      context_leave
        stp     xzr, xzr, [x19]
        ldr     x19, [sp, #16]
        ldp     x29, x30, [sp], #32
        ret

/* void hal_cpu_wait(void): an interrupt ends it, masked or not, and stays pending. */
FUNCTION hal_cpu_wait
        dsb     sy
        wfi
        ret
