// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Hypercalls that read traces.

#include "trace.h"
#include <kernel/guest.h>
#include <kernel/hypercall.h>

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

// Number of the oldest record that is there. The ring is full if the place of the next record holds the
// one that lies a whole ring back: numbers go round at 2^32, and a count alone would not tell.
static uint32_t oldest(const struct sep_log *log)
{
    uint32_t number = log->count - log->capacity;

    return trace_at(log, log->count)->number == number ? number : 0u;
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
    uint32_t first = oldest(log);
    uint32_t waiting = log->count - first;

    // From the count back: what lies nearer in the other direction is still to come.
    if (waiting == 0u || (int32_t)(log->count - number) <= 0) {
        return false;
    }
    *record = *trace_at(log, log->count - number <= waiting ? number : first);
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
