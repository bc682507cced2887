// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Per-CPU data, and the hardware's interrupts.

#include <hal/console.h>
#include <hal/irq.h>
#include <hal/trap.h>
#include <kernel/cold.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/partition.h>
#include <kernel/trace.h>
#include <kernel/virq.h>

struct cpu cpus[CONFIG_CPUS_MAX];

void cpu_read_clock(struct cpu *cpu)
{
    cpu->now = time_update(&cpu->clock);
    if (time_reached(cpu->now, cpu->sched.boundary)) {
        cpu->now = cpu->sched.boundary;
    }
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
    if (wanted != cpu->console_wanted) {
        cpu->console_wanted = wanted;
        hal_console_irq(wanted);
    }
}

COLD void cpu_handle_interrupt(struct cpu *cpu, int32_t irq)
{
    cpu->irq_count++;
    if (irq == HAL_IRQ_TIMER) {
        timer_fired(cpu);
    } else if (irq == HAL_IRQ_CONSOLE) {
        console_ready(cpu);
    } else if (cpu->sched.waiting) {
        sched_line(cpu, (uint32_t)irq);
    } else if (irq >= 0 && cpu->running != NULL) {
        trace_own(cpu, SEP_TRACE_INTERRUPTS, SEP_TRACE_EVENT_IRQ, (uint32_t)irq, 0, 0);
        virq_line(cpu->running, (uint32_t)irq);
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
