// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log of a recording.

#ifndef SEPTUM_TOOL_LOG_H
#define SEPTUM_TOOL_LOG_H

#include <stdio.h>

#include "decode/filter.h"
#include "decode/logbook.h"

struct log {
    const struct dump *dump;
    const struct logbooks *books;
    const struct logbook *book;
    const struct filter *filter;
    bool registers; ///< in the text, too
};

/// Writes the records that the filter lets through, oldest first: for people, for programs
/// (schema/log.schema.json).
void log_text(const struct log *log, FILE *out);
void log_json(const struct log *log, FILE *out);

#endif
