// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Finds logbooks, where the configuration has them or else by their magic, and believes nothing that their
// heads say before it is checked.

#include "decode/logbook.h"

#include <stdlib.h>
#include <string.h>

#include <septum/arena.h>

#include "decode/record.h"
#include "image/bytes.h"

/// Whether records may have such a size: the health monitor's hold registers of four or eight bytes.
static bool size_sound(const struct sep_log *head)
{
    return head->kind == SEP_LOG_TRACE ? head->record_size == sizeof(struct sep_trace_record)
                                       : record_word(head) == 4u || record_word(head) == 8u;
}

// No description has more; so many records are looked at in whatever a search finds.
static const uint32_t capacity_max[] = {
    [SEP_LOG_HM] = SEP_LOG_RECORDS_MAX,
    [SEP_LOG_TRACE] = SEP_TRACE_RECORDS_MAX,
};

#define CLASS_BIT(bit, name, word) | SEP_TRACE_##name
#define CLASSES (0u SEP_TRACE_CLASS_LIST(CLASS_BIT))

static void load_head(const uint8_t *bytes, bool big, struct sep_log *head)
{
    uint32_t words[sizeof(*head) / 4u];

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        words[i] = bytes_load32(bytes + 4u * i, big);
    }
    memcpy(head, words, sizeof(*head));
}

/// Records that the description wants of a logbook; 0: there is no such logbook.
static uint32_t described(const struct cfgfile *cfg, uint32_t kind, uint32_t stream)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);

    if (kind == SEP_LOG_HM) {
        return s->log_records;
    }
    return stream == 0u                     ? s->trace_records
           : stream <= cfg->partition_count ? cfg->partitions[stream - 1u].trace_records
                                            : 0u;
}

/// What is wrong with a head behind which `room` bytes lie; NULL: nothing.
static const char *head_wrong(const struct dump *d, const struct sep_log *head, uint64_t room)
{
    if (head->magic != SEP_LOG_MAGIC) {
        return "its magic number is wrong";
    }
    if (head->kind > SEP_LOG_TRACE) {
        return "its kind is unknown";
    }
    if (!size_sound(head)) {
        return "its records have another size than this revision's";
    }
    if (head->capacity == 0u || (head->capacity & (head->capacity - 1u)) != 0u) {
        return "its capacity is no power of two";
    }
    if (head->capacity > capacity_max[head->kind]) {
        return "its capacity is more than a description may have";
    }
    if ((uint64_t)head->capacity * head->record_size > room) {
        return "its records pass the end of the memory";
    }
    if (head->kind == SEP_LOG_HM
            ? head->stream != 0u
            : head->stream != 0u && !dump_has_partition(d, head->stream - 1u)) {
        return "no such stream can be";
    }
    if ((head->mask & ~CLASSES) != 0u || head->lock > 1u) {
        return "its mask or its lock is senseless";
    }
    if (d->configured && head->capacity != described(&d->cfg, head->kind, head->stream)) {
        return "the configuration has another capacity for it, or no such logbook";
    }
    return NULL;
}

const struct logbook *logbooks_get(const struct logbooks *books, uint32_t kind, uint32_t stream)
{
    for (size_t i = 0; i < books->count; i++) {
        if (books->list[i].head.kind == kind && books->list[i].head.stream == stream) {
            return &books->list[i];
        }
    }
    return NULL;
}

/// Takes the records that the numbers promise. A place further back than number 0 was filled only if
/// numbers have gone round at 2^32; then it holds the number that it should.
static void take_records(const struct dump *d, const struct logbooks *books, struct logbook *book)
{
    uint32_t capacity = book->head.capacity;
    uint32_t count = book->head.count;
    bool round = false;

    book->numbers = pool_alloc(d->pool, sizeof(*book->numbers) * capacity);
    for (uint32_t i = 0; i < capacity; i++) {
        uint32_t number = count - capacity + i;
        bool sound = record_sound(d, books, book, number);

        if (sound) {
            book->numbers[book->kept++] = number;
            round = round || number >= count;
        } else if (number < count) {
            book->damaged++;
        }
    }
    book->written = count + (round ? (uint64_t)1 << 32 : 0u);
}

static void add_damage(const struct dump *d, struct logbooks *books, uint64_t address,
                       const char *reason)
{
    if (books->damage_count < LOGBOOK_DAMAGES_MAX) {
        *POOL_PUSH(d->pool, books->damages, books->damage_count) =
            (struct logbook_damage){address, reason};
    }
}

/// A logbook whose head begins at a place of the memory, as far as it can be loaded.
static const char *load_book(const struct dump *d, size_t at, bool big, struct logbook *book)
{
    *book = (struct logbook){.address = d->start + at};
    if (d->size - at < sizeof(book->head)) {
        return "its head passes the end of the memory";
    }
    book->records = d->bytes + at + sizeof(struct sep_log);
    load_head(d->bytes + at, big, &book->head);
    return head_wrong(d, &book->head, d->size - at - sizeof(book->head));
}

static void add_book(const struct dump *d, struct logbooks *books, struct logbook *book)
{
    take_records(d, books, book);
    *POOL_PUSH(d->pool, books->list, books->count) = *book;
}

static uint64_t book_size(const struct logbook *book)
{
    return sizeof(book->head) + (uint64_t)book->head.capacity * book->head.record_size;
}

/// A logbook in the list in which a sound one lies; NULL: none.
static const struct logbook *around(const struct logbooks *books, const struct logbook *book)
{
    for (size_t i = 0; i < books->count; i++) {
        const struct logbook *other = &books->list[i];

        if (book->address - other->address < book_size(other)) {
            return other;
        }
    }
    return NULL;
}

/// Keeps in mind that only one of two can be true.
static void add_rival(const struct dump *d, struct logbooks *books, const struct logbook *book,
                      const struct logbook *taken)
{
    if (books->rival_count < LOGBOOK_RIVALS_MAX) {
        *POOL_PUSH(d->pool, books->rivals, books->rival_count) = (struct logbook_rival){
            book->address, book->head.kind, book->head.stream, taken->address};
    }
}

/// Looks at the place of a magic number.
static void take_head(const struct dump *d, struct logbooks *books, size_t at, bool big)
{
    struct logbook book;
    const struct logbook *same;
    const struct logbook *outer;
    const char *wrong = load_book(d, at, big, &book);

    if (wrong == NULL && (books->count != 0u || d->configured) && big != books->big_endian) {
        wrong = "its byte order is not that of the rest";
    }
    if (wrong != NULL) {
        add_damage(d, books, book.address, wrong);
        return;
    }
    same = logbooks_get(books, book.head.kind, book.head.stream);
    outer = around(books, &book);
    if (same != NULL || outer != NULL) {
        add_rival(d, books, &book, same != NULL ? same : outer);
    }
    if (same == NULL) {
        books->big_endian = big;
        add_book(d, books, &book);
    }
}

/// Records do not hold a search up: whoever forges a head with many would hide all that lies behind.
static void search(const struct dump *d, struct logbooks *books)
{
    for (size_t at = 0; d->size - at >= 4u;) {
        bool big = bytes_load32(d->bytes + at, true) == SEP_LOG_MAGIC;

        if (big || bytes_load32(d->bytes + at, false) == SEP_LOG_MAGIC) {
            take_head(d, books, at, big);
        }
        at += d->size - at < RECORDING_STEP ? d->size - at : RECORDING_STEP;
    }
}

/// Takes the logbook that must lie at an address; one that is outside of the memory is missing.
static void take_at(const struct dump *d, struct logbooks *books, uint64_t address, uint32_t kind,
                    uint32_t stream)
{
    struct logbook book;
    const char *wrong;

    if (!bytes_inside(address, sizeof(uint32_t), d->start, d->size)) {
        return;
    }
    wrong = load_book(d, (size_t)(address - d->start), d->big_endian, &book);
    if (wrong == NULL && (book.head.kind != kind || book.head.stream != stream)) {
        wrong = "it is the head of another one";
    }
    if (wrong == NULL) {
        add_book(d, books, &book);
    } else {
        add_damage(d, books, address, wrong);
    }
}

/// The log lies at the arena's end, the traces a little before that, the hypervisor's last.
static void take_described(const struct dump *d, struct logbooks *books)
{
    const struct sep_cfg_system *s = cfgfile_system(&d->cfg);
    uint64_t end = s->arena_start + s->arena_size;
    uint64_t log = cfgfile_log_size(&d->cfg);
    uint64_t left = s->arena_size;

    if (log != 0u && log <= s->arena_size) {
        take_at(d, books, end - log, SEP_LOG_HM, 0);
    }
    left = s->behind_traces <= left ? left - s->behind_traces : 0u;
    for (uint32_t stream = 0; stream <= d->cfg.partition_count; stream++) {
        uint64_t size = sep_arena_log(sizeof(struct sep_trace_record),
                                      described(&d->cfg, SEP_LOG_TRACE, stream));

        if (size != 0u && size <= left) {
            left -= size;
            take_at(d, books, s->arena_start + left, SEP_LOG_TRACE, stream);
        }
    }
}

static int compare(const void *left, const void *right)
{
    const struct logbook *a = left;
    const struct logbook *b = right;

    if (a->head.kind != b->head.kind) {
        return a->head.kind < b->head.kind ? -1 : 1;
    }
    return a->head.stream < b->head.stream ? -1 : 1;
}

void logbooks_find(const struct dump *dump, struct logbooks *books)
{
    *books = (struct logbooks){.big_endian = dump->big_endian};
    if (dump->configured && dump->placed) {
        take_described(dump, books);
    } else {
        search(dump, books);
    }
    if (books->count > 1u) {
        qsort(books->list, books->count, sizeof(*books->list), compare);
    }
}
