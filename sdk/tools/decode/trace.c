// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Puts the traces together.

#include "decode/trace.h"

#include <stdlib.h>

#include "decode/words.h"

static int compare_events(const void *left, const void *right)
{
    const struct trace_event *a = left;
    const struct trace_event *b = right;

    if (a->record.time != b->record.time) {
        return a->record.time < b->record.time ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

static void take_events(struct trace *t)
{
    size_t total = 0;

    for (size_t i = 0; i < t->books->count; i++) {
        total += t->books->list[i].head.kind == SEP_LOG_TRACE ? t->books->list[i].kept : 0u;
    }
    t->events = pool_alloc(t->dump->pool, total * sizeof(*t->events));
    for (size_t i = 0; i < t->books->count; i++) {
        const struct logbook *book = &t->books->list[i];

        for (uint32_t n = 0; book->head.kind == SEP_LOG_TRACE && n < book->kept; n++) {
            struct trace_event *e = &t->events[t->count];

            logbook_trace_record(t->books, book, n, &e->record);
            e->stream = book->head.stream;
            e->order = t->count++;
        }
    }
    if (t->count > 1u) {
        qsort(t->events, t->count, sizeof(*t->events), compare_events);
    }
}

/// From when on the hypervisor's own trace has every slot and gap: then the partitions' are repetitions.
static uint64_t slots_known_from(const struct trace *t)
{
    const struct logbook *book = logbooks_get(t->books, SEP_LOG_TRACE, 0);
    struct sep_trace_record first;

    if (book == NULL || book->kept == 0u || (book->head.mask & SEP_TRACE_SCHEDULING) == 0u) {
        return UINT64_MAX;
    }
    logbook_trace_record(t->books, book, 0, &first);
    return first.time;
}

/// What a processor does while the events go by.
struct running {
    bool busy;
    bool exact; ///< its start is the hypervisor's word
    struct trace_slot slot;
};

static void end_slot(struct trace *t, struct running *r, uint64_t time, bool exact)
{
    if (r->busy) {
        r->slot.end = time;
        r->slot.complete = r->exact && exact;
        *POOL_PUSH(t->dump->pool, t->slots, t->slot_count) = r->slot;
    }
    r->busy = false;
}

static void take_slot(struct trace *t, struct running *r, const struct trace_event *e)
{
    const struct sep_trace_record *record = &e->record;
    bool exact = e->stream == 0u;

    end_slot(t, r, record->time, exact);
    if (record->event == SEP_TRACE_EVENT_SLOT && record->partition != SEP_LOG_HYPERVISOR) {
        *r = (struct running){true,
                              exact,
                              {.start = record->time,
                               .partition = record->partition,
                               .vcpu = record->words[1],
                               .cpu = record->cpu,
                               .slot = record->words[0],
                               .plan = record->words[2]}};
    }
}

static int compare_slots(const void *left, const void *right)
{
    const struct trace_slot *a = left;
    const struct trace_slot *b = right;

    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->cpu != b->cpu) {
        return a->cpu < b->cpu ? -1 : 1;
    }
    return a->end == b->end ? 0 : a->end < b->end ? -1 : 1;
}

static void take_slots(struct trace *t)
{
    uint64_t known = slots_known_from(t);
    struct running cpus[256] = {{.busy = false}};

    for (size_t i = 0; i < t->count; i++) {
        const struct trace_event *e = &t->events[i];
        bool slot =
            e->record.event == SEP_TRACE_EVENT_SLOT || e->record.event == SEP_TRACE_EVENT_GAP;

        if (slot && (e->stream == 0u || e->record.time < known)) {
            take_slot(t, &cpus[e->record.cpu], e);
        }
    }
    for (size_t i = 0; i < 256u && t->count != 0u; i++) {
        end_slot(t, &cpus[i], t->events[t->count - 1u].record.time, false);
    }
    if (t->slot_count > 1u) {
        qsort(t->slots, t->slot_count, sizeof(*t->slots), compare_slots);
    }
}

/// A written message, to be found by channel and number.
struct written {
    uint32_t channel, number;
    size_t at; ///< among the events
};

static int compare_messages(const struct written *a, const struct written *b)
{
    if (a->channel != b->channel) {
        return a->channel < b->channel ? -1 : 1;
    }
    return a->number == b->number ? 0 : a->number < b->number ? -1 : 1;
}

static int compare_written(const void *left, const void *right)
{
    const struct written *a = left;
    const struct written *b = right;
    int messages = compare_messages(a, b);

    return messages != 0 ? messages : a->at == b->at ? 0 : a->at < b->at ? -1 : 1;
}

/// The last writing of a message in front of its reading: numbers begin again when a system does.
static const struct written *find_written(const struct written *list, size_t count,
                                          const struct written *wanted)
{
    size_t low = 0;

    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low) / 2u;

        if (compare_written(&list[middle], wanted) < 0) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    return low != 0u && compare_messages(&list[low - 1u], wanted) == 0 ? &list[low - 1u] : NULL;
}

static void take_message(struct trace *t, const struct written *writing, size_t at)
{
    const struct trace_event *from = &t->events[writing->at];
    const struct trace_event *to = &t->events[at];

    *POOL_PUSH(t->dump->pool, t->messages, t->message_count) =
        (struct trace_message){.written = from->record.time,
                               .read = to->record.time,
                               .channel = writing->channel,
                               .number = writing->number,
                               .size = to->record.words[1],
                               .source = from->record.partition,
                               .destination = to->record.partition,
                               .source_vcpu = from->record.vcpu,
                               .destination_vcpu = to->record.vcpu};
}

static void take_messages(struct trace *t)
{
    struct written *list = NULL;
    size_t count = 0;

    for (size_t i = 0; i < t->count; i++) {
        const struct sep_trace_record *r = &t->events[i].record;

        if (r->event == SEP_TRACE_EVENT_PORT_WRITE) {
            *POOL_PUSH(t->dump->pool, list, count) = (struct written){r->words[0], r->words[2], i};
        }
    }
    if (count > 1u) {
        qsort(list, count, sizeof(*list), compare_written);
    }
    for (size_t i = 0; i < t->count; i++) {
        const struct sep_trace_record *r = &t->events[i].record;
        const struct written wanted = {r->words[0], r->words[2], i};
        const struct written *writing =
            r->event == SEP_TRACE_EVENT_PORT_READ ? find_written(list, count, &wanted) : NULL;

        if (writing != NULL) {
            take_message(t, writing, i);
        }
    }
}

static bool wanted_event(const struct filter *f, const struct trace_event *e)
{
    bool whose =
        filter_partition(f, e->record.partition) || filter_partition(f, logbook_owner(e->stream));

    return whose && filter_class(f, words_event(e->record.event)->class) &&
           filter_time(f, e->record.time, e->record.time);
}

/// Keeps what is wanted, in its order.
static void sift(struct trace *t, const struct filter *f)
{
    size_t kept = 0;

    for (size_t i = 0; i < t->count; i++) {
        if (wanted_event(f, &t->events[i])) {
            t->events[kept++] = t->events[i];
        }
    }
    t->count = kept;
    kept = 0;
    for (size_t i = 0; i < t->slot_count; i++) {
        const struct trace_slot *s = &t->slots[i];

        if (filter_class(f, SEP_TRACE_SCHEDULING) && filter_partition(f, s->partition) &&
            filter_time(f, s->start, s->end)) {
            t->slots[kept++] = *s;
        }
    }
    t->slot_count = kept;
    kept = 0;
    for (size_t i = 0; i < t->message_count; i++) {
        const struct trace_message *m = &t->messages[i];

        if (filter_class(f, SEP_TRACE_PORTS) && filter_time(f, m->written, m->read) &&
            (filter_partition(f, m->source) || filter_partition(f, m->destination))) {
            t->messages[kept++] = *m;
        }
    }
    t->message_count = kept;
}

void trace_take(const struct dump *dump, const struct logbooks *books, const struct filter *filter,
                struct trace *trace)
{
    *trace = (struct trace){.dump = dump, .books = books};
    take_events(trace);
    take_slots(trace);
    take_messages(trace);
    sift(trace, filter);
}

static void widen(uint64_t *first, uint64_t *last, uint64_t start, uint64_t end)
{
    *first = start < *first ? start : *first;
    *last = end > *last ? end : *last;
}

void trace_span(const struct trace *trace, uint64_t *first, uint64_t *last)
{
    *first = UINT64_MAX;
    *last = 0;
    for (size_t i = 0; i < trace->count; i++) {
        widen(first, last, trace->events[i].record.time, trace->events[i].record.time);
    }
    for (size_t i = 0; i < trace->slot_count; i++) {
        widen(first, last, trace->slots[i].start, trace->slots[i].end);
    }
    for (size_t i = 0; i < trace->message_count; i++) {
        widen(first, last, trace->messages[i].written, trace->messages[i].read);
    }
    *first = *first > *last ? *last : *first;
}
