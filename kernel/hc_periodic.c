// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Real-time vCPUs of pools: periods, and starting and stopping them on demand.

#include <kernel/cpu.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>
#include <kernel/pool.h>

HYPERCALL(periodic_wait)
{
    struct pool_task *task = cpu_caller()->task;

    if (task == NULL) {
        return SEP_INVALID_MODE;
    }
    pool_wait(task);
    return SEP_OK;
}

// The task of a partition's vCPU, own or, with the right to it, another's. NULL: status says why not.
static struct pool_task *find(sep_word_t partition, sep_word_t vcpu, sep_status_t *status)
{
    struct partition *caller = cpu_caller()->partition;
    struct partition *target = caller;
    const uint32_t rights = SEP_PARTITION_SYSTEM | SEP_PARTITION_LAUNCH;

    *status = SEP_INVALID_PARAM;
    if (partition != SEP_SELF) {
        if (partition >= config.system->partitions.count) {
            return NULL;
        }
        target = &partitions[partition];
    }
    if (target != caller && (caller->config->flags & rights) == 0u) {
        *status = hypercall_refused(SEP_NO_PERMISSION);
        return NULL;
    }
    return vcpu < target->config->vcpus.count ? target->vcpus[vcpu].task : NULL;
}

HYPERCALL(periodic_status)
{
    struct sep_periodic_status status;
    sep_status_t refusal;
    const struct pool_task *task = find(a0, a1, &refusal);

    if (task == NULL) {
        return refusal;
    }
    if (!partition_is_here(task->vcpu->partition)) {
        return SEP_NOT_AVAILABLE; // what is known changes there while it is read
    }
    pool_status(task, &status);
    return guest_write(a2, &status, sizeof(status), 8);
}

HYPERCALL(periodic_start)
{
    sep_status_t refusal;
    struct pool_task *task = find(a0, a1, &refusal);

    if (task == NULL) {
        return refusal;
    }
    if (!partition_is_here(task->vcpu->partition)) {
        return partition_post_period(task->vcpu, VCPU_PERIOD_START);
    }
    if (task->started) {
        return SEP_NO_ACTION;
    }
    pool_start(task);
    return SEP_OK;
}

HYPERCALL(periodic_stop)
{
    sep_status_t refusal;
    struct pool_task *task = find(a0, a1, &refusal);

    if (task == NULL) {
        return refusal;
    }
    if (!partition_is_here(task->vcpu->partition)) {
        return partition_post_period(task->vcpu, VCPU_PERIOD_STOP);
    }
    if (!task->started) {
        return SEP_NO_ACTION;
    }
    pool_stop(task);
    return SEP_OK;
}
