// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions: status and transitions. A partition manages itself; a system partition everyone.

#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>
#include <kernel/trace.h>

// The partition that an argument names, if the caller may act on it.
static sep_status_t find_target(sep_word_t id, struct partition **target)
{
    struct partition *caller = cpu_caller()->partition;

    if (id == SEP_SELF) {
        id = caller->config->id;
    }
    if (id >= config.system->partitions.count) {
        return SEP_INVALID_PARAM;
    }
    *target = &partitions[id];
    return *target == caller || partition_is_system(caller) ? SEP_OK
                                                            : hypercall_refused(SEP_NO_PERMISSION);
}

HYPERCALL(partition_status)
{
    struct sep_partition_status status = {0};
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    if (result != SEP_OK) {
        return result;
    }
    for (uint32_t i = 0; i < target->config->vcpus.count; i++) {
        status.exec_clock += vcpu_executed(&target->vcpus[i]);
    }
    lock_take(&target->lock);
    status.state = partition_visible_state(target);
    status.mode = target->mode;
    status.reset_count = target->reset_count;
    status.reset_code = target->reset_code;
    lock_give(&target->lock);
    status.virq_count = shared_read(&target->virq_count);
    status.event_count = shared_read(&target->event_count);
    status.vcpu_count = target->config->vcpus.count;
    return guest_write(a1, &status, sizeof(status), 8);
}

HYPERCALL(partition_halt)
{
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    return result != SEP_OK ? result : partition_halt(target);
}

HYPERCALL(partition_suspend)
{
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    return result != SEP_OK ? result : partition_suspend(target);
}

HYPERCALL(partition_resume)
{
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    return result != SEP_OK ? result : partition_resume(target);
}

HYPERCALL(partition_reset)
{
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    if (result != SEP_OK) {
        return result;
    }
    if (a1 > SEP_MODE_WARM) {
        return SEP_INVALID_PARAM;
    }
    return partition_reset(target, (enum sep_mode)a1, (uint32_t)a2);
}

HYPERCALL(partition_shutdown)
{
    struct partition *target;
    sep_status_t result = find_target(a0, &target);

    return result != SEP_OK ? result : partition_shutdown(target);
}

// A transition that another processor has asked for meanwhile is kept.
static sep_status_t begin_normal(struct partition *caller)
{
    sep_status_t result = SEP_NO_ACTION;

    lock_take(&caller->lock);
    if (caller->mode != SEP_MODE_NORMAL && (caller->asked & PARTITION_ASK_TRANSITION) == 0u) {
        caller->mode = SEP_MODE_NORMAL;
        trace_state(caller);
        result = SEP_OK;
    }
    lock_give(&caller->lock);
    return result;
}

HYPERCALL(partition_set_mode)
{
    struct partition *caller = cpu_caller()->partition;

    if (a0 == SEP_MODE_NORMAL) {
        return begin_normal(caller);
    }
    if (a0 == SEP_MODE_IDLE) {
        return partition_halt(caller);
    }
    if (a0 == SEP_MODE_COLD || a0 == SEP_MODE_WARM) {
        return partition_reset(caller, (enum sep_mode)a0, 0);
    }
    return SEP_INVALID_PARAM;
}
