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

// The functions that are inlined into kernel_resume() and used by background work too.
static inline void pause_running(struct cpu *cpu)
{
    if (cpu->charged) {
        cpu->running->executed += cpu->now - cpu->since;
        cpu->charged = false;
    }
}

static inline void stop_running(struct cpu *cpu)
{
    if (cpu->running != NULL) {
        pause_running(cpu);
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

// A timer of the running vCPU may have expired before its slot. True if one had: anything may have
// followed from that.
__attribute__((noinline)) static bool look_at_timers(struct cpu *cpu)
{
    vtimer_schedule(cpu);
    if (!time_reached(cpu->now, cpu->deadline)) {
        return false;
    }
    vtimer_expire(cpu);
    return true;
}

static inline bool start_running(struct cpu *cpu, struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    cpu->running = vcpu;
    cpu->since = cpu->now;
    cpu->charged = true;
    cpu->timer_stale = true;
    if (cpu->partition != partition) {
        cpu->partition = partition;
        hal_space_switch(&partition->space);
        console_turn(cpu, partition->console);
    }
    if (vcpu->lines != 0u) {
        virq_lines_on(vcpu);
    }
    return vcpu->armed != 0u && look_at_timers(cpu);
}

// True if whether vcpu may run has to be asked again.
static inline bool select_running(struct cpu *cpu, struct vcpu *vcpu)
{
    if (cpu->running == vcpu) {
        return false;
    }
    stop_running(cpu);
    return start_running(cpu, vcpu);
}

static inline void arm_timer(struct cpu *cpu)
{
    sep_time_t deadline = cpu->sched.boundary;

    if (cpu->running != NULL && cpu->running->armed != 0u &&
        time_reached(deadline, cpu->deadline)) {
        deadline = cpu->deadline;
    }
    hal_timer_arm(time_target(&cpu->clock, deadline));
    cpu->timer_stale = false;
}

void resume_pause(struct cpu *cpu)
{
    (void)cpu_now(cpu);
    pause_running(cpu);
}

void resume_stop(struct cpu *cpu)
{
    (void)cpu_now(cpu);
    stop_running(cpu);
}

void resume_select(struct cpu *cpu, struct vcpu *vcpu)
{
    (void)cpu_now(cpu);
    (void)select_running(cpu, vcpu);
}

void resume_arm_timer(struct cpu *cpu)
{
    if (cpu->timer_stale) {
        arm_timer(cpu);
    }
}

// The slot's vCPU runs: whether it can go on at once, its own affairs being settled.
static inline bool settle(struct cpu *cpu, struct vcpu *vcpu)
{
    if (select_running(cpu, vcpu)) {
        return false;
    }
    if (!cpu->charged) {
        cpu->charged = true;
        cpu->since = cpu->now;
        vtimer_schedule(cpu);
    }
    if (vcpu->partition->load.phase != LOAD_DONE) {
        background_load(cpu, vcpu->partition);
        return false;
    }
    return (vcpu->pending & ~vcpu->masked) == 0u || virq_deliver(vcpu);
}

struct hal_context *kernel_resume(void)
{
    struct cpu *cpu = cpu_this();

    for (;;) {
        struct vcpu *vcpu = cpu->sched.vcpu;

        if (!cpu->now_valid) {
            (void)cpu_now(cpu);
        }
        if (vcpu == NULL || !vcpu_is_runnable(vcpu)) {
            background_idle(cpu, vcpu);
        } else if (settle(cpu, vcpu)) {
            if (cpu->timer_stale) {
                arm_timer(cpu);
            }
            cpu->now_valid = false;
            cpu->hal.attention = 0;
            return &vcpu->context;
        }
    }
}
