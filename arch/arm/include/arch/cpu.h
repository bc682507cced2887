// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The architecture's part of the per-CPU data, and the processor.

#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <septum/types.h>

struct hal_cpu {
    struct hal_context *context;
    uint64_t beyond; ///< of the latest context that was loaded; trap.S moves both as a pair
    void *stack;     ///< its end
    struct hal_context *fault; ///< where the registers of a fault of its own are kept
    uint32_t attention;
    /// Classes that the trace of the running partition holds, enum sep_trace_class.
    uint32_t trace;
    const struct hal_clock *clock;
    /// Whose values the floating-point registers hold; NULL: nobody's.
    struct hal_context *fp_owner;
    uint32_t index;
    uint32_t acknowledged;   ///< interrupt controller of version 2: what its interface last gave
    uintptr_t redistributor; ///< version 3: address of its own
};

// The register holds the address from boot_processor() on.
static inline struct hal_cpu *hal_cpu_this(void)
{
    struct hal_cpu *cpu;

    __asm__("mrs %0, tpidr_el2" : "=r"(cpu));
    return cpu;
}

static inline uint32_t hal_cpu_index(void)
{
    return CONFIG_CPUS_MAX == 1 ? 0u : hal_cpu_this()->index;
}

static inline void hal_cpu_attention(struct hal_cpu *cpu)
{
    cpu->attention = 1;
}

// An emulator that runs all processors in turn goes on to the next one here.
static inline void hal_cpu_relax(void)
{
    __asm__ volatile("yield" : : : "memory");
}

#endif
