// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace as JSON.

#include "decode/common.h"
#include "decode/trace.h"
#include "decode/words.h"

static void put_stream(struct json *j, const struct trace *t, const struct logbook *book)
{
    json_open(j, NULL, '{');
    json_number(j, "stream", book->head.stream);
    common_partition_json(j, "partition", logbook_owner(book->head.stream));
    json_text(j, "name", dump_partition(t->dump, logbook_owner(book->head.stream)));
    common_book_json(j, book);
    json_open(j, "classes", '[');
    for (uint32_t i = 0; words_class(i) != NULL; i++) {
        if ((book->head.mask & 1u << i) != 0u) {
            json_text(j, NULL, words_class(i));
        }
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_record(struct json *j, const struct trace *t, const struct trace_event *e)
{
    char text[WORDS_TEXT_MAX];

    words_describe(t->dump, &e->record, text);
    json_open(j, NULL, '{');
    json_number(j, "time", e->record.time);
    json_number(j, "stream", e->stream);
    json_number(j, "number", e->record.number);
    json_number(j, "cpu", e->record.cpu);
    common_partition_json(j, "partition", e->record.partition);
    json_number(j, "vcpu", e->record.vcpu);
    json_text(j, "class", words_class_of(e->record.event));
    json_text(j, "event", words_event(e->record.event)->name);
    json_open(j, "words", '[');
    for (unsigned i = 0; i < 3u; i++) {
        json_number(j, NULL, e->record.words[i]);
    }
    json_close(j, ']');
    json_text(j, "text", text);
    json_close(j, '}');
}

static void put_slot(struct json *j, const struct trace_slot *s)
{
    json_open(j, NULL, '{');
    json_number(j, "partition", s->partition);
    json_number(j, "vcpu", s->vcpu);
    json_number(j, "cpu", s->cpu);
    json_number(j, "slot", s->slot);
    json_number(j, "plan", s->plan);
    json_number(j, "start", s->start);
    json_number(j, "end", s->end);
    json_bool(j, "complete", s->complete);
    json_close(j, '}');
}

static void put_message(struct json *j, const struct trace_message *m)
{
    json_open(j, NULL, '{');
    json_number(j, "channel", m->channel);
    json_number(j, "number", m->number);
    json_number(j, "size", m->size);
    common_partition_json(j, "source", m->source);
    common_partition_json(j, "destination", m->destination);
    json_number(j, "written", m->written);
    json_number(j, "read", m->read);
    json_close(j, '}');
}

void trace_json(const struct trace *trace, FILE *out)
{
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    common_json(&j, trace->dump, trace->books, SEP_LOG_TRACE);
    json_open(&j, "streams", '[');
    for (size_t i = 0; i < trace->books->count; i++) {
        if (trace->books->list[i].head.kind == SEP_LOG_TRACE) {
            put_stream(&j, trace, &trace->books->list[i]);
        }
    }
    json_close(&j, ']');
    json_open(&j, "records", '[');
    for (size_t i = 0; i < trace->count; i++) {
        put_record(&j, trace, &trace->events[i]);
    }
    json_close(&j, ']');
    json_open(&j, "slots", '[');
    for (size_t i = 0; i < trace->slot_count; i++) {
        put_slot(&j, &trace->slots[i]);
    }
    json_close(&j, ']');
    json_open(&j, "messages", '[');
    for (size_t i = 0; i < trace->message_count; i++) {
        put_message(&j, &trace->messages[i]);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
