// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Traces: how many records they keep, and that they and the log of events have room.

#include "check/check.h"

#include <inttypes.h>

#include <septum/arena.h>
#include <septum/config.h>

#include "base/units.h"

static void check_trace(struct check *c, const struct sys_trace *trace, const char *owner)
{
    uint64_t records = trace->records.value;

    if (trace->records.ok && (records < SEP_TRACE_RECORDS_MIN || records > SEP_TRACE_RECORDS_MAX ||
                              (records & (records - 1)) != 0)) {
        diag_add(c->diags, RULE_TRACE_RECORDS, trace->records.line,
                 "the trace of %s keeps %" PRIu64 " records, which is not a power of two from %u "
                 "to %u" MEND "write %u, for example",
                 owner, records, SEP_TRACE_RECORDS_MIN, SEP_TRACE_RECORDS_MAX, TRACE_DEFAULT);
    }
}

// A size that is wrong by itself is another error.
static uint64_t trace_size(const struct sys_trace *trace)
{
    return trace->records.ok && trace->records.value <= SEP_TRACE_RECORDS_MAX
               ? sep_arena_log(sizeof(struct sep_trace_record), (uint32_t)trace->records.value)
               : 0;
}

// Registers of a record have a machine word each: four bytes at least.
static uint64_t log_size(const struct num *log)
{
    return log->ok && log->value <= SEP_LOG_RECORDS_MAX
               ? sep_arena_log((uint32_t)offsetof(struct sep_hm_record, registers) +
                                   (4u * SEP_LOG_REGISTERS),
                               (uint32_t)log->value)
               : 0;
}

// Whatever the binary and the rest take: the compiler adds all of it up.
static void check_room(struct check *c)
{
    const struct sys *sys = c->sys;
    uint64_t log = log_size(&sys->log);
    uint64_t traces = trace_size(&sys->trace);

    for (size_t i = 0; i < sys->partition_count; i++) {
        traces += trace_size(&sys->partitions[i].trace);
    }
    if (sys->size.ok && log + traces >= sys->size.value) {
        diag_add(c->diags, RULE_LOGS_LARGE, sys->size.line,
                 "the log of events takes %s or more and the traces %s, which do not fit the "
                 "hypervisor's memory of %s" MEND "keep fewer records, or give it more memory",
                 units_print_size(c->pool, log), units_print_size(c->pool, traces),
                 units_print_size(c->pool, sys->size.value));
    }
}

void check_traces(struct check *c)
{
    check_room(c);
    check_trace(c, &c->sys->trace, "the hypervisor");
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        check_trace(c, &p->trace, pool_printf(c->pool, "partition '%s'", p->name.text));
    }
}
