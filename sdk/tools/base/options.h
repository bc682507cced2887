// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Command lines: a table of options per command.

#ifndef SEPTUM_TOOL_OPTIONS_H
#define SEPTUM_TOOL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum option_kind {
    OPTION_FLAG, ///< bool
    OPTION_TEXT, ///< const char *
    OPTION_LIST, ///< struct option_list: may be given several times
};

struct option_list {
    const char *items[64];
    size_t count;
};

struct option {
    const char *name; ///< "--board", or "-o"
    enum option_kind kind;
    void *target;
    const char *value; ///< what stands behind it in the help, NULL for a flag
    const char *help;
};

struct option_set {
    const char *command;
    const char *arguments; ///< as shown in the help: "SYSTEM.xml"
    const char *summary;
    const struct option *options;
    size_t count;
    size_t positional_count; ///< how many arguments that are not options there must be at most
    size_t positional_least;
};

enum options_result { OPTIONS_GO, OPTIONS_DONE, OPTIONS_WRONG };

/// Parses argv[1 ...]. OPTIONS_DONE: help was asked for and printed. OPTIONS_WRONG: reported.
enum options_result options_parse(const struct option_set *set, int argc, char **argv,
                                  const char **positional);

/// The exit code for a result that is not OPTIONS_GO.
int options_exit(enum options_result result);

/// Reports a wrong command line and answers EXIT_USAGE.
int options_wrong(const char *command, const char *message, const char *subject);

#endif
