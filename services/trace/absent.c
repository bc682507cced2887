// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// No traces: nobody has such calls.

#include <kernel/hypercall.h>

HYPERCALL(trace_write)
{
    return SEP_UNKNOWN_HYPERCALL;
}

HYPERCALL(trace_status)
{
    return SEP_UNKNOWN_HYPERCALL;
}

HYPERCALL(trace_read)
{
    return SEP_UNKNOWN_HYPERCALL;
}
