// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Per-CPU data: what a processor owns and no other one touches.

#ifndef KERNEL_CPU_H
#define KERNEL_CPU_H

#include <hal/cpu.h>
#include <kernel/sched.h>
#include <kernel/time.h>

struct vcpu;
struct partition;

struct cpu {
    struct hal_cpu hal;          ///< first: the architecture finds it from the same address
    struct vcpu *running;        ///< whose timers and devices are on: it runs, or idles in its slot
    struct partition *partition; ///< whose space is current; NULL: none was yet
    sep_time_t now;              ///< hardware clock at the running event, if now_valid
    sep_time_t since;            ///< when running's execution clock went on, if charged
    sep_time_t deadline;         ///< next timer of the running vCPU
    bool now_valid;
    bool charged;        ///< running's execution clock advances
    bool timer_stale;    ///< the one-shot must be armed again
    bool console_wanted; ///< the console's interrupt is on
    uint32_t irq_count;
    struct time_clock clock;
    struct sched sched;
};

extern struct cpu cpus[CONFIG_CPUS_MAX];

static inline struct cpu *cpu_this(void)
{
    return (struct cpu *)hal_cpu_this();
}

/// Time of the running event, read from the clock once.
sep_time_t cpu_now(struct cpu *cpu);

/// Whether the console's interrupt is to bring out the running partition's text.
void cpu_want_console(struct cpu *cpu, bool wanted);

/// Takes one pending interrupt, if any. True if there was one.
bool cpu_take_interrupt(struct cpu *cpu);

/// The vCPU that issues the hypercall being handled.
static inline struct vcpu *cpu_caller(void)
{
    return cpu_this()->running;
}

#endif
