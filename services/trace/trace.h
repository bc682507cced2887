// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Streams of records: how one is written.

#ifndef TRACE_TRACE_H
#define TRACE_TRACE_H

#include <kernel/cpu.h>
#include <kernel/lock.h>
#include <kernel/partition.h>
#include <septum/log.h>

/// The hypervisor's stream; NULL: the description has none.
extern struct sep_log *trace_hypervisor;

/// Begins and ends a section in which nobody else writes the stream or reads it: the hypervisor's is
/// written by all processors, a partition's by those that run its vCPUs. Interrupts are off, and the
/// section is as long as one record. A machine with one processor has nobody else.
static inline void trace_lock(struct sep_log *log)
{
    if (CONFIG_CPUS_MAX > 1 && config.system->cpus.count > 1u) {
        while (__atomic_exchange_n(&log->lock, 1u, __ATOMIC_ACQUIRE) != 0u) {
            lock_wait();
        }
    }
}

static inline void trace_unlock(struct sep_log *log)
{
    if (CONFIG_CPUS_MAX > 1 && config.system->cpus.count > 1u) {
        __atomic_store_n(&log->lock, 0u, __ATOMIC_RELEASE);
    }
}

/// Where the record with a number lies, or will.
static inline struct sep_trace_record *trace_at(const struct sep_log *log, uint32_t number)
{
    return (struct sep_trace_record *)(log + 1) + (number & (log->capacity - 1u));
}

/// Adds an event, over the oldest record when the ring is full.
static inline void trace_put(struct sep_log *log, enum sep_trace_event event, uint32_t partition,
                             uint32_t vcpu, uint32_t a, uint32_t b, uint32_t c)
{
    struct sep_trace_record *record;
    uint32_t number;

    trace_lock(log);
    number = log->count;
    log->count = number + 1u;
    record = trace_at(log, number);
    record->words[0] = a;
    record->words[1] = b;
    record->words[2] = c;
    record->number = number;
    record->partition = partition;
    record->event = (uint16_t)event;
    record->cpu = (uint8_t)hal_cpu_index();
    record->vcpu = (uint8_t)vcpu;
    record->time = time_read(&cpu_this()->clock);
    trace_unlock(log);
}

#endif
