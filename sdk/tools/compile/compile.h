// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The tool's inner interface: a session over one description. Commands (check, compile, build,
// report ...) open one, ask for what they need and close it.

#ifndef SEPTUM_TOOL_COMPILE_H
#define SEPTUM_TOOL_COMPILE_H

#include "base/exit.h"
#include "base/file.h"
#include "model/system.h"

struct septum_options {
    const char *description;         ///< the XML file
    const char *board;               ///< name; NULL: the description's own
    const char *board_path;          ///< folder of board descriptions; NULL: the installation's
    const char *hypervisor;          ///< ELF file; needed by septum_compile()
    const char *const *search_paths; ///< further folders for images and files
    size_t search_count;
    const char *const *partitions; ///< "NAME=FILE": FILE stands for the description's path NAME
    size_t partition_count;
    bool unplanned; ///< plan 0 is still to be made: its slots are not looked at, and not missed
};

/// Where the parts of the hypervisor's memory lie. Addresses are physical.
struct septum_layout {
    uint64_t start, size; ///< all of it, as the description says
    uint64_t binary_size; ///< from its first to its last byte, bss included
    uint64_t config_start, config_size;
    uint64_t arena_start, arena_size;
    uint64_t behind_traces; ///< bytes of the arena
    uint64_t blobs_start, blobs_size;
    uint64_t used; ///< from start to the last used byte
};

/// The device tree of a partition that is an unmodified operating system.
struct septum_tree {
    const char *partition; ///< its name
    struct bytes tree;
};

struct septum_output {
    struct bytes config;       ///< the compiled configuration
    struct bytes blobs;        ///< what belongs at layout.blobs_start
    struct septum_tree *trees; ///< they are among the blobs
    size_t tree_count;
    struct septum_layout layout;
};

struct septum {
    struct pool *pool;
    struct diags diags;
    struct septum_options options;
    const struct board *board; ///< NULL until checked, or unknown
    struct sys *sys;           ///< NULL until checked, or unreadable
    const char **inputs;       ///< every file that was read
    size_t input_count;
};

struct septum *septum_open(const struct septum_options *options);
void septum_close(struct septum *s);

/// Reads and checks the description. EXIT_OK or EXIT_INPUT; errors are in s->diags.
int septum_check(struct septum *s);

/// The same over a text in memory; a board already in s->board is used whatever the text says.
int septum_check_text(struct septum *s, struct bytes text);

/// septum_check(), then everything that needs the binaries; fills *output when nothing is wrong.
int septum_compile(struct septum *s, struct septum_output *output);

/// Whether each output (NULL: none) is another file than all that was read and than the other
/// outputs; an error when one is not.
bool septum_outputs(struct septum *s, const char *const *outputs, size_t count);

/// Notes that an output cannot be written.
void septum_unwritable(struct septum *s, const char *path, const char *reason);

/// Prints the errors, as text to stderr or as JSON to stdout.
void septum_print_errors(struct septum *s, bool json);

/// Writes a make rule: target depends on every file that was read. NULL, or why not.
const char *septum_write_depfile(struct septum *s, const char *path, const char *target);

/// Notes a file as read.
void septum_input(struct septum *s, const char *path);

#endif
