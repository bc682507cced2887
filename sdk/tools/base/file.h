// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reading whole files, writing them all or nothing.

#ifndef SEPTUM_TOOL_FILE_H
#define SEPTUM_TOOL_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/pool.h"

struct bytes {
    uint8_t *data;
    size_t size;
};

/// Reads a regular file whole. NULL on success, otherwise the reason in words.
const char *file_read(struct pool *pool, const char *path, struct bytes *out);

/// Writes a file whole or not at all (base/output.h). NULL on success, otherwise the reason in words.
const char *file_write(const char *path, struct bytes content);

bool file_exists(const char *path);

/// The folder of a path, with a slash at its end, or "".
const char *file_folder(struct pool *pool, const char *path);

/// A path found in a file, as seen from that file's folder.
const char *file_beside(struct pool *pool, const char *file, const char *path);

#endif
