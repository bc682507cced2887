// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a vCPU in memory.
//
// x0 … x30 of the loaded context are in memory whenever C runs. Everything else of it is in the
// processor until another one is loaded (trap.S); context_read() and context_write() know where.

#ifndef ARCH_CONTEXT_H
#define ARCH_CONTEXT_H

#include <arch/sysreg.h>
#include <hal/cpu.h>

#define FP_WORDS 64u

// Stored and loaded by trap.S, in pairs and in this order.
struct hal_context {
    uint64_t x[31];
    uint64_t pc;     ///< ELR_EL2
    uint64_t pstate; ///< SPSR_EL2
    uint64_t elr;    ///< of EL1, as the ones below
    uint64_t spsr;
    uint64_t esr;
    uint64_t far;
    uint64_t sp_el0;
    uint64_t sp_el1;
    uint64_t vbar;
    uint64_t sctlr;
    uint64_t cpacr;
    uint64_t ttbr0;
    uint64_t ttbr1;
    uint64_t tcr;
    uint64_t mair;
    uint64_t amair;
    uint64_t contextidr;
    uint64_t tpidr_el0;
    uint64_t tpidrro_el0;
    uint64_t tpidr_el1;
    uint64_t par;
    uint64_t afsr0;
    uint64_t afsr1;
    uint64_t csselr;
    uint64_t cntkctl;
    uint64_t cntv_ctl;
    uint64_t cntv_cval;
    // Loaded only: what the hypervisor lets the vCPU do.
    uint64_t hcr;
    uint64_t cptr;
    uint64_t vmpidr;
    /// What an empty list register gets when a line arrives, by number: bits 63:48. NULL: it goes another way.
    const uint16_t *direct;
    struct vm *vm; ///< of an unmodified operating system; NULL: it is none
    /// The syndrome of a hypercall, which 0 is of none: an unmodified operating system makes none.
    uint32_t hypercall;
    /// Not 0: context_leave() and context_enter() have something to do.
    uint32_t beyond;
    // C only.
    uint64_t trap_base; ///< 0: no trap table
    bool fp_allowed;
    uint64_t vdisr; ///< newer.c
    uint64_t tpidr2;
    uint64_t fpsr;
    uint64_t fpcr;
    uint64_t fp[FP_WORDS];
};

/// A register that trap.S moves, of a context that may be loaded.
#define context_read(context, field, sysreg)                                                       \
    (hal_cpu_this()->context == (context) ? SYSREG_READ(sysreg) : (context)->field)
#define context_write(context, field, sysreg, value)                                               \
    do {                                                                                           \
        uint64_t context_value = (value);                                                          \
                                                                                                   \
        if (hal_cpu_this()->context == (context)) {                                                \
            SYSREG_WRITE(sysreg, context_value);                                                   \
        }                                                                                          \
        (context)->field = context_value;                                                          \
    } while (0)

// The guest's own mask of IRQ, which it changes without the hypervisor. An
// unmodified operating system has an interrupt controller that takes them at any time.
static inline bool hal_context_irq_enabled(const struct hal_context *context)
{
    return context->vm != NULL || (context_read(context, pstate, spsr_el2) & PSTATE_IRQ) == 0u;
}

/// No context is loaded any more. In trap.S; the one that is has .beyond not 0.
void context_unload(void);

// One that waits is a virtual IRQ of the processor, too: it is taken when the guest unmasks it, at
// vectors that come to the hypervisor. An unmodified operating system's timer interrupts, and its virtual interrupts end
// each wait, while it is loaded.
static inline void hal_context_irq_switch(struct hal_context *context, enum hal_irq_switch to)
{
    uint64_t pstate = context_read(context, pstate, spsr_el2);

    if (to == HAL_IRQ_STOPPED) {
        if (context->vm != NULL && hal_cpu_this()->context == context) {
            context_unload();
        }
    } else if (to == HAL_IRQ_ON) {
        context_write(context, pstate, spsr_el2, pstate & ~(uint64_t)PSTATE_IRQ);
    } else if (to == HAL_IRQ_OFF) {
        context_write(context, pstate, spsr_el2, pstate | PSTATE_IRQ);
    } else if (context->vm == NULL) {
        context_write(context, hcr, hcr_el2, context->hcr | HCR_VI);
    }
}

#endif
