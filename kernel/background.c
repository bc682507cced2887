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

void background_idle(struct cpu *cpu, struct vcpu *vcpu)
{
    if (vcpu != NULL && vcpu->state == SEP_STATE_IDLE &&
        vcpu->partition->state == SEP_STATE_READY) {
        resume_select(cpu, vcpu);
        if (vcpu_is_runnable(vcpu)) {
            return; // a timer that had expired meanwhile
        }
        resume_pause(cpu);
        vtimer_schedule(cpu);
    } else {
        resume_stop(cpu);
    }
    resume_arm_timer(cpu);
    cpu->now_valid = false;
    if (!sched_background_fits(&cpu->sched, cpu_now(cpu)) || !console_drain_any()) {
        hal_cpu_wait();
    }
    cpu->now_valid = false;
    (void)cpu_take_interrupt(cpu);
}

void background_load(struct cpu *cpu, struct partition *partition)
{
    resume_arm_timer(cpu);
    cpu->now_valid = false;
    if (cpu_take_interrupt(cpu)) {
        return;
    }
    if (sched_background_fits(&cpu->sched, cpu_now(cpu))) {
        load_step(partition);
    } else {
        hal_cpu_wait();
    }
    cpu->now_valid = false;
}
