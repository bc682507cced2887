// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Files read and written as a whole.

#include "image/filedata.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "image/fail.h"

#define FILE_SIZE_MAX ((size_t)1 << 30)

/// Doubles the space; false: too large or no memory.
static bool grow(struct filedata *data, size_t *space)
{
    size_t wanted = *space * 2u + 65536u;
    uint8_t *more = *space < FILE_SIZE_MAX ? realloc(data->bytes, wanted) : NULL;

    if (more == NULL) {
        errno = EFBIG;
        return false;
    }
    data->bytes = more;
    *space = wanted;
    return true;
}

static bool read_stream(FILE *stream, struct filedata *data)
{
    size_t space = 0;

    while (feof(stream) == 0) {
        if (data->size == space && !grow(data, &space)) {
            return false;
        }
        data->size += fread(data->bytes + data->size, 1, space - data->size, stream);
        if (ferror(stream) != 0) {
            return false;
        }
    }
    return true;
}

bool filedata_read(const char *path, struct filedata *data)
{
    FILE *stream = fopen(path, "rb");

    *data = (struct filedata){NULL, 0};
    if (stream == NULL || !read_stream(stream, data)) {
        (void)fail(path, "SEP9001", "cannot be read: %s", strerror(errno));
        filedata_free(data);
        if (stream != NULL) {
            (void)fclose(stream);
        }
        return false;
    }
    (void)fclose(stream);
    return true;
}

void filedata_free(struct filedata *data)
{
    free(data->bytes);
    *data = (struct filedata){NULL, 0};
}

bool filedata_apart(const char *path, const char *const *inputs, size_t count)
{
    struct pool *pool = pool_new();
    const struct output_paths read = {inputs, count};
    const char *reason = output_clash(pool, (struct output_paths){&path, 1}, read, &path);

    if (reason != NULL) {
        (void)fail(path, "SEP9002", "cannot be written: %s", reason);
    }
    pool_free(pool);
    return reason == NULL;
}

bool filedata_create(struct filedata_output *out, const char *path)
{
    *out = (struct filedata_output){.path = path, .stream = stdout};
    if (strcmp(path, "-") == 0) {
        return true;
    }
    const char *reason = output_open(&out->file, path);

    if (reason == NULL) {
        out->stream = fdopen(out->file.fd, "wb");
    }
    if (reason == NULL && out->stream == NULL) {
        reason = strerror(errno);
        (void)close(out->file.fd);
        (void)output_finish(&out->file, false);
    }
    return reason == NULL || fail(path, "SEP9002", "cannot be written: %s", reason);
}

bool filedata_commit(struct filedata_output *out)
{
    if (out->stream == stdout) {
        return true; // main() looks whether all of it could be written
    }
    bool bad = ferror(out->stream) != 0;
    const char *reason = fclose(out->stream) != 0 || bad ? strerror(errno) : NULL;
    const char *unnamed = output_finish(&out->file, reason == NULL);

    reason = reason != NULL ? reason : unnamed;
    return reason == NULL || fail(out->path, "SEP9002", "cannot be written: %s", reason);
}

void filedata_abandon(struct filedata_output *out)
{
    if (out->stream != stdout) {
        (void)fclose(out->stream);
        (void)output_finish(&out->file, false);
    }
}

void filedata_fill(FILE *stream, uint8_t value, uint64_t count)
{
    for (; count != 0u; count--) {
        (void)fputc(value, stream);
    }
}
