// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A recording as the commands open it: the file, what is in it, what of that is wanted.

#ifndef SEPTUM_TOOL_SOURCE_H
#define SEPTUM_TOOL_SOURCE_H

#include "decode/filter.h"
#include "decode/logbook.h"
#include "image/filedata.h"

struct source_request {
    const char *command; ///< for messages
    const char *path;
    const char *start; ///< of a raw dump; NULL: not given
    uint32_t kind;     ///< of which there must be a logbook
    struct filter_request filter;
};

struct source {
    struct filedata file;
    struct dump dump;
    struct logbooks books;
    struct filter filter;
};

/// Answers EXIT_OK, or the exit status when something is wrong, which is then said on stderr.
int source_open(const struct source_request *request, struct source *source);

void source_close(struct source *source);

#endif
