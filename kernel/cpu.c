// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Per-CPU data, and the hardware's interrupts.

#include <hal/console.h>
#include <hal/irq.h>
#include <hal/kconfig.h>
#include <hal/trap.h>
#include <kernel/cold.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/shared.h>
#include <kernel/smp.h>
#include <kernel/trace.h>
#include <kernel/virq.h>

struct cpu cpus[CONFIG_CPUS_MAX];

struct hal_cpu *kernel_cpu_data(uint32_t cpu)
{
    return &cpus[cpu].hal;
}

void cpu_start_clock(struct cpu *cpu, const struct hal_clock *clock)
{
    cpu->clock = *clock;
    cpu->hal.clock = &cpu->clock;
    if (!trace_wants(cpu->trace, SEP_TRACE_SCHEDULING)) {
        cpu->late_most = time_ticks(&cpu->clock, CPU_LATE_NS) - cpu->clock.count;
    }
}

static inline void read_clock(struct cpu *cpu)
{
    cpu->now = time_update(&cpu->clock);
    if (time_reached(cpu->now, cpu->sched.boundary)) {
        cpu->now = cpu->sched.boundary;
    }
}

void cpu_read_clock(struct cpu *cpu)
{
    read_clock(cpu);
}

/// Later than this is an overrun.
#define OVERRUN_NS ((sep_time_t)CONFIG_OVERRUN_US * 1000u)

// The boundary is met late, and the vCPU of the slot that ends executed until now: that took the
// time, and what was done for it.
COLD static void advance(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->sched.vcpu;
    sep_time_t late = cpu->now - cpu->sched.boundary;

    sched_advance(cpu);
    if (vcpu != NULL && cpu->executing == vcpu && time_reached(late, OVERRUN_NS)) {
        event_raise_plain(vcpu, SEP_EVENT_OVERRUN, (uint32_t)(late / 1000u));
    }
}

COLD static void timer_fired(struct cpu *cpu)
{
    cpu->timer_stale = true;
    cpu->now = time_update(&cpu->clock);
    if (time_reached(cpu->now, cpu->sched.boundary)) {
        advance(cpu);
    }
    if (cpu->running != NULL && cpu->running->armed != 0u &&
        time_reached(cpu->now, cpu->deadline)) {
        vtimer_expire(cpu);
    }
}

// The console takes more: the running partition's text goes on, in its own time.
COLD static void console_ready(struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->running;

    cpu_want_console(cpu, vcpu != NULL && console_drain(vcpu->partition->console, CONSOLE_BURST));
}

COLD void cpu_want_console(struct cpu *cpu, bool wanted)
{
    // The console's interrupt is the first processor's.
    if (CONFIG_CPUS_MAX > 1 && hal_cpu_index() != 0u) {
        return;
    }
    if (wanted != cpu->console_wanted) {
        cpu->console_wanted = wanted;
        hal_console_irq(wanted);
    }
}

// Neither a line nor the timer.
COLD static void handle_own(struct cpu *cpu, int32_t irq)
{
    cpu_read_clock(cpu);
    if (irq == HAL_IRQ_CONSOLE) {
        console_ready(cpu);
    } else if (CONFIG_CPUS_MAX > 1) { // a kick
        smp_kicked();
        if (IS_ENABLED(CONFIG_POOLS)) {
            pool_kicked(cpu);
        }
        hal_cpu_attention(&cpu->hal);
    } else {
        // There is no other.
    }
}

// A line: a plan's, or a partition's, that is a fast one of a pool's slot or one of who runs.
void cpu_handle_interrupt(struct cpu *cpu, int32_t irq)
{
    shared_count(&cpu->irq_count);
    if (irq < 0) {
        if (irq == HAL_IRQ_TIMER) {
            timer_fired(cpu);
        } else {
            handle_own(cpu, irq);
        }
        return;
    }
    if (cpu->sched.waiting) {
        sched_line(cpu, (uint32_t)irq); // since the event began, or the wait ended
        return;
    }
    read_clock(cpu);
    trace_own(cpu, SEP_TRACE_INTERRUPTS, SEP_TRACE_EVENT_IRQ, (uint32_t)irq, 0, 0);
    if (IS_ENABLED(CONFIG_POOLS) && cpu->sched.pool != NULL) {
        pool_fast_take(cpu, (uint32_t)irq);
    } else if (cpu->running != NULL) {
        virq_line(cpu->running, (uint32_t)irq);
    } else {
        // Its owner has the processor no longer.
    }
}

COLD bool cpu_take_interrupt(struct cpu *cpu)
{
    int32_t irq = hal_irq_take();

    if (irq == HAL_IRQ_NONE) {
        return false;
    }
    cpu_handle_interrupt(cpu, irq);
    return true;
}
