// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Exit codes of every command.

#ifndef SEPTUM_TOOL_EXIT_H
#define SEPTUM_TOOL_EXIT_H

enum exit_code {
    EXIT_OK = 0,
    EXIT_INPUT = 1,    ///< an error in what the user wrote
    EXIT_USAGE = 2,    ///< the command line makes no sense
    EXIT_INTERNAL = 3, ///< our fault or the machine's
};

#endif
