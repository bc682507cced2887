// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The cyclic scheduler.

#include <kernel/config.h>
#include <kernel/cpu.h>
#include <kernel/vcpu.h>
#include <kernel/virq.h>

uint32_t sched_next_plan;

static const struct sep_cfg_slot *slot_at(const struct sched *sched, uint32_t index)
{
    return &config.slot[sched->plan->slots.first + index];
}

bool sched_background_fits(const struct sched *sched, sep_time_t now)
{
    sep_time_t half = (sched->boundary - sched->began) / 2u;
    sep_time_t guard = half < SCHED_GUARD_NS ? half : SCHED_GUARD_NS;

    return !time_reached(now + guard, sched->boundary);
}

// A gap from now to the next slot, or to the frame's end.
static void enter_gap(struct sched *sched)
{
    sep_time_t end = sched->frame_start;

    sched->vcpu = NULL;
    if (sched->next_slot < sched->plan->slots.count) {
        end += slot_at(sched, sched->next_slot)->start;
    } else {
        end += sched->plan->major_frame;
    }
    sched->began = sched->boundary;
    sched->boundary = end;
}

static void enter_slot(struct sched *sched, const struct sep_cfg_slot *slot)
{
    struct vcpu *vcpu = vcpu_by_ref(slot->vcpu);

    sched->vcpu = vcpu;
    sched->slot_id = slot->id;
    sched->next_slot++;
    sched->began = sched->boundary;
    sched->boundary += slot->duration;
    if (vcpu->state == SEP_STATE_IDLE) {
        vcpu->state = SEP_STATE_READY; // idling ends with the next slot at the latest
    }
    vcpu->pending |= SEP_IRQ_BIT(SEP_IRQ_SLOT_START);
}

// Frame n + 1 begins where frame n ends, with the plan asked for meanwhile.
static void enter_frame(struct cpu *cpu, struct sched *sched)
{
    sched->frame_start += sched->plan->major_frame;
    sched->frame_count++;
    sched->next_slot = 0;
    if (sched_next_plan != sched->current) {
        sched->previous = sched->current;
        sched->current = sched_next_plan;
        sched->switch_time = sched->frame_start;
        sched->plan = &config.plan[config.cpu[cpu - cpus].plans.first + sched->current];
    }
}

void sched_advance(struct cpu *cpu)
{
    struct sched *sched = &cpu->sched;

    // One pass per boundary that lies behind: one, unless the processor was held up.
    while (time_reached(cpu->now, sched->boundary)) {
        if (sched->boundary == sched->frame_start + sched->plan->major_frame) {
            enter_frame(cpu, sched);
        }
        if (sched->next_slot < sched->plan->slots.count &&
            sched->boundary == sched->frame_start + slot_at(sched, sched->next_slot)->start) {
            enter_slot(sched, slot_at(sched, sched->next_slot));
        } else {
            enter_gap(sched);
        }
    }
    cpu->timer_stale = true;
    hal_cpu_attention(&cpu->hal);
}

void sched_start(struct cpu *cpu, sep_time_t start)
{
    struct sched *sched = &cpu->sched;

    *sched = (struct sched){.frame_start = start, .boundary = start, .frame_count = 1};
    sched->plan = &config.plan[config.cpu[cpu - cpus].plans.first];
    enter_gap(sched);
    cpu->timer_stale = true;
}
