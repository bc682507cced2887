// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Opening, replacing and telling apart the files that are written.

#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/// The file itself where the path is a link to one: the link stays.
static char *resolve(const char *path)
{
    char *target = realpath(path, NULL);

    return target != NULL ? target : strdup(path);
}

/// The temporary file beside its later name, with the rights that a plain new file gets.
static int open_temporary(struct output *out)
{
    size_t size = strlen(out->target) + sizeof(".XXXXXX");
    mode_t mask = umask(0);
    int fd = -1;

    (void)umask(mask);
    out->temporary = malloc(size);
    if (out->temporary != NULL) {
        (void)snprintf(out->temporary, size, "%s.XXXXXX", out->target);
        fd = mkostemp(out->temporary, O_CLOEXEC);
    }
    if (fd >= 0) {
        (void)fchmod(fd, (mode_t)0666 & ~mask);
    }
    return fd;
}

static void release(struct output *out)
{
    free(out->target);
    free(out->temporary);
    *out = (struct output){.fd = -1};
}

const char *output_open(struct output *out, const char *path)
{
    struct stat status;

    *out = (struct output){.fd = -1, .target = resolve(path)};
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode)) {
        out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    } else if (out->target != NULL) {
        out->fd = open_temporary(out);
    }
    if (out->fd < 0) {
        const char *reason = strerror(errno);

        release(out);
        return reason;
    }
    return NULL;
}

const char *output_finish(struct output *out, bool keep)
{
    const char *reason = NULL;

    if (out->temporary != NULL && keep && rename(out->temporary, out->target) != 0) {
        reason = strerror(errno);
    }
    if (out->temporary != NULL && (!keep || reason != NULL)) {
        (void)unlink(out->temporary);
    }
    release(out);
    return reason;
}

/// What a path leads to: a file, or a place in a folder that exists.
struct identity {
    bool known;
    dev_t device;
    ino_t inode;
    const char *rest; ///< of the path, behind the folder
};

// What is written to a character device destroys nothing: two outputs may go to the same.
static struct identity identify(struct pool *pool, const char *path)
{
    char *folder = pool_copy(pool, path, strlen(path));
    const char *rest = path + strlen(path);
    struct stat status;

    while (stat(folder[0] != '\0' ? folder : ".", &status) != 0) {
        char *slash = strrchr(folder, '/');
        size_t kept = slash != NULL ? (size_t)(slash - folder) : 0u;

        rest = slash != NULL ? path + kept + 1 : path;
        if (folder[0] == '\0' || strcmp(folder, "/") == 0) {
            return (struct identity){.known = false};
        }
        folder[kept == 0u && slash != NULL ? 1u : kept] = '\0';
    }
    return (struct identity){!S_ISCHR(status.st_mode), status.st_dev, status.st_ino, rest};
}

static const char *next_name(const char *at)
{
    while (*at == '/' || (at[0] == '.' && (at[1] == '/' || at[1] == '\0'))) {
        at++;
    }
    return at;
}

static bool same_rest(const char *a, const char *b)
{
    size_t length;

    do {
        a = next_name(a);
        b = next_name(b);
        length = strcspn(a, "/");
        if (length != strcspn(b, "/") || strncmp(a, b, length) != 0) {
            return false;
        }
        a += length;
        b += length;
    } while (length != 0u);
    return true;
}

static bool same_file(struct pool *pool, const char *path, const char *other)
{
    if (path == NULL || other == NULL) {
        return false;
    }
    struct identity a = identify(pool, path);
    struct identity b = identify(pool, other);

    return a.known && b.known && a.device == b.device && a.inode == b.inode &&
           same_rest(a.rest, b.rest);
}

const char *output_clash(struct pool *pool, struct output_paths outputs, struct output_paths inputs,
                         const char **which)
{
    for (size_t i = 0; i < outputs.count; i++) {
        *which = outputs.list[i];
        for (size_t k = 0; k < inputs.count; k++) {
            if (same_file(pool, *which, inputs.list[k])) {
                return pool_printf(pool, "it is the same file as the input '%s'", inputs.list[k]);
            }
        }
        for (size_t k = 0; k < i; k++) {
            if (same_file(pool, *which, outputs.list[k])) {
                return pool_printf(pool, "it is the same file as the output '%s'", outputs.list[k]);
            }
        }
    }
    return NULL;
}
