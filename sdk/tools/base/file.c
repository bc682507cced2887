// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Reading whole files, writing them all or nothing.

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/output.h"

static const char *read_all(struct pool *pool, int fd, struct bytes *out)
{
    struct stat status;
    size_t done = 0;

    if (fstat(fd, &status) != 0) {
        return strerror(errno);
    }
    if (!S_ISREG(status.st_mode)) {
        return "not a regular file";
    }
    out->size = (size_t)status.st_size;
    out->data = pool_alloc(pool, out->size + 1);
    while (done < out->size) {
        ssize_t n = read(fd, out->data + done, out->size - done);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n < 0 ? strerror(errno) : "it shrank while being read";
        }
        done += (size_t)n;
    }
    return NULL;
}

const char *file_read(struct pool *pool, const char *path, struct bytes *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    const char *reason;

    *out = (struct bytes){NULL, 0};
    if (fd < 0) {
        return strerror(errno);
    }
    reason = read_all(pool, fd, out);
    close(fd);
    return reason;
}

static bool write_all(int fd, struct bytes content)
{
    size_t done = 0;

    while (done < content.size) {
        ssize_t n = write(fd, content.data + done, content.size - done);

        if (n < 0 && errno != EINTR) {
            return false;
        }
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

const char *file_write(const char *path, struct bytes content)
{
    struct output out;
    const char *reason = output_open(&out, path);
    const char *unnamed;

    if (reason != NULL) {
        return reason;
    }
    if (!write_all(out.fd, content)) {
        reason = strerror(errno);
    }
    if (close(out.fd) != 0 && reason == NULL) {
        reason = strerror(errno);
    }
    unnamed = output_finish(&out, reason == NULL);
    return reason != NULL ? reason : unnamed;
}

bool file_exists(const char *path)
{
    return access(path, R_OK) == 0;
}

const char *file_folder(struct pool *pool, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? "" : pool_copy(pool, path, (size_t)(slash - path) + 1);
}

const char *file_beside(struct pool *pool, const char *file, const char *path)
{
    return path[0] == '/' ? path : pool_printf(pool, "%s%s", file_folder(pool, file), path);
}
