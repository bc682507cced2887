// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Hypercalls that read traces.

#include "trace.h"
#include <kernel/guest.h>
#include <kernel/hypercall.h>
#include <kernel/logbook.h>

// The stream that an argument names, if the caller may read it: its own, or it is a system partition.
// NULL: status says why not.
static struct sep_log *find_stream(sep_word_t number, sep_status_t *status)
{
    const struct partition *caller = cpu_caller()->partition;

    *status = SEP_INVALID_PARAM;
    if (number == SEP_SELF) {
        number = 1u + caller->config->id;
    }
    if (number > config.system->partitions.count) {
        return NULL;
    }
    if (number != 1u + caller->config->id && !partition_is_system(caller)) {
        *status = hypercall_refused(SEP_NO_PERMISSION);
        return NULL;
    }
    return number == 0u ? trace_hypervisor : partitions[number - 1u].trace;
}

static uint32_t oldest(const struct sep_log *log)
{
    return logbook_oldest(log, trace_at(log, log->count)->number);
}

HYPERCALL(trace_status)
{
    struct sep_log_status status;
    sep_status_t result;
    struct sep_log *log = find_stream(a0, &result);

    if (log == NULL) {
        return result;
    }
    trace_lock(log);
    status = (struct sep_log_status){
        .capacity = log->capacity, .count = log->count, .oldest = oldest(log), .mask = log->mask};
    trace_unlock(log);
    return guest_write(a1, &status, sizeof(status), 8);
}

// The record with a number, or the oldest one if that is overwritten. False: it is not written yet.
static bool read_record(struct sep_log *log, uint32_t number, struct sep_trace_record *record)
{
    if (!logbook_find(log, oldest(log), &number)) {
        return false;
    }
    *record = *trace_at(log, number);
    return true;
}

HYPERCALL(trace_read)
{
    struct sep_trace_record record;
    sep_status_t result;
    struct sep_log *log = find_stream(a0, &result);
    bool there;

    if (log == NULL) {
        return result;
    }
    trace_lock(log);
    there = read_record(log, (uint32_t)a1, &record);
    trace_unlock(log);
    return there ? guest_write(a2, &record, sizeof(record), 8) : SEP_NOT_AVAILABLE;
}
