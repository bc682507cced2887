// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The command line that starts a board's emulator, from the element <Emulator> of its description.

#ifndef SEPTUM_TOOL_EMULATOR_H
#define SEPTUM_TOOL_EMULATOR_H

#include <stdbool.h>

#include "model/board.h"

#define EMULATOR_WORDS_MAX 128u

/// What is to be started.
struct emulator_start {
    const char *image;
    bool rom;
    bool icount;
    uint32_t processors; ///< of the system; 0: not known
    const char *shift;   ///< NULL: the board's default
    const char *gdb;     ///< port; NULL: none
    const char *monitor; ///< path of the socket for the monitor; NULL: none
    char **extra;        ///< more arguments, ended by NULL
};

/// A command line: argv ends with NULL, the words lie in `text`.
struct emulator_command {
    char *argv[EMULATOR_WORDS_MAX];
    unsigned count;
    char *text[EMULATOR_WORDS_MAX]; ///< taken memory
    unsigned text_count;
};

/// Builds the command line; says on stderr why there is none. Free it also then.
bool emulator_command(const struct board *board, const struct emulator_start *start,
                      struct emulator_command *command);

void emulator_command_free(struct emulator_command *command);

#endif
