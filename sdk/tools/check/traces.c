// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Traces: how many records they keep.

#include "check/check.h"

#include <inttypes.h>

#include <septum/config.h>

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

void check_traces(struct check *c)
{
    check_trace(c, &c->sys->trace, "the hypervisor");
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        check_trace(c, &p->trace, pool_printf(c->pool, "partition '%s'", p->name.text));
    }
}
