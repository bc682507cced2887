// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Files read and written as a whole.

#include "image/filedata.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

/// Opens the temporary file beside its later name, with the rights that a plain new file gets.
static FILE *open_temporary(char *name)
{
    int fd = mkstemp(name);
    mode_t mask = umask(0);

    (void)umask(mask);
    if (fd < 0) {
        return NULL;
    }
    (void)fchmod(fd, (mode_t)0666 & ~mask);
    return fdopen(fd, "wb");
}

bool filedata_create(struct filedata_output *out, const char *path)
{
    size_t size = strlen(path) + sizeof(".XXXXXX");

    *out = (struct filedata_output){.path = path, .stream = stdout};
    if (strcmp(path, "-") == 0) {
        return true;
    }
    out->temporary = malloc(size);
    if (out->temporary != NULL) {
        (void)snprintf(out->temporary, size, "%s.XXXXXX", path);
        out->stream = open_temporary(out->temporary);
    }
    if (out->temporary == NULL || out->stream == NULL) {
        (void)fail(path, "SEP9002", "cannot be written: %s", strerror(errno));
        free(out->temporary);
        return false;
    }
    return true;
}

bool filedata_commit(struct filedata_output *out)
{
    bool bad = ferror(out->stream) != 0;

    if (out->temporary == NULL) {
        bad = fflush(stdout) != 0 || bad;
    } else {
        bad = fclose(out->stream) != 0 || bad;
        bad = bad || rename(out->temporary, out->path) != 0;
        if (bad) {
            (void)unlink(out->temporary);
        }
    }
    if (bad) {
        (void)fail(out->path, "SEP9002", "cannot be written: %s", strerror(errno));
    }
    free(out->temporary);
    return !bad;
}

void filedata_abandon(struct filedata_output *out)
{
    if (out->temporary != NULL) {
        (void)fclose(out->stream);
        (void)unlink(out->temporary);
        free(out->temporary);
    }
}

void filedata_fill(FILE *stream, uint8_t value, uint64_t count)
{
    for (; count != 0u; count--) {
        (void)fputc(value, stream);
    }
}
