// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The scheduler: plans and their slots.

#include <hal/irq.h>
#include <hal/kconfig.h>
#include <kernel/cold.h>
#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/pool.h>
#include <kernel/smp.h>
#include <kernel/trace.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>

uint32_t sched_next_plan;

// Apart, so that its division by the size of struct cpu stays off the hot path.
// In a plan that waits for an interrupt no boundary is met on time: so each comes to sched_advance().
COLD static void use_plan(struct cpu *cpu, struct sched *sched)
{
    sched->plan = &config.plan[config.cpu[cpu - cpus].plans.first + sched->current];
    sched->first = &config.slot[sched->plan->slots.first];
    sched->end = sched->first + sched->plan->slots.count;
    sched->plan_start = sched->frame_start;
    sched->plan_count = sched->frame_count;
    cpu->late_ticks = sched->plan->sync_timeout != 0u ? 0u : cpu->late_most;
}

// The frame that would begin at the boundary waits there for its plan's interrupt.
COLD static void begin_wait(struct cpu *cpu, struct sched *sched)
{
    sched->waiting = true;
    sched->next = sched->end;
    sched->vcpu = NULL;
    sched->boundary += sched->plan->sync_timeout;
    cpu->timer_stale = true;
    hal_irq_enable(sched->plan->sync_line);
}

// It begins at the boundary: that of the interrupt, or of its time-out.
COLD static void end_wait(struct sched *sched)
{
    hal_irq_disable(sched->plan->sync_line);
    sched->waiting = false;
    sched->frame_start = sched->boundary;
    sched->next = sched->first;
}

// Frame n + 1 begins where frame n ends, with the plan asked for meanwhile. False: it waits for its interrupt.
static inline bool enter_frame(struct cpu *cpu, struct sched *sched)
{
    uint32_t plan;

    sched->frame_start = sched->boundary;
    sched->frame_count++;
    plan = CONFIG_CPUS_MAX > 1 ? smp_plan_of(sched->frame_count) : sched_next_plan;
    if (plan != sched->current) {
        sched->previous = sched->current;
        sched->current = plan;
        sched->switch_time = sched->frame_start;
        use_plan(cpu, sched);
        trace_own(cpu, SEP_TRACE_SCHEDULING, SEP_TRACE_EVENT_PLAN, sched->current, sched->previous,
                  0);
        if (sched->plan->sync_timeout != 0u) {
            begin_wait(cpu, sched);
            return false;
        }
    }
    sched->next = sched->first;
    return true;
}

__attribute__((noinline)) void sched_pass(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;
    const struct sep_cfg_slot *slot;
    struct vcpu *vcpu;

    cpu->timer_stale = true;
    if (sched->next == sched->end && !enter_frame(cpu, sched)) {
        return;
    }
    slot = sched->next;
    sched->next = slot + 1;
    sched->boundary += slot->duration;
    if (slot->vcpu.index == SEP_CFG_NONE) {
        sched->vcpu = NULL;
        if (IS_ENABLED(CONFIG_POOLS) && slot->pool.index != SEP_CFG_NONE) {
            pool_enter(cpu, slot->pool.index);
        }
        return;
    }
    vcpu = vcpu_at(slot->vcpu.index);
    sched->vcpu = vcpu;
    if (vcpu->state == SEP_STATE_IDLE) {
        vcpu->state = SEP_STATE_READY; // idling ends with the next slot at the latest
    }
    vcpu->pending |= SEP_IRQ_BIT(SEP_IRQ_SLOT_START);
}

// At the boundary of a plan that waits for an interrupt. False: the next frame waits.
COLD static bool synchronise(struct cpu *cpu, struct sched *sched)
{
    struct hal_fault missing = {.event = SEP_EVENT_FRAME_SYNC, .code = sched->current};

    if (sched->waiting) {
        end_wait(sched);
        event_raise_own(&missing, "frame-sync", SYSTEM_STATUS_EVENT);
    } else if (sched->next == sched->end && sched_next_plan == sched->current) {
        sched->frame_start = sched->boundary;
        sched->frame_count++;
        begin_wait(cpu, sched);
        return false;
    } else {
        // A slot begins, or another plan.
    }
    return true;
}

static void pass(struct cpu *cpu)
{
    if (cpu->sched.plan->sync_timeout == 0u || synchronise(cpu, &cpu->sched)) {
        sched_pass(cpu);
    }
    if (cpu->sched.pool == NULL && trace_wants(cpu->trace, SEP_TRACE_SCHEDULING)) {
        trace_slot(&cpu->sched);
    }
}

COLD void sched_advance(struct cpu *cpu)
{
    // One pass, unless the processor was held up beyond the next boundary.
    while (time_reached(cpu->now, cpu->sched.boundary) && pool_leave(cpu)) {
        pass(cpu);
    }
    hal_cpu_attention(&cpu->hal);
}

COLD void sched_cut(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;

    cpu->now = time_update(&cpu->clock);
    sched->boundary = cpu->now;
    sched->slot_end = cpu->now;
    sched->next = sched->end;
    sched_advance(cpu);
}

COLD void sched_line(struct cpu *cpu, uint32_t line)
{
    struct sched *sched = &cpu->sched;

    if (line == sched->plan->sync_line) {
        sched->boundary = cpu->now;
        end_wait(sched);
        sched_advance(cpu);
    }
}

void sched_lines_give(void)
{
    for (uint32_t i = 0; i < config.system->plan_count; i++) {
        const struct sep_cfg_plan *plan = &config.plan[config.cpu[0].plans.first + i];

        if (plan->sync_timeout != 0u) {
            hal_irq_give(plan->sync_line, 0);
        }
    }
}

COLD void sched_start(struct cpu *cpu, sep_time_t start)
{
    struct sched *sched = &cpu->sched;

    *sched = (struct sched){.frame_start = start, .boundary = start};
    use_plan(cpu, sched);
    sched->plan_count = 1;
    sched->next = sched->end; // its first frame begins as every one does
    pass(cpu);
}
