// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words for the numbers in records: events, classes, hypercalls, statuses, actions, states.

#ifndef SEPTUM_TOOL_DECODE_WORDS_H
#define SEPTUM_TOOL_DECODE_WORDS_H

#include <stdio.h>

#include <septum/log.h>

#include "decode/dump.h"

/// What a word of a trace record is.
enum word_kind {
    WORD_UNUSED,
    WORD_DECIMAL,
    WORD_HEX,
    WORD_HYPERCALL,
    WORD_STATUS,
    WORD_STATE,
    WORD_MODE,
    WORD_EVENT,
    WORD_ACTION,
    WORD_KIND_COUNT
};

/// An event of traces.
struct words_event {
    const char *name;
    uint32_t class;     ///< enum sep_trace_class
    const char *fields; ///< what its words are, separated by commas
};

/// The event of a number, NULL behind the last one.
const struct words_event *words_event(uint32_t number);

/// What word 0, 1 or 2 of an event is, and the word for its class. The event must be known.
enum word_kind words_kind(uint32_t event, unsigned field);
const char *words_class_of(uint32_t event);

/// Class number n as a word, NULL behind the last one.
const char *words_class(uint32_t n);

/// A number of a kind as a word, NULL where it has none. Numbers of a kind are 0 ... words_count() - 1;
/// statuses count downwards.
const char *words_number(enum word_kind kind, uint32_t value);
uint32_t words_count(enum word_kind kind);

/// Name of a field of an event as an identifier: "first_argument". Empty: the word is not used.
#define WORDS_FIELD_MAX 48u
void words_field(uint32_t event, unsigned field, char name[WORDS_FIELD_MAX]);

/// Writes what happened, in a few words: "sampling_write 0x3 0x40100000".
#define WORDS_TEXT_MAX 256u
void words_describe(const struct dump *dump, const struct sep_trace_record *record,
                    char text[WORDS_TEXT_MAX]);

/// A time as seconds with nine decimals.
#define WORDS_TIME_MAX 32u
const char *words_time(char text[WORDS_TIME_MAX], uint64_t ns);

#endif
