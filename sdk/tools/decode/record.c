// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Loads records field by field, in the order of septum/log.h.

#include "decode/record.h"

#include <stddef.h>

#include <septum/event.h>

#include "image/bytes.h"

#define EVENT_COUNTED(number, name, class, word, fields) +1u
#define EVENT_COUNT (0u SEP_TRACE_EVENT_LIST(EVENT_COUNTED))

static uint32_t word_at(const uint8_t *bytes, size_t offset, bool big)
{
    return bytes_load32(bytes + offset, big);
}

static const uint8_t *place(const struct logbook *book, uint32_t number)
{
    return book->records + (size_t)(number & (book->head.capacity - 1u)) * book->head.record_size;
}

static void load_trace(const uint8_t *p, bool big, struct sep_trace_record *r)
{
    const size_t event = offsetof(struct sep_trace_record, event);

    *r = (struct sep_trace_record){
        .time = bytes_load64(p + offsetof(struct sep_trace_record, time), big),
        .event = (uint16_t)(big ? p[event] << 8 | p[event + 1u] : p[event + 1u] << 8 | p[event]),
        .cpu = p[offsetof(struct sep_trace_record, cpu)],
        .vcpu = p[offsetof(struct sep_trace_record, vcpu)],
        .partition = word_at(p, offsetof(struct sep_trace_record, partition), big),
        .number = word_at(p, offsetof(struct sep_trace_record, number), big)};
    for (size_t i = 0; i < sizeof(r->words) / sizeof(r->words[0]); i++) {
        r->words[i] = word_at(p, offsetof(struct sep_trace_record, words) + 4u * i, big);
    }
}

#define HM_WORD(field) .field = word_at(p, offsetof(struct sep_hm_record, field), big)
#define HM_LONG(field) .field = bytes_load64(p + offsetof(struct sep_hm_record, field), big)

uint32_t record_word(const struct sep_log *head)
{
    const uint32_t fixed = offsetof(struct sep_hm_record, registers);
    uint32_t words = head->record_size - fixed;

    return head->record_size < fixed || words % SEP_LOG_REGISTERS != 0u ? 0u
                                                                        : words / SEP_LOG_REGISTERS;
}

static void load_hm(const uint8_t *p, bool big, uint32_t word, struct sep_hm_record *r)
{
    *r = (struct sep_hm_record){
        HM_LONG(time),          HM_WORD(number), HM_WORD(partition), HM_WORD(vcpu),
        HM_WORD(event),         HM_WORD(action), HM_WORD(code),      HM_WORD(detail),
        HM_WORD(granule),       HM_LONG(pc),     HM_LONG(address),   HM_WORD(reset_count),
        HM_WORD(register_count)};
    for (size_t i = 0; i < SEP_LOG_REGISTERS; i++) {
        const uint8_t *at = p + offsetof(struct sep_hm_record, registers) + word * i;

        r->registers[i] = word == 4u ? bytes_load32(at, big) : bytes_load64(at, big);
    }
}

void logbook_trace_record(const struct logbooks *books, const struct logbook *book, uint32_t index,
                          struct sep_trace_record *record)
{
    load_trace(place(book, book->numbers[index]), books->big_endian, record);
}

void logbook_hm_record(const struct logbooks *books, const struct logbook *book, uint32_t index,
                       struct sep_hm_record *record)
{
    load_hm(place(book, book->numbers[index]), books->big_endian, record_word(&book->head), record);
}

static bool partition_sound(const struct dump *d, uint32_t partition)
{
    return partition == SEP_LOG_HYPERVISOR || dump_has_partition(d, partition);
}

static bool trace_sound(const struct dump *d, const struct logbook *book,
                        const struct sep_trace_record *r)
{
    bool whose = book->head.stream == 0u ? partition_sound(d, r->partition)
                                         : r->partition == logbook_owner(book->head.stream);

    return whose && r->event < EVENT_COUNT && r->time <= RECORD_TIME_MAX;
}

static bool hm_sound(const struct dump *d, const struct sep_hm_record *r)
{
    return partition_sound(d, r->partition) && r->event < SEP_EVENT_COUNT &&
           r->action < SEP_ACTION_COUNT && r->register_count <= SEP_LOG_REGISTERS &&
           r->time <= RECORD_TIME_MAX;
}

bool record_sound(const struct dump *dump, const struct logbooks *books, const struct logbook *book,
                  uint32_t number)
{
    struct sep_trace_record trace;
    struct sep_hm_record hm;

    if (book->head.kind == SEP_LOG_TRACE) {
        load_trace(place(book, number), books->big_endian, &trace);
        return trace.number == number && trace_sound(dump, book, &trace);
    }
    load_hm(place(book, number), books->big_endian, record_word(&book->head), &hm);
    return hm.number == number && hm_sound(dump, &hm);
}
