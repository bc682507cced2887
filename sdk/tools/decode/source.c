// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Opens recordings, and says why not.

#include "decode/source.h"

#include "base/units.h"
#include "decode/common.h"
#include "image/fail.h"

static bool has_kind(const struct logbooks *books, uint32_t kind)
{
    for (size_t i = 0; i < books->count; i++) {
        if (books->list[i].head.kind == kind) {
            return true;
        }
    }
    return false;
}

/// Says why there is nothing to print.
static bool nothing(const struct source_request *q, const struct logbooks *books)
{
    const char *what = q->kind == SEP_LOG_HM ? "no health monitor's log" : "no trace";

    if (books->damage_count != 0u) {
        return fail(q->path, "SEP9102", "%s is in it; at 0x%llx one should be, but %s", what,
                    (unsigned long long)books->damages[0].address, books->damages[0].reason);
    }
    return fail(q->path, "SEP9102", "%s is in it", what);
}

static bool decode(const struct source_request *q, struct source *s)
{
    char error[DUMP_ERROR_MAX];

    logbooks_find(&s->dump, &s->books);
    if (!filter_partitions(&s->dump, &q->filter, &s->filter, error)) {
        return fail(q->path, "SEP9103", "%s", error);
    }
    return has_kind(&s->books, q->kind) || nothing(q, &s->books);
}

int source_open(const struct source_request *request, struct source *source)
{
    char error[DUMP_ERROR_MAX];
    uint64_t start = 0;

    if (!filter_words(request->command, &request->filter, &source->filter)) {
        return EXIT_USAGE;
    }
    if (request->start != NULL && units_count(request->start, &start) != UNITS_OK) {
        return fail_usage(request->command, "--start wants an address, not '%s'", request->start);
    }
    if (!filedata_read(request->path, &source->file)) {
        return EXIT_INPUT;
    }
    if (!dump_open(&source->dump, source->file.bytes, source->file.size,
                   request->start != NULL ? &start : NULL, error)) {
        (void)fail(request->path, "SEP9101", "%s", error);
        filedata_free(&source->file);
        return EXIT_INPUT;
    }
    if (!decode(request, source)) {
        source_close(source);
        return EXIT_INPUT;
    }
    common_warn(request->path, &source->dump, &source->books);
    return EXIT_OK;
}

void source_close(struct source *source)
{
    dump_close(&source->dump);
    filedata_free(&source->file);
}
