// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The end of every event: decides what runs next.

#include <hal/irq.h>
#include <hal/kconfig.h>
#include <hal/timer.h>
#include <hal/trap.h>
#include <kernel/cold.h>
#include <kernel/console.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <kernel/pool.h>
#include <kernel/resume.h>
#include <kernel/shared.h>
#include <kernel/virq.h>

/// Bits of all timers in vcpu.armed.
#define ANY_CLOCK ((1u << (uint32_t)SEP_CLOCK_COUNT) - 1u)

COLD void resume_pause(struct cpu *cpu)
{
    if (cpu->executing != NULL) {
        shared_add64(&cpu->executing->executed, cpu->now - cpu->since);
        cpu->executing = NULL;
        cpu->timer_stale = true; // its execution clock's timer stops
    }
}

COLD void resume_stop(struct cpu *cpu)
{
    resume_pause(cpu);
    if (cpu->running != NULL) {
        virq_lines_off(cpu->running);
        hal_context_irq_switch(&cpu->running->context, HAL_IRQ_STOPPED);
        cpu->running = NULL;
    }
}

// The console's interrupt is wanted while a partition runs whose text waits.
static inline void console_turn(struct cpu *cpu, const struct console *console)
{
    uint32_t waiting = console->head - shared_read(&console->tail);

    if ((waiting | (uint32_t)cpu->console_wanted) != 0u) {
        cpu_want_console(cpu, waiting != 0u);
    }
}

// vCPU gets the timers and devices; its space becomes the current one.
static inline void become_running(struct cpu *cpu, struct vcpu *vcpu)
{
    struct partition *partition = vcpu->partition;

    if (cpu->running != NULL && cpu->running->lines != 0u) {
        virq_lines_off(cpu->running);
    }
    cpu->running = vcpu;
    if (cpu->partition != partition) {
        cpu->partition = partition;
        if (IS_ENABLED(CONFIG_SERVICE_TRACE)) {
            cpu->hal.trace = partition->trace_mask;
        }
        hal_space_switch(&partition->space);
    }
    console_turn(cpu, partition->console);
    if (vcpu->lines != 0u && (vcpu->lines & ~(vcpu->masked | vcpu->pending)) != 0u) {
        virq_lines_on(vcpu);
    }
}

// vcpu executes from now on.
static inline void execute(struct cpu *cpu, struct vcpu *vcpu)
{
    if (cpu->executing != NULL) {
        shared_add64(&cpu->executing->executed, cpu->now - cpu->since);
    } else {
        cpu->timer_stale = true; // its execution clock goes on; at a boundary it is stale anyway
    }
    if (cpu->running != vcpu) {
        become_running(cpu, vcpu);
    }
    cpu->executing = vcpu;
    cpu->since = cpu->now;
}

// The next event is a timer of the running vCPU, or far away: the clock's base moves to now, and what
// the timer finds is worked out when it fires.
COLD static void arm_timer_for_any(struct cpu *cpu)
{
    sep_time_t deadline = cpu->sched.boundary;
    sep_time_t now = time_update(&cpu->clock);
    uint32_t wait = 0;

    cpu->timer_stale = false;
    if (resume_has_timer(cpu) && time_reached(deadline, cpu->deadline)) {
        deadline = cpu->deadline;
    }
    if (!time_reached(now, deadline)) {
        wait = cpu->clock.horizon;
        if (!time_reached(deadline, now + wait)) {
            wait = (uint32_t)(deadline - now);
        }
    }
    wait = time_ticks(&cpu->clock, wait);
    cpu->boundary_count = wait + (UINT32_MAX / 2u); // not for a boundary
    hal_timer_arm(wait);
}

// The boundary is near enough to the clock's base, and not before it: the timer is armed for it.
static inline bool arm_timer_from_base(struct cpu *cpu)
{
    uint64_t wait = cpu->sched.boundary - cpu->clock.ns;

    if ((uint32_t)(wait >> 32) != 0u || (uint32_t)wait > cpu->clock.horizon) {
        return false;
    }
    cpu->timer_stale = false;
    cpu->boundary_count = time_ticks(&cpu->clock, (uint32_t)wait);
    hal_timer_arm(cpu->boundary_count);
    return true;
}

// The base moves to now, and the boundary is still met as any other. Idle time does so each time, so that slots
// need it only where the processor has none.
COLD static void arm_timer_from_now(struct cpu *cpu)
{
    (void)time_update(&cpu->clock);
    if (!arm_timer_from_base(cpu)) {
        arm_timer_for_any(cpu);
    }
}

// No timer of the running vCPU is armed.
static inline void arm_timer_for_boundary(struct cpu *cpu)
{
    if (!arm_timer_from_base(cpu)) {
        arm_timer_from_now(cpu);
    }
}

COLD void resume_arm_timer(struct cpu *cpu)
{
    if (!cpu->timer_stale) {
        return;
    }
    if (resume_has_timer(cpu)) {
        arm_timer_for_any(cpu);
    } else {
        arm_timer_from_now(cpu);
    }
}

// Timers of the running vCPU are armed. One may have expired already: true, and anything may have
// followed from that.
COLD static bool timer_expired(struct cpu *cpu)
{
    vtimer_schedule(cpu);
    if (time_reached(cpu->now, cpu->deadline)) {
        vtimer_expire(cpu);
        return true;
    }
    arm_timer_for_any(cpu);
    return false;
}

static inline bool has_turn(const struct vcpu *vcpu)
{
    return vcpu != NULL && shared_read(&vcpu->partition->state) == SEP_STATE_READY;
}

// From here on other processors know whose turn it is, and what they have asked for before is seen here.
static inline void publish(struct cpu *cpu, const struct vcpu *vcpu)
{
    if (CONFIG_CPUS_MAX > 1 && (cpu->current != vcpu || cpu->current_pool != cpu->sched.pool)) {
        shared_write(&cpu->current, vcpu);
        shared_write(&cpu->current_pool, cpu->sched.pool);
        shared_fence();
    }
}

// An event begins: with an interrupt, or HAL_IRQ_NONE.
static inline void meet(struct cpu *cpu, int32_t irq)
{
    // The usual case: a slot ends on time. Then its nominal end is now.
    if (__builtin_expect(irq == HAL_IRQ_TIMER, 1) &&
        hal_timer_count() - cpu->boundary_count < cpu->late_ticks) {
        cpu->now = cpu->sched.boundary;
        shared_count(&cpu->irq_count);
        sched_pass(cpu);
    } else if (irq != HAL_IRQ_NONE) {
        cpu_handle_interrupt(cpu, irq);
    } else {
        cpu_read_clock(cpu);
    }
}

COLD void resume_wait(struct cpu *cpu)
{
    hal_cpu_wait();
    if (cpu->sched.waiting) {
        cpu_read_clock(cpu);
    }
    meet(cpu, hal_irq_take());
}

// Loading is the vCPU's own work, but needs nothing of its own on the processor.
COLD static void load(struct cpu *cpu, struct vcpu *vcpu)
{
    if (cpu->executing != vcpu) {
        resume_stop(cpu);
        cpu->executing = vcpu;
        cpu->since = cpu->now;
    }
    background_load(cpu, vcpu->partition);
    if (vcpu->state != SEP_STATE_LOADING) {
        resume_pause(cpu);
    }
}

// No guest instruction follows: nobody's turn, or the slot's vCPU is being loaded, or it idles, its
// timers and devices on.
COLD static void without_guest(struct cpu *cpu, struct vcpu *vcpu)
{
    if (vcpu != NULL && partition_is_asked(vcpu->partition)) {
        partition_answer(vcpu->partition);
        return;
    }
    if (IS_ENABLED(CONFIG_POOLS) && cpu->sched.pool != NULL) {
        publish(cpu, NULL); // whoever of the pool is wanted, may be next
        if (CONFIG_CPUS_MAX > 1 && shared_read(&cpu->sched.pool->asked)) {
            pool_answer(cpu->sched.pool);
            return; // it is looked at anew
        }
        pool_choose(cpu);
        if (cpu->sched.vcpu != NULL && cpu->sched.vcpu != vcpu) {
            return;
        }
    }
    if (!has_turn(vcpu) || (vcpu->state != SEP_STATE_IDLE && vcpu->state != SEP_STATE_LOADING)) {
        resume_stop(cpu);
        background_idle(cpu);
    } else if (vcpu->state == SEP_STATE_LOADING) {
        load(cpu, vcpu);
    } else if (cpu->running == vcpu) {
        resume_pause(cpu);
        vtimer_schedule(cpu);
        background_idle(cpu);
    } else {
        vcpu->state = SEP_STATE_READY; // it lost the processor meanwhile: it idles no longer
    }
}

// The end of an event that began at cpu->now: what runs next.
static inline struct hal_context *resume(struct cpu *cpu)
{
    for (;;) {
        struct vcpu *vcpu = cpu->sched.vcpu;

        publish(cpu, vcpu);
        if (!has_turn(vcpu) || vcpu->state != SEP_STATE_READY) {
            without_guest(cpu, vcpu);
            continue;
        }
        if (partition_is_asked(vcpu->partition)) {
            partition_answer(vcpu->partition);
            continue;
        }
        if (cpu->executing != vcpu) {
            execute(cpu, vcpu);
        }
        if (HAL_ANY(vcpu->armed, ANY_CLOCK) && cpu->timer_stale && timer_expired(cpu)) {
            continue;
        }
        if ((vcpu->pending & ~vcpu->masked) == 0u || virq_deliver(vcpu)) {
            if (cpu->timer_stale) {
                arm_timer_for_boundary(cpu);
            }
            cpu->hal.attention = 0;
            return &vcpu->context;
        }
    }
}

struct hal_context *kernel_interrupt(int32_t irq)
{
    struct cpu *cpu = cpu_this();

    meet(cpu, irq);
    return resume(cpu);
}

struct hal_context *kernel_resume(void)
{
    return kernel_interrupt(HAL_IRQ_NONE);
}
