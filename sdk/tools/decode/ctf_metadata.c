// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The description of the streams in the Common Trace Format's own language (TSDL). Field names begin
// with an underscore, which readers take away: some would be words of the language otherwise.

#include <inttypes.h>

#include "decode/ctf.h"
#include "decode/trace.h"
#include "decode/words.h"

static const char TYPES[] =
    "typealias integer { size = 8; align = 8; signed = false; } := uint8_t;\n"
    "typealias integer { size = 16; align = 8; signed = false; } := uint16_t;\n"
    "typealias integer { size = 32; align = 8; signed = false; } := uint32_t;\n"
    "typealias integer { size = 64; align = 8; signed = false; } := uint64_t;\n"
    "typealias integer { size = 32; align = 8; signed = true; } := int32_t;\n"
    "typealias integer { size = 32; align = 8; signed = false; base = 16; } := hex32_t;\n"
    "typealias integer { size = 64; align = 8; signed = false;\n"
    "    map = clock.hardware.value; } := clock64_t;\n\n";

static const char STREAM[] =
    "stream {\n    id = 0;\n"
    "    packet.context := struct {\n"
    "        clock64_t timestamp_begin;\n        clock64_t timestamp_end;\n"
    "        uint64_t content_size;\n        uint64_t packet_size;\n"
    "        uint64_t events_discarded;\n    };\n"
    "    event.header := struct {\n        uint16_t id;\n        clock64_t timestamp;\n    };\n"
    "    event.context := struct {\n        uint8_t _cpu;\n        uint8_t _vcpu;\n"
    "        enum partition _partition;\n        uint32_t _number;\n    };\n};\n\n";

/// Text between quotation marks. Names are one line of UTF-8.
static void put_text(FILE *out, const char *text)
{
    (void)fputc('"', out);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            (void)fputc('\\', out);
        }
        (void)fputc(*text, out);
    }
    (void)fputc('"', out);
}

static const char *type_name(enum word_kind kind)
{
    static const char *const names[] = {
        [WORD_DECIMAL] = "uint32_t",         [WORD_HEX] = "hex32_t",
        [WORD_HYPERCALL] = "enum hypercall", [WORD_STATUS] = "enum status",
        [WORD_STATE] = "enum state",         [WORD_MODE] = "enum mode",
        [WORD_EVENT] = "enum hm_event",      [WORD_ACTION] = "enum hm_action",
    };

    return names[kind];
}

static void put_enum(FILE *out, enum word_kind kind)
{
    bool status = kind == WORD_STATUS;

    (void)fprintf(out, "%s : %s {", type_name(kind), status ? "int32_t" : "uint32_t");
    for (uint32_t i = 0; i < words_count(kind); i++) {
        const char *word = words_number(kind, status ? 0u - i : i);

        if (word != NULL) {
            (void)fputs(i == 0u ? " " : ", ", out);
            put_text(out, word);
            (void)fprintf(out, " = %s%" PRIu32, status && i != 0u ? "-" : "", i);
        }
    }
    (void)fputs(" };\n", out);
}

static void put_partitions(const struct trace *t, FILE *out)
{
    (void)fputs("enum partition : uint32_t { ", out);
    for (uint32_t i = 0; t->dump->configured && i < t->dump->cfg.partition_count; i++) {
        put_text(out, dump_partition(t->dump, i));
        (void)fprintf(out, " = %" PRIu32 ", ", i);
    }
    (void)fprintf(out, "\"hypervisor\" = %" PRIu32 " };\n\n", SEP_LOG_HYPERVISOR);
}

static void put_event(FILE *out, uint32_t number)
{
    char name[WORDS_FIELD_MAX];

    (void)fputs("event {\n    name = ", out);
    put_text(out, words_event(number)->name);
    (void)fprintf(out, ";\n    id = %" PRIu32 ";\n    stream_id = 0;\n    fields := struct {\n",
                  number);
    for (unsigned i = 0; i < 3u; i++) {
        words_field(number, i, name);
        if (name[0] != '\0') {
            (void)fprintf(out, "        %s _%s;\n", type_name(words_kind(number, i)), name);
        }
    }
    (void)fputs("    };\n};\n\n", out);
}

void trace_ctf_metadata(const struct trace *trace, FILE *out)
{
    (void)fputs("/* CTF 1.8 */\n\n"
                "clock {\n    name = hardware;\n    freq = 1000000000;\n    offset = 0;\n};\n\n",
                out);
    (void)fputs(TYPES, out);
    (void)fputs("trace {\n    major = 1;\n    minor = 8;\n    byte_order = le;\n"
                "    packet.header := struct {\n        uint32_t magic;\n"
                "        uint32_t stream_id;\n        uint64_t stream_instance_id;\n    };\n};\n\n"
                "env {\n    tracer_name = \"septum\";\n",
                out);
    if (trace->dump->configured) {
        (void)fputs("    system = ", out);
        put_text(out, cfgfile_text(&trace->dump->cfg, cfgfile_system(&trace->dump->cfg)->name));
        (void)fputs(";\n", out);
    }
    (void)fputs("};\n\n", out);
    for (enum word_kind kind = WORD_HYPERCALL; kind < WORD_KIND_COUNT; kind++) {
        put_enum(out, kind);
    }
    put_partitions(trace, out);
    (void)fputs(STREAM, out);
    for (uint32_t i = 0; words_event(i) != NULL; i++) {
        put_event(out, i);
    }
}
