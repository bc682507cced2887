// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace in the JSON that the trace viewers of browsers read: partitions are processes, vCPUs threads,
// slots complete events, messages flows, all else instants. Times are in microseconds.

#include <inttypes.h>

#include "decode/trace.h"
#include "decode/words.h"
#include "report/json.h"

/// A process: 0 the hypervisor, 1 + partition.
static uint32_t process(uint32_t partition)
{
    return partition == SEP_LOG_HYPERVISOR ? 0u : 1u + partition;
}

static void open_event(struct json *j, const char *phase, uint32_t partition, uint32_t vcpu)
{
    json_open(j, NULL, '{');
    json_text(j, "ph", phase);
    json_number(j, "pid", process(partition));
    json_number(j, "tid", vcpu);
}

static void put_name(struct json *j, const char *what, uint32_t partition, uint32_t vcpu,
                     const char *name)
{
    open_event(j, "M", partition, vcpu);
    json_text(j, "name", what);
    json_open(j, "args", '{');
    json_text(j, "name", name);
    json_close(j, '}');
    json_close(j, '}');
}

static void put_names(struct json *j, const struct trace *t)
{
    for (size_t i = 0; i < t->books->count; i++) {
        const struct sep_log *head = &t->books->list[i].head;

        if (head->kind == SEP_LOG_TRACE && head->stream == 0u) {
            put_name(j, "process_name", SEP_LOG_HYPERVISOR, 0, "hypervisor");
        }
    }
    for (uint32_t p = 0; dump_has_partition(t->dump, p) &&
                         (t->dump->configured || logbooks_get(t->books, SEP_LOG_TRACE, p + 1u));
         p++) {
        put_name(j, "process_name", p, 0, dump_partition(t->dump, p));
    }
}

static void put_slot(struct json *j, const struct trace *t, const struct trace_slot *s)
{
    open_event(j, "X", s->partition, s->vcpu);
    json_text(j, "name", dump_partition(t->dump, s->partition));
    json_text(j, "cat", "slot");
    json_ratio(j, "ts", s->start, 1000);
    json_ratio(j, "dur", s->end - s->start, 1000);
    json_open(j, "args", '{');
    json_number(j, "slot", s->slot);
    json_number(j, "plan", s->plan);
    json_number(j, "cpu", s->cpu);
    json_bool(j, "complete", s->complete);
    json_close(j, '}');
    json_close(j, '}');
}

static void put_instant(struct json *j, const struct trace *t, const struct trace_event *e)
{
    char text[WORDS_TEXT_MAX];

    words_describe(t->dump, &e->record, text);
    open_event(j, "i", logbook_owner(e->stream), e->stream == 0u ? 0u : e->record.vcpu);
    json_text(j, "name", words_event(e->record.event)->name);
    json_text(j, "cat", words_class_of(e->record.event));
    json_ratio(j, "ts", e->record.time, 1000);
    json_text(j, "s", "t");
    json_open(j, "args", '{');
    json_text(j, "text", text);
    json_number(j, "number", e->record.number);
    json_number(j, "cpu", e->record.cpu);
    json_close(j, '}');
    json_close(j, '}');
}

/// One end of a message.
static void put_flow(struct json *j, const struct trace *t, const struct trace_message *m,
                     size_t id, bool begin)
{
    const char *channel = dump_channel(t->dump, m->channel);

    open_event(j, begin ? "s" : "f", begin ? m->source : m->destination,
               begin ? m->source_vcpu : m->destination_vcpu);
    json_text(j, "name", channel != NULL ? channel : "message");
    json_text(j, "cat", "message");
    json_number(j, "id", id);
    json_ratio(j, "ts", begin ? m->written : m->read, 1000);
    if (!begin) {
        json_text(j, "bp", "e");
    }
    json_close(j, '}');
}

void trace_chrome(const struct trace *trace, FILE *out)
{
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    json_text(&j, "displayTimeUnit", "ns");
    json_open(&j, "traceEvents", '[');
    put_names(&j, trace);
    for (size_t i = 0; i < trace->slot_count; i++) {
        put_slot(&j, trace, &trace->slots[i]);
    }
    for (size_t i = 0; i < trace->count; i++) {
        put_instant(&j, trace, &trace->events[i]);
    }
    for (size_t i = 0; i < trace->message_count; i++) {
        put_flow(&j, trace, &trace->messages[i], i, true);
        put_flow(&j, trace, &trace->messages[i], i, false);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
