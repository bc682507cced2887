// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Errors and warnings found in the user's input: collected, sorted by line and printed at the end of
// a run. Only errors count: a warning stops nothing.

#ifndef SEPTUM_TOOL_DIAG_H
#define SEPTUM_TOOL_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/pool.h"
#include "base/rules.h"

/// Stands between what is wrong and how to mend it in a message; printed as "; ".
#define MEND "\x1f"

/// Most errors printed in one run, and most warnings.
#define DIAG_SHOWN_MAX 20u

struct diag {
    enum rule rule;
    unsigned line; ///< 0: the file as a whole
    size_t order;
    const char *file;
    const char *text;
    const char *mend;
};

struct diags {
    struct pool *pool;
    const char *file; ///< that lines refer to now
    struct diag *list;
    size_t count;
    struct diag *warnings;
    size_t warning_count;
    unsigned lost; ///< line at which the XML ceased to be readable, 0: all was read
};

void diag_add(struct diags *diags, enum rule rule, unsigned line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/// True when an error was already reported at this line of the current file.
bool diag_has_line(const struct diags *diags, unsigned line);

/// True when there are errors of other rules than those with one of these flags.
bool diag_beside(const struct diags *diags, unsigned flags);

/// Sorts and prints everything, one line each, errors first.
void diag_print(struct diags *diags, FILE *out);

/// The same as a JSON object (sdk/tools/schema/errors.schema.json).
void diag_print_json(struct diags *diags, FILE *out);

#endif
