// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Traces: events of the caller's own, and reading streams.

#include <septum/septum.h>

sep_status_t sep_trace_write(uint32_t code, uint32_t first, uint32_t second)
{
    return sep_call3(SEP_HC_trace_write, code, first, second);
}

sep_status_t sep_trace_status(sep_word_t stream, struct sep_log_status *status)
{
    return sep_call2(SEP_HC_trace_status, stream, (sep_word_t)status);
}

sep_status_t sep_trace_read(sep_word_t stream, uint32_t number, struct sep_trace_record *record)
{
    return sep_call3(SEP_HC_trace_read, stream, number, (sep_word_t)record);
}
