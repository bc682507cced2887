// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One run of a system on its emulator.

#ifndef SEPTUM_TOOL_RUN_H
#define SEPTUM_TOOL_RUN_H

#include <stdbool.h>

#include "run/emulator.h"

/// Exit statuses of `septum run` besides the system's own.
enum { RUN_DIED = 4, RUN_TIMEOUT = 5 };

struct run_request {
    const char *board;        ///< name of a board, or of the file that describes it
    const char *board_folder; ///< where boards are looked for first; NULL: the tool's own
    struct emulator_start start;
    const char *console; ///< file that takes the raw bytes; NULL: none
    /// File that takes the hypervisor's memory when the system has ended; NULL: none.
    const char *record;
    uint64_t memory_start, memory_size; ///< that memory, physical
    bool raw;                           ///< print them as they come
    bool keep_stdin;
    unsigned timeout; ///< seconds of wall-clock time; 0: none
};

/// Starts the emulator, prints the consoles, returns the verdict as an exit status: the system's
/// own, RUN_DIED, RUN_TIMEOUT, 128 + n when signal n ended us, or 1 and 3 for input and inner errors.
int run_system(const struct run_request *request);

#endif
