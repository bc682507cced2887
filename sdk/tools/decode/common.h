// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the outputs of logs and traces have in common.

#ifndef SEPTUM_TOOL_DECODE_COMMON_H
#define SEPTUM_TOOL_DECODE_COMMON_H

#include "decode/logbook.h"
#include "report/json.h"

/// Members of a JSON object: where the memory lay, system, partitions, channels, damaged places, places
/// that may be the true ones instead of those taken, logbooks of a kind that the description wants and
/// the memory does not hold.
void common_json(struct json *j, const struct dump *dump, const struct logbooks *books,
                 uint32_t kind);

/// One line on stderr when the memory holds several that may be the true one.
void common_warn(const char *path, const struct dump *dump, const struct logbooks *books);

/// Members that a logbook of any kind has.
void common_book_json(struct json *j, const struct logbook *book);

/// One line on a logbook: how many records it has, had and lost.
void common_book_text(FILE *out, const struct logbook *book, const char *name);

/// Lines on damaged places and missing logbooks.
void common_text(FILE *out, const struct dump *dump, const struct logbooks *books, uint32_t kind);

/// A partition as a JSON number, or null for the hypervisor.
void common_partition_json(struct json *j, const char *key, uint32_t partition);

#endif
