// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Watches an emulator until the system halts.

#include "run/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "image/fail.h"
#include "image/filedata.h"
#include "model/board.h"
#include "run/child.h"
#include "run/demux.h"
#include "run/monitor.h"

/// How long an emulator may stay after its system has halted.
#define GRACE_MS 2000

struct watch {
    const struct run_request *request;
    struct child child;
    struct demux demux;
    FILE *console;
    struct monitor monitor;
    int64_t deadline;
    bool graced; ///< the deadline is the one behind the halt
};

static void take_bytes(struct watch *w, const uint8_t *bytes, size_t count)
{
    if (w->console != NULL) {
        (void)fwrite(bytes, 1, count, w->console);
    }
    if (w->request->raw) {
        (void)fwrite(bytes, 1, count, stdout);
        (void)fflush(stdout);
    }
    demux_feed(&w->demux, bytes, count);
    if (w->demux.halted && !w->graced) {
        w->graced = true;
        w->deadline = child_now() + GRACE_MS;
    }
}

static int verdict(struct watch *w, enum child_event why, size_t signal_number)
{
    const char *image = w->request->start.image;

    if (w->demux.halted) {
        return w->demux.status;
    }
    if (why == CHILD_SIGNAL) {
        (void)fail(image, "SEP9042", "ended by signal %zu", signal_number);
        return 128 + (int)signal_number;
    }
    if (why == CHILD_TIMEOUT) {
        (void)fail(image, "SEP9041", "the system did not halt within %u s", w->request->timeout);
        return RUN_TIMEOUT;
    }
    (void)fail(image, "SEP9040", "the emulator ended with status %d before the system halted",
               w->child.exit_code);
    return RUN_DIED;
}

// The emulator keeps a system that has halted: nothing more comes then.
static bool is_kept(const struct watch *w)
{
    return w->request->record != NULL && w->demux.halted;
}

static bool record_memory(const struct watch *w, enum child_event why)
{
    const struct run_request *request = w->request;
    const struct monitor_memory memory = {request->memory_start, request->memory_size,
                                          request->record};

    return request->record == NULL || why == CHILD_ENDED || why == CHILD_SIGNAL ||
           monitor_record(&w->monitor, &memory, w->demux.halted ? GRACE_MS : 0);
}

static int watch(struct watch *w)
{
    enum child_event event = CHILD_OUTPUT;
    uint8_t buffer[4096];
    size_t count = 0;
    bool recorded;
    int status;

    while (event == CHILD_OUTPUT && !is_kept(w)) {
        event = child_wait(&w->child, w->deadline, buffer, sizeof(buffer), &count);
        if (event == CHILD_OUTPUT) {
            take_bytes(w, buffer, count);
        }
    }
    recorded = record_memory(w, event);
    child_stop(&w->child);
    demux_finish(&w->demux);
    status = verdict(w, event, count);
    return status == 0 && !recorded ? EXIT_INPUT : status;
}

static bool open_console(struct watch *w)
{
    const char *path = w->request->console;

    w->console = path == NULL ? NULL : fopen(path, "wb");
    return path == NULL || w->console != NULL ||
           fail(path, "SEP9002", "cannot be written: %s", strerror(errno));
}

/// A file of the console's bytes with gaps makes a good run a failure.
static int close_console(const struct watch *w, int status)
{
    if (w->console == NULL) {
        return status;
    }
    bool bad = ferror(w->console) != 0;

    if (fclose(w->console) == 0 && !bad) {
        return status;
    }
    (void)fail(w->request->console, "SEP9002", "cannot be written: %s", strerror(errno));
    return status == EXIT_OK ? EXIT_INPUT : status;
}

static int run_command(const struct run_request *request, const struct emulator_command *command,
                       const struct monitor *monitor)
{
    static struct watch w; // large, and there is one run in a process

    memset(&w, 0, sizeof(w));
    w.request = request;
    w.monitor = *monitor;
    // Raw, the lines are still read for the verdict.
    demux_init(&w.demux, request->raw ? NULL : stdout);
    if (!open_console(&w)) {
        return EXIT_INPUT;
    }
    int status = EXIT_INPUT;

    if (child_start(command->argv, request->keep_stdin, &w.child)) {
        w.deadline = request->timeout == 0u ? -1 : child_now() + (int64_t)request->timeout * 1000;
        status = watch(&w);
    }
    return close_console(&w, status);
}

/// A board by its name, or by its file's name, which has a slash or ends in ".xml".
static const struct board *find_board(const struct run_request *request, struct diags *diags)
{
    const char *name = request->board;
    size_t length = strlen(name);
    struct bytes text;

    if (strchr(name, '/') == NULL && (length < 4u || strcmp(name + length - 4u, ".xml") != 0)) {
        diags->file = request->start.image;
        return board_find(diags, request->board_folder, name, 0);
    }
    diags->file = name;
    const char *error = file_read(diags->pool, name, &text);

    if (error != NULL) {
        diag_add(diags, RULE_FILE_READ, 0, "cannot be read: %s", error);
        return NULL;
    }
    return board_read(diags, name, text);
}

static int run_on_board(const struct run_request *request, const struct board *board)
{
    struct emulator_command command = {.count = 0};
    struct emulator_start start = request->start;
    struct monitor monitor = {.folder = ""};
    const char *const inputs[] = {request->start.image, board->path};
    const size_t count = sizeof(inputs) / sizeof(inputs[0]);
    int status = EXIT_INPUT;

    if ((request->record != NULL && !filedata_apart(request->record, inputs, count)) ||
        (request->console != NULL && !filedata_apart(request->console, inputs, count))) {
        return EXIT_INPUT;
    }
    if (request->record != NULL) {
        if (!monitor_make(&monitor)) {
            monitor_remove(&monitor);
            return status;
        }
        start.monitor = monitor.socket;
    }
    if (emulator_command(board, &start, &command)) {
        status = run_command(request, &command, &monitor);
    }
    emulator_command_free(&command);
    monitor_remove(&monitor);
    return status;
}

int run_system(const struct run_request *request)
{
    struct diags diags = {.pool = pool_new()};
    const struct board *board = find_board(request, &diags);
    int status = EXIT_INPUT;

    if (board == NULL || diags.count != 0u) {
        diag_print(&diags, stderr);
    } else {
        status = run_on_board(request, board);
    }
    pool_free(diags.pool);
    return status;
}
