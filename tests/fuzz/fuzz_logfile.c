// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Fuzzes the reader of recordings and everything that prints what it found. The hash of a configuration
// that begins in it is made to fit, so that names and capacities come from the input, too.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/log.h"
#include "decode/recording.h"
#include "decode/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static FILE *nowhere(void)
{
    static FILE *stream;

    if (stream == NULL) {
        stream = fopen("/dev/null", "w");
    }
    return stream;
}

static void walk_traces(const struct dump *dump, const struct logbooks *books,
                        const struct filter *filter)
{
    struct trace trace;

    trace_take(dump, books, filter, &trace);
    trace_text(&trace, nowhere());
    trace_chrome(&trace, nowhere());
    trace_html(&trace, nowhere());
    trace_ctf_metadata(&trace, nowhere());
    for (size_t i = 0; i < books->count; i++) {
        if (books->list[i].head.kind == SEP_LOG_TRACE) {
            trace_ctf_stream(&trace, &books->list[i], nowhere());
        }
    }
}

static void walk(const struct dump *dump)
{
    struct filter filter = {.to = UINT64_MAX};
    struct logbooks books;
    struct log log = {.dump = dump, .books = &books, .filter = &filter, .registers = true};

    logbooks_find(dump, &books);
    walk_traces(dump, &books, &filter);
    filter = (struct filter){
        .partitions = {1}, .partition_count = 1, .from = 1000, .to = 1000000, .classes = 0x14};
    walk_traces(dump, &books, &filter);
    log.book = logbooks_get(&books, SEP_LOG_HM, 0);
    if (log.book != NULL) {
        log_text(&log, nowhere());
        log_json(&log, nowhere());
    }
}

/// Writes the size of a recording and the hash of the first configuration in it as they should be.
static void make_fit(uint8_t *bytes, size_t size)
{
    if (size >= RECORDING_HEAD && memcmp(bytes, RECORDING_MAGIC, 8) == 0) {
        bytes_store(bytes + 24, 8, size - RECORDING_HEAD, true);
    }
    for (size_t at = 0; at + sizeof(struct sep_cfg_header) <= size; at += RECORDING_STEP) {
        uint32_t length = cfgfile_size_at(bytes + at, size - at);

        if (length >= sizeof(struct sep_cfg_header) && length <= size - at) {
            cfgfile_hash(bytes + at, length, bytes + at + offsetof(struct sep_cfg_header, sha256));
            return;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t start = 0x40000000;
    char error[DUMP_ERROR_MAX];
    struct dump dump;
    uint8_t *bytes = malloc(size + 1u);

    if (bytes == NULL) {
        return 0;
    }
    if (size != 0u) {
        memcpy(bytes, data, size);
    }
    make_fit(bytes, size);
    // Raw memory: with or without its address, by a bit of the input.
    if (dump_open(&dump, bytes, size, (size & 1u) != 0u ? &start : NULL, error)) {
        walk(&dump);
        dump_close(&dump);
    }
    free(bytes);
    return 0;
}
