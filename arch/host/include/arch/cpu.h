// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// The simulated processors: which one executes is chosen by the test.

#ifndef ARCH_CPU_H
#define ARCH_CPU_H

struct hal_cpu {
    struct hal_context *context;
    uint32_t attention;
    uint32_t trace;
    const struct hal_clock *clock;
};

/// The processor that executes; a test that uses threads has one in each.
extern _Thread_local uint32_t host_cpu;

/// Per-CPU data, set at power-on.
extern struct hal_cpu *host_cpu_data[CONFIG_CPUS_MAX];

/// A turn of a polling loop takes simulated time.
void host_relax(void);

static inline uint32_t hal_cpu_index(void)
{
    return host_cpu;
}

static inline struct hal_cpu *hal_cpu_this(void)
{
    return host_cpu_data[host_cpu];
}

static inline void hal_cpu_attention(struct hal_cpu *cpu)
{
    cpu->attention = 1;
}

static inline void hal_cpu_relax(void)
{
    host_relax();
}

#endif
