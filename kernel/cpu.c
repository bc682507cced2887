// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Per-CPU data, and the hardware's interrupts.

#include <hal/console.h>
#include <hal/irq.h>
#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/virq.h>

struct cpu cpus[CONFIG_CPUS_MAX];

sep_time_t cpu_now(struct cpu *cpu)
{
    if (!cpu->now_valid) {
        cpu->now = time_update(&cpu->clock);
        cpu->now_valid = true;
    }
    return cpu->now;
}

static void timer_fired(struct cpu *cpu)
{
    cpu->timer_stale = true;
    (void)cpu_now(cpu);
    sched_advance(cpu);
    if (cpu->running != NULL && time_reached(cpu->now, cpu->deadline)) {
        vtimer_expire(cpu);
    }
}

// The console takes more: the running partition's text goes on, in its own time.
static void console_ready(const struct cpu *cpu)
{
    struct vcpu *vcpu = cpu->running;
    struct console *console = vcpu != NULL ? vcpu->partition->console : NULL;

    hal_console_irq(console != NULL && console_drain(console, CONSOLE_BURST));
}

bool cpu_take_interrupt(struct cpu *cpu)
{
    int32_t irq = hal_irq_take();

    if (irq == HAL_IRQ_NONE) {
        return false;
    }
    cpu->irq_count++;
    if (irq == HAL_IRQ_TIMER) {
        timer_fired(cpu);
    } else if (irq == HAL_IRQ_CONSOLE) {
        console_ready(cpu);
    } else if (irq >= 0 && cpu->running != NULL) {
        virq_line(cpu->running, (uint32_t)irq);
    }
    return true;
}

void kernel_interrupt(void)
{
    (void)cpu_take_interrupt(cpu_this());
}
