// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of every event: decides what runs next, and idles until something does.

#include <hal/cache.h>
#include <hal/console.h>
#include <hal/timer.h>
#include <hal/trap.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/virq.h>

// The running vCPU's execution clock stops: it idles, or loses the processor.
static void pause_running(struct cpu *cpu)
{
    if (cpu->charged) {
        cpu->running->executed += cpu_now(cpu) - cpu->since;
        cpu->charged = false;
    }
}

// The running vCPU loses the processor: its timers and devices are quiet.
static void stop_running(struct cpu *cpu)
{
    if (cpu->running != NULL) {
        pause_running(cpu);
        virq_lines_off(cpu->running);
        cpu->running = NULL;
    }
}

static void start_running(struct cpu *cpu, struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    cpu->running = vcpu;
    cpu->since = cpu_now(cpu);
    cpu->charged = true;
    if (cpu->partition != partition) {
        cpu->partition = partition;
        hal_space_switch(&partition->space);
        hal_console_irq(partition->console != NULL &&
                        partition->console->head != partition->console->tail);
    }
    virq_lines_on(vcpu);
    vtimer_schedule(cpu);
    if (time_reached(cpu->now, cpu->deadline)) {
        vtimer_expire(cpu);
    }
}

// vcpu has the slot: its timers and devices are on.
static void select_running(struct cpu *cpu, struct vcpu *vcpu)
{
    if (cpu->running != vcpu) {
        stop_running(cpu);
        start_running(cpu, vcpu);
    }
}

static void arm_timer(struct cpu *cpu)
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

// Nothing may run: consoles come out, then the processor sleeps until an interrupt.
static void idle(struct cpu *cpu, struct vcpu *vcpu)
{
    if (vcpu != NULL && vcpu->state == SEP_STATE_IDLE &&
        vcpu->partition->state == SEP_STATE_READY) {
        select_running(cpu, vcpu);
        pause_running(cpu);
        vtimer_schedule(cpu);
    } else {
        stop_running(cpu);
    }
    arm_timer(cpu);
    cpu->now_valid = false;
    if (!sched_background_fits(&cpu->sched, cpu_now(cpu)) || !console_drain_any()) {
        hal_cpu_wait();
    }
    cpu->now_valid = false;
    (void)cpu_take_interrupt(cpu);
}

// A step of the partition's own loading, or a wait where a step might not fit.
static void load(struct cpu *cpu, struct partition *partition)
{
    arm_timer(cpu);
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

struct hal_context *kernel_resume(void)
{
    struct cpu *cpu = cpu_this();

    for (;;) {
        struct vcpu *vcpu = cpu->sched.vcpu;

        if (vcpu == NULL || !vcpu_is_runnable(vcpu)) {
            idle(cpu, vcpu);
            continue;
        }
        select_running(cpu, vcpu);
        if (!cpu->charged) {
            cpu->charged = true;
            cpu->since = cpu_now(cpu);
            vtimer_schedule(cpu);
        }
        if (vcpu->partition->load.phase != LOAD_DONE) {
            load(cpu, vcpu->partition);
        } else if (virq_deliver(vcpu) && vcpu_is_runnable(vcpu)) {
            arm_timer(cpu);
            cpu->now_valid = false;
            cpu->hal.attention = 0; // timers that expired on the way here asked for it, too
            return &vcpu->context;
        }
    }
}
