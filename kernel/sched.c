// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The scheduler: plans and their slots.

#include <hal/kconfig.h>
#include <kernel/cold.h>
#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/pool.h>
#include <kernel/trace.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>

uint32_t sched_next_plan;

// Apart, so that its division by the size of struct cpu stays off the hot path.
COLD static void use_plan(const struct cpu *cpu, struct sched *sched)
{
    sched->plan = &config.plan[config.cpu[cpu - cpus].plans.first + sched->current];
    sched->first = &config.slot[sched->plan->slots.first];
    sched->end = sched->first + sched->plan->slots.count;
    sched->plan_start = sched->frame_start;
}

// Frame n + 1 begins where frame n ends, with the plan asked for meanwhile.
static inline void enter_frame(struct cpu *cpu, struct sched *sched)
{
    sched->frame_start = sched->boundary;
    sched->frame_count++;
    if (sched_next_plan != sched->current) {
        sched->previous = sched->current;
        sched->current = sched_next_plan;
        sched->switch_time = sched->frame_start;
        use_plan(cpu, sched);
        trace_own(cpu, SEP_TRACE_SCHEDULING, SEP_TRACE_EVENT_PLAN, sched->current, sched->previous,
                  0);
    }
    sched->next = sched->first;
}

__attribute__((noinline)) void sched_pass(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;
    const struct sep_cfg_slot *slot;
    struct vcpu *vcpu;

    cpu->timer_stale = true;
    if (sched->next == sched->end) {
        enter_frame(cpu, sched);
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

static void pass(struct cpu *cpu)
{
    sched_pass(cpu);
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

COLD void sched_start(struct cpu *cpu, sep_time_t start)
{
    struct sched *sched = &cpu->sched;

    *sched = (struct sched){.frame_start = start, .boundary = start, .frame_count = 1};
    use_plan(cpu, sched);
    sched->next = sched->first;
    pass(cpu);
}
