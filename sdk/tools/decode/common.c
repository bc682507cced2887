// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What logs and traces say alike.

#include "decode/common.h"

#include <inttypes.h>

#include "image/fail.h"

/// Whether the description wants a logbook.
static bool wanted(const struct dump *d, uint32_t kind, uint32_t stream)
{
    const struct sep_cfg_system *s = cfgfile_system(&d->cfg);

    if (kind == SEP_LOG_HM) {
        return stream == 0u && s->log_records != 0u;
    }
    return stream == 0u ? s->trace_records != 0u
                        : d->cfg.partitions[stream - 1u].trace_records != 0u;
}

/// The next stream that should be there and is not, from `stream` on; UINT32_MAX: none.
static uint32_t next_missing(const struct dump *d, const struct logbooks *books, uint32_t kind,
                             uint32_t stream)
{
    for (; d->configured && stream <= d->cfg.partition_count; stream++) {
        if (wanted(d, kind, stream) && logbooks_get(books, kind, stream) == NULL) {
            return stream;
        }
    }
    return UINT32_MAX;
}

void common_partition_json(struct json *j, const char *key, uint32_t partition)
{
    if (partition == SEP_LOG_HYPERVISOR) {
        json_null(j, key);
    } else {
        json_number(j, key, partition);
    }
}

static void put_names(struct json *j, const struct dump *d)
{
    json_open(j, "partitions", '[');
    for (uint32_t i = 0; d->configured && i < d->cfg.partition_count; i++) {
        json_open(j, NULL, '{');
        json_number(j, "id", i);
        json_text(j, "name", dump_partition(d, i));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "channels", '[');
    for (uint32_t i = 0; d->configured && i < d->cfg.channel_count; i++) {
        json_open(j, NULL, '{');
        json_number(j, "id", i);
        json_text(j, "name", dump_channel(d, i));
        json_close(j, '}');
    }
    json_close(j, ']');
}

/// What a logbook is, in words.
static const char *title(const struct dump *d, uint32_t kind, uint32_t stream)
{
    return kind == SEP_LOG_HM
               ? "log of the health monitor"
               : pool_printf(d->pool, "trace of %s", dump_partition(d, logbook_owner(stream)));
}

static void put_ambiguous(struct json *j, const struct dump *d, const struct logbooks *books)
{
    json_open(j, "ambiguous", '[');
    if (d->second != 0u) {
        json_open(j, NULL, '{');
        json_address(j, "address", d->second);
        json_address(j, "taken", d->at);
        json_text(j, "what", "configuration");
        json_close(j, '}');
    }
    for (size_t i = 0; i < books->rival_count; i++) {
        json_open(j, NULL, '{');
        json_address(j, "address", books->rivals[i].address);
        json_address(j, "taken", books->rivals[i].taken);
        json_text(j, "what", title(d, books->rivals[i].kind, books->rivals[i].stream));
        json_close(j, '}');
    }
    json_close(j, ']');
}

void common_warn(const char *path, const struct dump *dump, const struct logbooks *books)
{
    if (dump->second != 0u) {
        warn(path, "SEP9106",
             "at 0x%" PRIx64 " there is a configuration as sound as the first one, at 0x%" PRIx64
             ", which is taken",
             dump->second, dump->at);
    }
    if (books->rival_count != 0u) {
        const struct logbook_rival *r = &books->rivals[0];

        warn(path, "SEP9105",
             "%zu heads of logbooks are as sound as those taken: the first one, of a %s, is at "
             "0x%" PRIx64 " beside that at 0x%" PRIx64
             "; partitions can write such heads, and only the "
             "configuration and the address of the memory (--start) tell which is true",
             books->rival_count, title(dump, r->kind, r->stream), r->address, r->taken);
    }
}

void common_json(struct json *j, const struct dump *dump, const struct logbooks *books,
                 uint32_t kind)
{
    if (dump->configured) {
        json_text(j, "system", cfgfile_text(&dump->cfg, cfgfile_system(&dump->cfg)->name));
        json_text(j, "board", cfgfile_text(&dump->cfg, cfgfile_system(&dump->cfg)->board));
    } else {
        json_null(j, "system");
        json_null(j, "board");
    }
    json_bool(j, "big_endian", books->big_endian);
    if (dump->placed) {
        json_address(j, "start", dump->start);
    } else {
        json_null(j, "start");
    }
    json_number(j, "size", dump->size);
    put_names(j, dump);
    json_open(j, "damaged", '[');
    for (size_t i = 0; i < books->damage_count; i++) {
        json_open(j, NULL, '{');
        json_address(j, "address", books->damages[i].address);
        json_text(j, "reason", books->damages[i].reason);
        json_close(j, '}');
    }
    json_close(j, ']');
    put_ambiguous(j, dump, books);
    json_open(j, "missing", '[');
    for (uint32_t s = next_missing(dump, books, kind, 0); s != UINT32_MAX;
         s = next_missing(dump, books, kind, s + 1u)) {
        json_number(j, NULL, s);
    }
    json_close(j, ']');
}

void common_book_json(struct json *j, const struct logbook *book)
{
    json_address(j, "address", book->address);
    json_number(j, "capacity", book->head.capacity);
    json_number(j, "written", book->written);
    json_number(j, "kept", book->kept);
    json_number(j, "lost", logbook_lost(book));
    json_number(j, "damaged", book->damaged);
    json_bool(j, "locked", book->head.lock != 0u);
}

void common_book_text(FILE *out, const struct logbook *book, const char *name)
{
    (void)fprintf(out, "%s: %" PRIu64 " written, %u here, %" PRIu64 " lost", name, book->written,
                  book->kept, logbook_lost(book));
    if (book->damaged != 0u) {
        (void)fprintf(out, ", %u damaged", book->damaged);
    }
    (void)fputs(book->head.lock != 0u ? "; one was just being written\n" : "\n", out);
}

void common_text(FILE *out, const struct dump *dump, const struct logbooks *books, uint32_t kind)
{
    for (uint32_t s = next_missing(dump, books, kind, 0); s != UINT32_MAX;
         s = next_missing(dump, books, kind, s + 1u)) {
        (void)fprintf(out, "%s: described, but not in this memory\n",
                      kind == SEP_LOG_HM ? "health monitor"
                                         : dump_partition(dump, logbook_owner(s)));
    }
    if (dump->second != 0u) {
        (void)fprintf(out,
                      "0x%08" PRIx64 ": another configuration, beside that at 0x%08" PRIx64 "\n",
                      dump->second, dump->at);
    }
    for (size_t i = 0; i < books->rival_count; i++) {
        const struct logbook_rival *r = &books->rivals[i];

        (void)fprintf(out,
                      "0x%08" PRIx64 ": a sound head, too, of a %s: it or that at 0x%08" PRIx64
                      " is no logbook\n",
                      r->address, title(dump, r->kind, r->stream), r->taken);
    }
    for (size_t i = 0; i < books->damage_count; i++) {
        (void)fprintf(out, "0x%08" PRIx64 ": the head of a logbook makes no sense: %s\n",
                      books->damages[i].address, books->damages[i].reason);
    }
}
