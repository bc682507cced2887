// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Whole files in memory: read at once, written to a temporary file that takes the name only when
// every byte is in it.

#ifndef SEPTUM_TOOL_FILEDATA_H
#define SEPTUM_TOOL_FILEDATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/output.h"

struct filedata {
    uint8_t *bytes;
    size_t size;
};

/// Reads a file; on failure says why on stderr and returns false.
bool filedata_read(const char *path, struct filedata *data);

void filedata_free(struct filedata *data);

/// A file being written; nothing of it is seen under its name before filedata_commit(), if that is
/// no device or FIFO.
struct filedata_output {
    const char *path;
    struct output file;
    FILE *stream; ///< stdout when the path is "-"
};

/// Whether an output is another file than every input (NULL: none); says on stderr if it is not.
bool filedata_apart(const char *path, const char *const *inputs, size_t count);

/// Opens `path` for writing ("-": stdout); on failure says why and returns false.
bool filedata_create(struct filedata_output *out, const char *path);

/// Closes and gives the name; on any failure, earlier write errors included, says why, removes the
/// temporary file and returns false.
bool filedata_commit(struct filedata_output *out);

/// Closes and removes what was written.
void filedata_abandon(struct filedata_output *out);

/// Writes `count` bytes of `value`.
void filedata_fill(FILE *stream, uint8_t value, uint64_t count);

#endif
