// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Finds logbooks by their magic and believes nothing that their heads say before it is checked.

#include "decode/logbook.h"

#include <stdlib.h>
#include <string.h>

#include "decode/record.h"
#include "image/bytes.h"

/// Whether records may have such a size: the health monitor's hold registers of four or eight bytes.
static bool size_sound(const struct sep_log *head)
{
    return head->kind == SEP_LOG_TRACE ? head->record_size == sizeof(struct sep_trace_record)
                                       : record_word(head) == 4u || record_word(head) == 8u;
}

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
static uint32_t described(const struct cfgfile *cfg, const struct sep_log *head)
{
    const struct sep_cfg_system *s = cfgfile_system(cfg);

    if (head->kind == SEP_LOG_HM) {
        return s->log_records;
    }
    return head->stream == 0u                     ? s->trace_records
           : head->stream <= cfg->partition_count ? cfg->partitions[head->stream - 1u].trace_records
                                                  : 0u;
}

/// What is wrong with a head behind which `room` bytes lie; NULL: nothing.
static const char *head_wrong(const struct dump *d, const struct sep_log *head, uint64_t room)
{
    if (head->kind > SEP_LOG_TRACE) {
        return "its kind is unknown";
    }
    if (!size_sound(head)) {
        return "its records have another size than this revision's";
    }
    if (head->capacity == 0u || (head->capacity & (head->capacity - 1u)) != 0u) {
        return "its capacity is no power of two";
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
    if (d->configured && head->capacity != described(&d->cfg, head)) {
        return "the configuration has another capacity for it, or no such logbook";
    }
    return NULL;
}

/// Whether bytes of memory lie where the configuration has run-time state, as far as that is known.
static bool in_arena(const struct dump *d, uint64_t address, uint64_t size)
{
    const struct sep_cfg_system *s = d->configured ? cfgfile_system(&d->cfg) : NULL;

    return s == NULL || !d->placed || bytes_inside(address, size, s->arena_start, s->arena_size);
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

/// Looks at the place of a magic number; answers how many bytes of the memory are done with.
static size_t take_head(const struct dump *d, struct logbooks *books, size_t at, bool big)
{
    struct logbook book = {.address = d->start + at,
                           .records = d->bytes + at + sizeof(struct sep_log)};
    const char *wrong;
    uint64_t size;

    if (d->size - at < sizeof(book.head)) {
        return RECORDING_STEP;
    }
    load_head(d->bytes + at, big, &book.head);
    wrong = head_wrong(d, &book.head, d->size - at - sizeof(book.head));
    size = sizeof(book.head) + (uint64_t)book.head.capacity * book.head.record_size;
    if (wrong == NULL && !in_arena(d, book.address, size)) {
        wrong = "it lies outside the hypervisor's arena";
    }
    if (wrong == NULL && logbooks_get(books, book.head.kind, book.head.stream) != NULL) {
        wrong = "it is the second of its kind and stream";
    }
    if (wrong == NULL && (books->count != 0u || d->configured) && big != books->big_endian) {
        wrong = "its byte order is not that of the rest";
    }
    if (wrong != NULL) {
        add_damage(d, books, book.address, wrong);
        return RECORDING_STEP;
    }
    books->big_endian = big;
    take_records(d, books, &book);
    *POOL_PUSH(d->pool, books->list, books->count) = book;
    return (size_t)size;
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
    for (size_t at = 0; dump->size - at >= 4u;) {
        bool big = bytes_load32(dump->bytes + at, true) == SEP_LOG_MAGIC;
        bool little = bytes_load32(dump->bytes + at, false) == SEP_LOG_MAGIC;
        size_t done = big || little ? take_head(dump, books, at, big) : RECORDING_STEP;

        at = done < dump->size - at ? at + done : dump->size;
    }
    if (books->count > 1u) {
        qsort(books->list, books->count, sizeof(*books->list), compare);
    }
}
