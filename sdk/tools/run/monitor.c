// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Talks to the emulator's monitor: a line of JSON there, a line of JSON back, and between them lines of
// events, which nobody here waits for.

#include "run/monitor.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "decode/recording.h"
#include "image/fail.h"
#include "run/child.h"

/// How long the emulator may take for one answer.
#define ANSWER_MS 10000
#define LINE_MAX_BYTES 4096u

struct talk {
    int socket;
    char line[LINE_MAX_BYTES]; ///< the last one, without its end
};

bool monitor_make(struct monitor *monitor)
{
    const char *base = getenv("TMPDIR");

    (void)snprintf(monitor->folder, sizeof(monitor->folder), "%s/septum-rec-XXXXXX",
                   base != NULL && strlen(base) < MONITOR_PATH_MAX / 2u ? base : "/tmp");
    if (mkdtemp(monitor->folder) == NULL) {
        (void)fail(monitor->folder, "SEP9002", "cannot be written: %s", strerror(errno));
        monitor->folder[0] = '\0';
        return false;
    }
    int length = snprintf(monitor->socket, sizeof(monitor->socket), "%s/m", monitor->folder);

    return length > 0 && (size_t)length < sizeof(((struct sockaddr_un *)0)->sun_path);
}

void monitor_remove(struct monitor *monitor)
{
    if (monitor->folder[0] != '\0') {
        (void)unlink(monitor->socket);
        (void)rmdir(monitor->folder);
        monitor->folder[0] = '\0';
    }
}

static bool connect_to(const struct monitor *monitor, struct talk *talk)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", monitor->socket);
    talk->socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return talk->socket >= 0 &&
           connect(talk->socket, (const struct sockaddr *)&address, sizeof(address)) == 0;
}

/// Reads a line; of one that is too long the rest is lost.
static bool read_line(struct talk *talk)
{
    int64_t deadline = child_now() + ANSWER_MS;
    size_t length = 0;
    char byte = 0;

    while (byte != '\n') {
        struct pollfd poller = {talk->socket, POLLIN, 0};
        int64_t left = deadline - child_now();

        if (left <= 0 || poll(&poller, 1, (int)left) != 1 || read(talk->socket, &byte, 1) != 1) {
            return false;
        }
        if (length < LINE_MAX_BYTES - 1u) {
            talk->line[length++] = byte;
        }
    }
    talk->line[length] = '\0';
    return true;
}

/// Sends a command and waits for its answer. False: refused, or nobody is there.
static bool command(struct talk *talk, const char *text)
{
    size_t length = strlen(text);

    if (send(talk->socket, text, length, MSG_NOSIGNAL) != (ssize_t)length) {
        return false;
    }
    while (read_line(talk)) {
        if (strstr(talk->line, "\"return\"") != NULL) {
            return true;
        }
        if (strstr(talk->line, "\"error\"") != NULL) {
            return false;
        }
    }
    return false;
}

/// Whether the system has come to its end; the emulator keeps it then.
static bool has_ended(struct talk *talk, int64_t patience)
{
    int64_t deadline = child_now() + patience;
    const struct timespec pause = {0, 5000000};

    while (command(talk, "{\"execute\":\"query-status\"}\n")) {
        if (strstr(talk->line, "\"shutdown\"") != NULL) {
            return true;
        }
        if (child_now() >= deadline) {
            // It goes on; its memory should not while it is read.
            return command(talk, "{\"execute\":\"stop\"}\n");
        }
        (void)nanosleep(&pause, NULL);
    }
    return false;
}

static bool copy_memory(FILE *from, FILE *to, const struct monitor_memory *memory)
{
    uint8_t buffer[RECORDING_HEAD > 65536u ? RECORDING_HEAD : 65536u];
    uint64_t left = memory->size;

    recording_head(buffer, memory->start, memory->size);
    if (fwrite(buffer, 1, RECORDING_HEAD, to) != RECORDING_HEAD) {
        return false;
    }
    while (left != 0u) {
        size_t wanted = left < sizeof(buffer) ? (size_t)left : sizeof(buffer);

        if (fread(buffer, 1, wanted, from) != wanted || fwrite(buffer, 1, wanted, to) != wanted) {
            return false;
        }
        left -= wanted;
    }
    return true;
}

/// Puts the head in front of what the emulator wrote. A file beside the wanted one takes its name when all of
/// it is there.
static bool write_recording(const char *raw, const struct monitor_memory *memory)
{
    char *partial = malloc(strlen(memory->file) + sizeof(".part"));
    FILE *from = fopen(raw, "rb");
    FILE *to = NULL;
    bool good = false;

    if (partial != NULL) {
        (void)sprintf(partial, "%s.part", memory->file);
        to = fopen(partial, "wb");
    }
    if (from != NULL && to != NULL) {
        good = copy_memory(from, to, memory);
    }
    if (from != NULL) {
        (void)fclose(from);
    }
    if (to != NULL) {
        good = fclose(to) == 0 && good;
        good = good && rename(partial, memory->file) == 0;
        if (!good) {
            (void)unlink(partial);
        }
    }
    free(partial);
    return good || fail(memory->file, "SEP9002", "cannot be written: %s", strerror(errno));
}

static bool take_memory(struct talk *talk, const struct monitor_memory *memory, const char *raw)
{
    char text[LINE_MAX_BYTES];

    (void)snprintf(text, sizeof(text),
                   "{\"execute\":\"pmemsave\",\"arguments\":{\"val\":%" PRIu64 ",\"size\":%" PRIu64
                   ",\"filename\":\"%s\"}}\n",
                   memory->start, memory->size, raw);
    return command(talk, text);
}

bool monitor_record(const struct monitor *monitor, const struct monitor_memory *memory,
                    int64_t patience)
{
    char raw[MONITOR_PATH_MAX + 2u];
    struct talk talk = {.socket = -1};
    bool good;

    (void)snprintf(raw, sizeof(raw), "%sr", monitor->socket);
    good = connect_to(monitor, &talk) && read_line(&talk) &&
           command(&talk, "{\"execute\":\"qmp_capabilities\"}\n") && has_ended(&talk, patience) &&
           take_memory(&talk, memory, raw);
    if (!good) {
        (void)fail(memory->file, "SEP9043", "the emulator does not give its memory");
    } else {
        good = write_recording(raw, memory);
        (void)command(&talk, "{\"execute\":\"quit\"}\n");
    }
    (void)unlink(raw);
    if (talk.socket >= 0) {
        (void)close(talk.socket);
    }
    return good;
}
