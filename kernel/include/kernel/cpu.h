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
struct pool;

struct cpu {
    struct hal_cpu hal;   ///< first: the architecture finds it from the same address
    struct vcpu *running; ///< whose timers and devices are on: it executes, or idles in its slot
    struct vcpu
        *executing; ///< whose execution clock advances: it runs, or is being loaded; or NULL
    struct partition *partition; ///< whose space is current; NULL: none was yet
    bool timer_stale;            ///< the one-shot must be armed again
    bool console_wanted;         ///< the console's interrupt is on
    sep_time_t now;      ///< time of the running event: set where it begins, and after each wait
    sep_time_t since;    ///< when executing's execution clock went on
    sep_time_t deadline; ///< next timer of the running vCPU, if any of its timers is armed
    uint32_t irq_count;
    /// Classes that trace points of no partition in particular ask for: those of the hypervisor's
    /// trace, and scheduling if any partition's holds it. Set once at boot.
    uint32_t trace;
    uint32_t boundary_count; ///< hal_timer_count() at the boundary, if the one-shot is armed for it
    /// A timer that fires less than this behind its time is on time; 0: none is, for slots are traced.
    uint32_t late_ticks;
    uint32_t late_most; ///< late_ticks where nothing else sets them to 0. Set once at boot
    struct hal_clock clock;
    struct sched sched;
    /// For other processors, who would change what may run here (resume_publish()): whose turn it is, and the
    /// pool whose slot it is.
    const struct vcpu *current;
    const struct pool *current_pool;
};

extern struct cpu cpus[CONFIG_CPUS_MAX];

static inline struct cpu *cpu_this(void)
{
    return (struct cpu *)hal_cpu_this();
}

/// Begins an event, or goes on with one after a wait: cpu->now is read from the clock. It stays at a
/// boundary that has passed until the timer's interrupt is taken, for which the boundary is now.
void cpu_read_clock(struct cpu *cpu);

/// The processor's clock begins as another one's, whose counter it shares. Boot only.
void cpu_start_clock(struct cpu *cpu, const struct hal_clock *clock);

/// The timer may fire this late, in nanoseconds, and its time still counts as now: about twice what a
/// slow machine takes from the interrupt to here.
#define CPU_LATE_NS 10000u

/// An event begins with an interrupt that was taken: reads the clock, and handles anything but a boundary of the
/// scheduler that is on time.
void cpu_handle_interrupt(struct cpu *cpu, int32_t irq);

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
