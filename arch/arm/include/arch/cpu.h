// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The architecture's part of the per-CPU data, and the processor.

#ifndef ARCH_CPU_H
#define ARCH_CPU_H

struct hal_cpu {
    struct hal_context *context;
    uint64_t beyond; ///< of the latest context that was loaded; trap.S moves both as a pair
    uint32_t attention;
    /// Classes that the trace of the running partition holds, enum sep_trace_class.
    uint32_t trace;
    const struct hal_clock *clock;
    /// Whose values the floating-point registers hold; NULL: nobody's.
    struct hal_context *fp_owner;
};

/// The kernel's array of per-CPU data, whose first member is the struct above.
extern struct hal_cpu arm_cpus[] __asm__("cpus");

static inline uint32_t hal_cpu_index(void)
{
    return 0; // one processor: smp_absent.c
}

static inline struct hal_cpu *hal_cpu_this(void)
{
    return arm_cpus;
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
