// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Files that are written: all or nothing, and never over what the same command reads or writes.

#ifndef SEPTUM_TOOL_OUTPUT_H
#define SEPTUM_TOOL_OUTPUT_H

#include <stdbool.h>

#include "base/pool.h"

/// A regular file is written beside its place and renamed; a device or a FIFO, which must stay what
/// it is, is written directly.
struct output {
    int fd;          ///< the caller's to write and to close
    char *target;    ///< the file that is replaced, links followed
    char *temporary; ///< NULL: written directly
};

/// NULL on success, otherwise the reason in words.
const char *output_open(struct output *out, const char *path);

/// Once fd is closed: gives the file its name, or removes it. NULL on success, otherwise the reason.
const char *output_finish(struct output *out, bool keep);

/// Paths; NULL stands for none.
struct output_paths {
    const char *const *list;
    size_t count;
};

/// Looks for an output that is the same file as an input or as another output, whatever their names.
/// NULL, or why *which must not be written.
const char *output_clash(struct pool *pool, struct output_paths outputs, struct output_paths inputs,
                         const char **which);

#endif
