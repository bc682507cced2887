// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace as lines of text.

#include <inttypes.h>

#include "decode/common.h"
#include "decode/trace.h"
#include "decode/words.h"

static void put_classes(FILE *out, uint32_t mask)
{
    (void)fputs("  records", out);
    for (uint32_t i = 0; words_class(i) != NULL; i++) {
        if ((mask & 1u << i) != 0u) {
            (void)fprintf(out, " %s", words_class(i));
        }
    }
    (void)fputs(mask == 0u ? " nothing\n" : "\n", out);
}

static void put_event(const struct trace *t, const struct trace_event *e, FILE *out)
{
    char text[WORDS_TEXT_MAX];
    char time[WORDS_TIME_MAX];
    char who[WORDS_TEXT_MAX];

    words_describe(t->dump, &e->record, text);
    if (e->stream == 0u) {
        (void)snprintf(who, sizeof(who), "hypervisor");
    } else {
        (void)snprintf(who, sizeof(who), "%s.%u", dump_partition(t->dump, e->record.partition),
                       e->record.vcpu);
    }
    (void)fprintf(out, "%16s  cpu %u  %-16s  %-13s  %s\n", words_time(time, e->record.time),
                  e->record.cpu, who, words_event(e->record.event)->name, text);
}

void trace_text(const struct trace *trace, FILE *out)
{
    for (size_t i = 0; i < trace->books->count; i++) {
        const struct logbook *book = &trace->books->list[i];

        if (book->head.kind == SEP_LOG_TRACE) {
            common_book_text(out, book,
                             dump_partition(trace->dump, logbook_owner(book->head.stream)));
            put_classes(out, book->head.mask);
        }
    }
    common_text(out, trace->dump, trace->books, SEP_LOG_TRACE);
    (void)fputc('\n', out);
    for (size_t i = 0; i < trace->count; i++) {
        put_event(trace, &trace->events[i], out);
    }
}
