// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the hypervisor does while no partition runs: consoles come out, partitions are loaded. Never
// so close to the next boundary that it would be delayed (sched_background_fits()).

#include <hal/cpu.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/resume.h>

void background_idle(struct cpu *cpu)
{
    resume_arm_timer(cpu);
    if (!sched_background_fits(&cpu->sched, cpu->now) || !console_drain_any()) {
        hal_cpu_wait();
    }
    cpu_read_clock(cpu);
    (void)cpu_take_interrupt(cpu);
}

void background_load(struct cpu *cpu, struct partition *partition)
{
    resume_arm_timer(cpu);
    if (cpu_take_interrupt(cpu)) {
        return;
    }
    if (sched_background_fits(&cpu->sched, cpu->now)) {
        load_step(partition);
    } else {
        hal_cpu_wait();
    }
    cpu_read_clock(cpu);
}
