// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One trace as a stream of the Common Trace Format. Readers learn of lost records from the count of
// discarded events, which they compare with that of the packet before: an empty packet goes first.

#include "decode/ctf.h"
#include "decode/trace.h"
#include "decode/words.h"
#include "image/bytes.h"

static void put(FILE *out, uint64_t value, unsigned size)
{
    uint8_t bytes[8];

    bytes_store(bytes, size, value, false);
    (void)fwrite(bytes, 1, size, out);
}

static void put_packet(FILE *out, uint32_t stream, uint64_t begin, uint64_t end, uint64_t bytes,
                       uint64_t discarded)
{
    put(out, CTF_MAGIC, 4);
    put(out, 0, 4);
    put(out, stream, 8);
    put(out, begin, 8);
    put(out, end, 8);
    put(out, bytes * 8u, 8);
    put(out, bytes * 8u, 8);
    put(out, discarded, 8);
}

static unsigned used_words(const struct sep_trace_record *r)
{
    unsigned count = 0;

    for (unsigned i = 0; i < 3u; i++) {
        count += words_kind(r->event, i) != WORD_UNUSED ? 1u : 0u;
    }
    return count;
}

static void put_event(FILE *out, const struct sep_trace_record *r)
{
    put(out, r->event, 2);
    put(out, r->time, 8);
    put(out, r->cpu, 1);
    put(out, r->vcpu, 1);
    put(out, r->partition, 4);
    put(out, r->number, 4);
    for (unsigned i = 0; i < 3u; i++) {
        if (words_kind(r->event, i) != WORD_UNUSED) {
            put(out, r->words[i], 4);
        }
    }
}

void trace_ctf_stream(const struct trace *trace, const struct logbook *book, FILE *out)
{
    uint64_t lost = logbook_lost(book) + book->damaged;
    uint64_t bytes = CTF_PACKET_BYTES;
    uint64_t first = UINT64_MAX;
    uint64_t last = 0;

    for (size_t i = 0; i < trace->count; i++) {
        const struct trace_event *e = &trace->events[i];

        if (e->stream == book->head.stream) {
            bytes += CTF_EVENT_BYTES + 4u * used_words(&e->record);
            first = first == UINT64_MAX ? e->record.time : first;
            last = e->record.time;
        }
    }
    if (first == UINT64_MAX) {
        return; // an empty file is a stream without packets
    }
    if (lost != 0u) {
        put_packet(out, book->head.stream, first, first, CTF_PACKET_BYTES, 0);
    }
    put_packet(out, book->head.stream, first, last, bytes, lost);
    for (size_t i = 0; i < trace->count; i++) {
        if (trace->events[i].stream == book->head.stream) {
            put_event(out, &trace->events[i].record);
        }
    }
}
