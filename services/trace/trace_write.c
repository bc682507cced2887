// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// An event of the caller's own. An architecture may do the same itself, in its trap code: struct
// hal_context_setup gives it the stream.

#include "trace.h"
#include <kernel/hypercall.h>

HYPERCALL(trace_write)
{
    const struct cpu *cpu = cpu_this();
    struct sep_log *log = cpu->partition->trace; // the caller's: it runs

    if ((cpu->hal.trace & SEP_TRACE_PARTITION) == 0u) {
        return SEP_NO_ACTION;
    }
    trace_put(log, SEP_TRACE_EVENT_USER, log->stream - 1u, cpu->running->config->id, (uint32_t)a0,
              (uint32_t)a1, (uint32_t)a2);
    return SEP_OK;
}
