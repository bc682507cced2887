// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Takes apart what the hypervisor sends through its one UART. Before each line of a source, and
// whenever the source changes, it sends a marker: byte 0x1e, a line feed if the source before was in
// the middle of a line, then "[name] ". What follows belongs to that source until the next marker.
// What comes before any marker is the boot loader's, named "boot".

#ifndef SEPTUM_TOOL_DEMUX_H
#define SEPTUM_TOOL_DEMUX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define DEMUX_MARK 0x1eu
#define DEMUX_NAME_MAX 32u
#define DEMUX_LINE_MAX 1024u
#define DEMUX_SOURCES_MAX 64u

/// The source that is the hypervisor itself, and how its last line begins.
#define DEMUX_HYPERVISOR "septum"
#define DEMUX_HALT "halt: "

enum demux_state {
    DEMUX_TEXT,  ///< bytes of the current source
    DEMUX_BREAK, ///< directly behind a mark
    DEMUX_OPEN,  ///< behind the mark's line feed
    DEMUX_NAME,  ///< inside the brackets
    DEMUX_SPACE, ///< behind the closing bracket
};

struct demux_source {
    char name[DEMUX_NAME_MAX];
    char line[DEMUX_LINE_MAX];
    size_t length;
};

struct demux {
    FILE *out; ///< NULL: nothing is printed
    enum demux_state state;
    char name[DEMUX_NAME_MAX]; ///< of the marker being read
    size_t name_length;
    size_t current;
    size_t source_count;
    bool halted; ///< the hypervisor printed its verdict …
    int status;  ///< … and this is it
    struct demux_source sources[DEMUX_SOURCES_MAX];
};

void demux_init(struct demux *demux, FILE *out);

/// Takes bytes as they come, prints each line that they complete as "[name] text".
void demux_feed(struct demux *demux, const uint8_t *bytes, size_t count);

/// Prints the lines that have no end.
void demux_finish(struct demux *demux);

#endif
