// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log, printed.

#include "decode/log.h"

#include <inttypes.h>

#include "decode/common.h"
#include "decode/words.h"

/// The next record that is wanted, from *index on.
static bool next(const struct log *log, uint32_t *index, struct sep_hm_record *record)
{
    while (*index < log->book->kept) {
        logbook_hm_record(log->books, log->book, (*index)++, record);
        if (filter_partition(log->filter, record->partition) &&
            filter_time(log->filter, record->time, record->time)) {
            return true;
        }
    }
    return false;
}

static void put_registers(const struct sep_hm_record *r, FILE *out)
{
    for (uint32_t i = 0; i < r->register_count; i++) {
        if (i % 4u == 0u) {
            (void)fprintf(out, "%s    registers %2u", i == 0u ? "" : "\n", i);
        }
        (void)fprintf(out, " 0x%08" PRIx64, r->registers[i]);
    }
    (void)fputs(r->register_count == 0u ? "" : "\n", out);
}

static void put_record(const struct log *log, const struct sep_hm_record *r, FILE *out)
{
    char time[WORDS_TIME_MAX];

    (void)fprintf(out, "%6u %16s  %s", r->number, words_time(time, r->time),
                  dump_partition(log->dump, r->partition));
    if (r->partition != SEP_LOG_HYPERVISOR) {
        (void)fprintf(out, ".%u", r->vcpu);
    }
    (void)fprintf(out, "  %s: %s  code 0x%x detail 0x%x pc 0x%08" PRIx64,
                  words_number(WORD_EVENT, r->event), words_number(WORD_ACTION, r->action), r->code,
                  r->detail, r->pc);
    if (r->granule != 0u) {
        (void)fprintf(out, " address 0x%08" PRIx64, r->address);
    }
    if (r->granule > 1u) {
        (void)fprintf(out, " (within %u bytes)", r->granule);
    }
    (void)fputc('\n', out);
    if (log->registers) {
        put_registers(r, out);
    }
}

void log_text(const struct log *log, FILE *out)
{
    struct sep_hm_record r;
    uint32_t resets = 0;

    common_book_text(out, log->book, "health monitor");
    common_text(out, log->dump, log->books, SEP_LOG_HM);
    (void)fputc('\n', out);
    for (uint32_t i = 0; next(log, &i, &r);) {
        if (r.reset_count != resets) {
            resets = r.reset_count;
            (void)fprintf(out, "       hypervisor reset %u times; its clock begins again\n",
                          resets);
        }
        put_record(log, &r, out);
    }
}

static void put_json(struct json *j, const struct log *log, const struct sep_hm_record *r)
{
    json_open(j, NULL, '{');
    json_number(j, "number", r->number);
    json_number(j, "time", r->time);
    common_partition_json(j, "partition", r->partition);
    json_text(j, "name", dump_partition(log->dump, r->partition));
    json_number(j, "vcpu", r->vcpu);
    json_text(j, "event", words_number(WORD_EVENT, r->event));
    json_text(j, "action", words_number(WORD_ACTION, r->action));
    json_number(j, "code", r->code);
    json_number(j, "detail", r->detail);
    json_address(j, "pc", r->pc);
    json_address(j, "address", r->address);
    json_number(j, "granule", r->granule);
    json_number(j, "reset_count", r->reset_count);
    json_open(j, "registers", '[');
    for (uint32_t i = 0; i < r->register_count; i++) {
        json_address(j, NULL, r->registers[i]);
    }
    json_close(j, ']');
    json_close(j, '}');
}

void log_json(const struct log *log, FILE *out)
{
    struct json j = {out, 0, false};
    struct sep_hm_record r;

    json_open(&j, NULL, '{');
    common_json(&j, log->dump, log->books, SEP_LOG_HM);
    json_open(&j, "log", '{');
    common_book_json(&j, log->book);
    json_close(&j, '}');
    json_open(&j, "records", '[');
    for (uint32_t i = 0; next(log, &i, &r);) {
        put_json(&j, log, &r);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
