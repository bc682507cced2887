// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's hypercalls: an error that a partition raises itself, and the log.

#include "hm.h"
#include <kernel/cpu.h>
#include <kernel/events.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/partition.h>

HYPERCALL(hm_raise)
{
    const struct hal_fault fault = {
        .event = SEP_EVENT_PARTITION_ERROR, .code = (uint32_t)a0, .detail = (uint32_t)a1};

    event_raise(cpu_caller(), &fault);
    return SEP_OK;
}

HYPERCALL(hm_status)
{
    struct sep_log_status status;

    if (!partition_is_system(cpu_caller()->partition)) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    lock_take(&hm_log.lock);
    status = (struct sep_log_status){
        .capacity = hm_log.head->capacity,
        .count = hm_log.head->count,
        .oldest = hm_oldest(),
    };
    lock_give(&hm_log.lock);
    return guest_write(a0, &status, sizeof(status), 8);
}

HYPERCALL(hm_read)
{
    uint32_t number = (uint32_t)a0;
    sep_status_t result = SEP_NOT_AVAILABLE;

    if (!partition_is_system(cpu_caller()->partition)) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    lock_take(&hm_log.lock);
    if (logbook_find(hm_log.head, hm_oldest(), &number)) {
        result = guest_write(a1, hm_record(number), sizeof(struct sep_hm_record), 8);
    } else {
        hm_log.awaited = true;
    }
    lock_give(&hm_log.lock);
    return result;
}
