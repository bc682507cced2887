// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The architecture's part of the per-CPU data, and the processor.

#ifndef ARCH_CPU_H
#define ARCH_CPU_H

struct hal_cpu {
    struct hal_context *context;
    /// State of the loaded context while the hypervisor runs. 0: its windows and %g2 … %g7 are still
    /// in the processor (a hypercall on its fast path). 1: all of it is in memory.
    uint32_t saved;
    /// Declared stack area of the loaded context, as the window handlers compare it: a stack pointer
    /// is inside if (sp - stack_base) <= stack_limit.
    uint32_t stack_base;
    uint32_t stack_limit;
    uint32_t attention;
    /// %wim of the loaded context's windows; equals the register whenever the guest runs.
    uint32_t wim;
    /// %psr at the entry of the running hypercall: where its trap window is.
    uint32_t trap_psr;
    /// Classes that the trace of the running partition holds, enum sep_trace_class.
    uint32_t trace;
    const struct hal_clock *clock;
    /// Interrupt lines whose trap was taken (which acknowledges them) and not yet asked for.
    uint32_t latched;
    /// Whose values the floating-point registers hold; NULL: nobody's.
    struct hal_context *fp_owner;
} __attribute__((
    aligned(64))); // no piece of 1 KiB ends in it: %lo() of a member lies behind %hi(cpus)

/// The kernel's array of per-CPU data, whose first member is the struct above.
extern struct hal_cpu sparc_cpus[] __asm__("cpus");

static inline uint32_t hal_cpu_index(void)
{
    return 0; // one processor: smp_absent.c
}

static inline struct hal_cpu *hal_cpu_this(void)
{
    return sparc_cpus;
}

static inline void hal_cpu_attention(struct hal_cpu *cpu)
{
    cpu->attention = 1;
}

// The compiler takes four instructions and the load. The nop is annulled where the branch is not taken.
static inline bool cpu_any(uint32_t word, uint32_t bits)
{
    __asm__ goto("andcc %0, %1, %%g0\n\tbne,a %l[any]\n\t nop"
                 :
                 : "r"(word), "rI"(bits)
                 : "cc"
                 : any);
    return false;
any:
    return true;
}

#define HAL_ANY(word, bits) cpu_any((word), (bits))

static inline void hal_cpu_relax(void)
{
    __asm__ volatile("" : : : "memory");
}

#endif
