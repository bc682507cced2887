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

// The task of a partition's vCPU, own or, with the right to it, another's.
static sep_status_t find(sep_word_t partition, sep_word_t vcpu, struct pool_task **task)
{
    struct partition *caller = cpu_caller()->partition;
    struct partition *target = caller;
    const uint32_t rights = SEP_PARTITION_SYSTEM | SEP_PARTITION_LAUNCH;

    if (partition != SEP_SELF) {
        if (partition >= config.system->partitions.count) {
            return SEP_INVALID_PARAM;
        }
        target = &partitions[partition];
    }
    if (target != caller && (caller->config->flags & rights) == 0u) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    if (vcpu >= target->config->vcpus.count || target->vcpus[vcpu].task == NULL) {
        return SEP_INVALID_PARAM;
    }
    *task = target->vcpus[vcpu].task;
    return SEP_OK;
}

HYPERCALL(periodic_status)
{
    struct pool_task *task = NULL;
    struct sep_periodic_status status;
    sep_status_t result = find(a0, a1, &task);

    if (result != SEP_OK) {
        return result;
    }
    pool_status(task, &status);
    return guest_write(a2, &status, sizeof(status), 8);
}

HYPERCALL(periodic_start)
{
    struct pool_task *task = NULL;
    sep_status_t result = find(a0, a1, &task);

    if (result != SEP_OK) {
        return result;
    }
    if (task->started) {
        return SEP_NO_ACTION;
    }
    pool_start(task);
    return SEP_OK;
}

HYPERCALL(periodic_stop)
{
    struct pool_task *task = NULL;
    sep_status_t result = find(a0, a1, &task);

    if (result != SEP_OK) {
        return result;
    }
    if (!task->started) {
        return SEP_NO_ACTION;
    }
    pool_stop(task);
    return SEP_OK;
}
