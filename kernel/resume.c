// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of every event: decides what runs next.

#include <hal/cache.h>
#include <hal/timer.h>
#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/resume.h>
#include <kernel/virq.h>

void resume_pause(struct cpu *cpu)
{
    if (cpu->charged) {
        sep_time_t now = cpu->now_valid ? cpu->now : cpu_now(cpu);

        cpu->running->executed += now - cpu->since;
        cpu->charged = false;
    }
}

void resume_stop(struct cpu *cpu)
{
    if (cpu->running != NULL) {
        resume_pause(cpu);
        if (cpu->running->lines != 0u) {
            virq_lines_off(cpu->running);
        }
        cpu->running = NULL;
    }
}

// The console's interrupt is wanted while a partition runs whose text waits.
static inline void console_turn(struct cpu *cpu, const struct console *console)
{
    bool waits = console != NULL && console->head != console->tail;

    if (waits || cpu->console_wanted) {
        cpu_want_console(cpu, waits);
    }
}

static inline void start_running(struct cpu *cpu, struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    cpu->running = vcpu;
    cpu->since = cpu->now_valid ? cpu->now : cpu_now(cpu);
    cpu->charged = true;
    if (cpu->partition != partition) {
        cpu->partition = partition;
        hal_space_switch(&partition->space);
        console_turn(cpu, partition->console);
    }
    if (vcpu->lines != 0u) {
        virq_lines_on(vcpu);
    }
    cpu->deadline = vcpu->deadline;
    cpu->timer_stale = true;
    if (vtimer_is_armed(&vcpu->timers[SEP_CLOCK_EXEC])) {
        vtimer_schedule(cpu);
    }
    if (time_reached(cpu->now, cpu->deadline)) {
        vtimer_expire(cpu);
    }
}

void resume_select(struct cpu *cpu, struct vcpu *vcpu)
{
    if (cpu->running != vcpu) {
        resume_stop(cpu);
        start_running(cpu, vcpu);
    }
}

void resume_arm_timer(struct cpu *cpu)
{
    sep_time_t deadline = cpu->sched.boundary;

    if (!cpu->timer_stale) {
        return;
    }
    if (cpu->running != NULL && time_reached(deadline, cpu->deadline)) {
        deadline = cpu->deadline;
    }
    hal_timer_arm(time_target(&cpu->clock, deadline));
    cpu->timer_stale = false;
}

struct hal_context *kernel_resume(void)
{
    struct cpu *cpu = cpu_this();

    for (;;) {
        struct vcpu *vcpu = cpu->sched.vcpu;

        if (vcpu == NULL || !vcpu_is_runnable(vcpu)) {
            background_idle(cpu, vcpu);
            continue;
        }
        resume_select(cpu, vcpu);
        if (!cpu->charged) {
            cpu->charged = true;
            cpu->since = cpu_now(cpu);
            vtimer_schedule(cpu);
        }
        if (vcpu->partition->load.phase != LOAD_DONE) {
            background_load(cpu, vcpu->partition);
        } else if (virq_deliver(vcpu) && vcpu_is_runnable(vcpu)) {
            resume_arm_timer(cpu);
            cpu->now_valid = false;
            cpu->hal.attention = 0; // timers that expired on the way here asked for it, too
            return &vcpu->context;
        }
    }
}
