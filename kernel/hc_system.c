// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The whole system: plans, status, halt, reset.

#include <kernel/boot.h>
#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/panic.h>
#include <kernel/partition.h>
#include <kernel/shared.h>

static bool caller_is_system(void)
{
    return partition_is_system(cpu_caller()->partition);
}

// Whether the description lets the plan begin in the middle of another one's frame.
static bool is_immediate(sep_word_t plan)
{
    return (config.plan[config.cpu[0].plans.first + plan].flags & SEP_CFG_PLAN_IMMEDIATE) != 0u;
}

HYPERCALL(plan_switch)
{
    struct cpu *cpu = cpu_this();
    bool at_once = a1 == SEP_PLAN_AT_ONCE;

    if (a0 >= config.system->plan_count || a1 > SEP_PLAN_AT_ONCE) {
        return SEP_INVALID_PARAM;
    }
    if (!caller_is_system() || (at_once && !is_immediate(a0))) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    if (at_once && a0 != cpu->sched.current) {
        shared_write(&sched_next_plan, (uint32_t)a0);
        sched_cut(cpu);
        return SEP_OK;
    }
    if (a0 == shared_read(&sched_next_plan)) {
        return SEP_NO_ACTION;
    }
    shared_write(&sched_next_plan, (uint32_t)a0);
    return SEP_OK;
}

HYPERCALL(plan_status)
{
    const struct sched *sched = &cpu_this()->sched;
    struct sep_plan_status status = {
        .frame_start = sched->frame_start,
        .switch_time = sched->switch_time,
        .current = sched->current,
        .next = shared_read(&sched_next_plan),
        .previous = sched->previous,
        .frame_count = sched->frame_count,
        .slot_id = sched->next[-1].id,
        .plan_frame = sched->frame_count - sched->plan_count + 1u,
    };

    return guest_write(a0, &status, sizeof(status), 8);
}

HYPERCALL(system_status)
{
    struct sep_system_status status = {
        .time = time_now(&cpu_this()->clock),
        .reset_count = boot_record.reset_count,
        .partition_count = config.system->partitions.count,
    };

    if (!caller_is_system()) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    for (uint32_t i = 0; i < CONFIG_CPUS_MAX; i++) {
        status.irq_count += shared_read(&cpus[i].irq_count);
    }
    for (uint32_t i = 0; i < status.partition_count; i++) {
        status.event_count += shared_read(&partitions[i].event_count);
    }
    return guest_write(a0, &status, sizeof(status), 8);
}

HYPERCALL(system_halt)
{
    if (!caller_is_system()) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    system_stop("requested by a partition", SYSTEM_STATUS_OK);
}

HYPERCALL(system_reset)
{
    if (!caller_is_system()) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    if (a0 > SEP_MODE_WARM) {
        return SEP_INVALID_PARAM;
    }
    boot_again((uint32_t)a0);
}
