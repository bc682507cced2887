// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One line on stderr for what went wrong with a file, and the command's exit status.

#ifndef SEPTUM_TOOL_FAIL_H
#define SEPTUM_TOOL_FAIL_H

#include <stdbool.h>

#include "base/exit.h"

/// Prints `file: error: text [id]`; always false, so that callers can return it.
__attribute__((format(printf, 3, 4))) bool fail(const char *file, const char *id,
                                                const char *format, ...);

/// Prints `file: warning: text [id]`.
__attribute__((format(printf, 3, 4))) void warn(const char *file, const char *id,
                                                const char *format, ...);

/// Prints `septum command: error: text` for a wrong command line; always EXIT_USAGE.
__attribute__((format(printf, 2, 3))) int fail_usage(const char *command, const char *format, ...);

#endif
