// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// All traces of a recording as one: events in the order of time, slots with their ends, messages with
// both ends.

#ifndef SEPTUM_TOOL_TRACE_H
#define SEPTUM_TOOL_TRACE_H

#include <stdio.h>

#include "decode/filter.h"
#include "decode/logbook.h"

struct trace_event {
    struct sep_trace_record record;
    uint32_t stream;
    size_t order; ///< among all, streams behind each other
};

/// A time in which a vCPU had a processor.
struct trace_slot {
    uint64_t start, end;
    uint32_t partition, vcpu, cpu, slot, plan;
    bool complete; ///< both ends are recorded; else `end` is the latest that it can be
};

/// A message that was read, with the one who wrote it.
struct trace_message {
    uint64_t written, read;
    uint32_t channel, number, size;
    uint32_t source, destination; ///< partitions
    uint8_t source_vcpu, destination_vcpu;
};

struct trace {
    const struct dump *dump;
    const struct logbooks *books;
    struct trace_event *events;
    size_t count;
    struct trace_slot *slots; ///< by their starts
    size_t slot_count;
    struct trace_message *messages; ///< by their reading
    size_t message_count;
};

/// Takes what the filter lets through. It lives as long as the dump.
void trace_take(const struct dump *dump, const struct logbooks *books, const struct filter *filter,
                struct trace *trace);

/// Time of the first and of the last thing in it; both 0 when there is none.
void trace_span(const struct trace *trace, uint64_t *first, uint64_t *last);

/// For people, for programs (schema/trace.schema.json), for the trace viewers of browsers, as a page.
void trace_text(const struct trace *trace, FILE *out);
void trace_json(const struct trace *trace, FILE *out);
void trace_chrome(const struct trace *trace, FILE *out);
void trace_html(const struct trace *trace, FILE *out);

/// Common Trace Format 1.8: the description of the streams, and one stream.
void trace_ctf_metadata(const struct trace *trace, FILE *out);
void trace_ctf_stream(const struct trace *trace, const struct logbook *book, FILE *out);

#endif
