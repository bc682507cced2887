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
    const struct sep_log_status status = {
        .capacity = hm_log.head->capacity,
        .count = hm_log.head->count,
        .oldest = hm_oldest(),
    };

    if (!partition_is_system(cpu_caller()->partition)) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    return guest_write(a0, &status, sizeof(status), 8);
}

HYPERCALL(hm_read)
{
    uint32_t number = (uint32_t)a0;

    if (!partition_is_system(cpu_caller()->partition)) {
        return hypercall_refused(SEP_NO_PERMISSION);
    }
    if (!logbook_find(hm_log.head, hm_oldest(), &number)) {
        hm_log.awaited = true;
        return SEP_NOT_AVAILABLE;
    }
    return guest_write(a1, hm_record(number), sizeof(struct sep_hm_record), 8);
}
