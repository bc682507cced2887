// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// One child process whose output is watched. It ends with us whatever happens, and nothing but it is
// ever signalled.

#ifndef SEPTUM_TOOL_CHILD_H
#define SEPTUM_TOOL_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/types.h>

struct child {
    pid_t pid;     ///< 0: gone and reaped
    int output;    ///< what it prints
    int signals;   ///< tells of its end and of signals to us
    int exit_code; ///< as a shell would say: 128 + n when a signal ended it
};

enum child_event {
    CHILD_OUTPUT,  ///< `count` bytes are in the buffer
    CHILD_ENDED,   ///< it has ended and all its output was seen
    CHILD_TIMEOUT, ///< nothing happened until the deadline
    CHILD_SIGNAL,  ///< we got a signal: `count` is its number
};

/// Starts a program found through PATH. Its standard input is /dev/null unless `keep_stdin`; no core
/// dump; killed by the kernel should we die. Says on stderr when that fails.
bool child_start(char *const argv[], bool keep_stdin, struct child *child);

/// Waits for the next event, until `deadline` (child_now() time; negative: for ever).
enum child_event child_wait(struct child *child, int64_t deadline, uint8_t *buffer, size_t size,
                            size_t *count);

/// Ends the child, first asking, and releases everything. Harmless when it has ended already.
void child_stop(struct child *child);

/// Milliseconds on a clock that never jumps.
int64_t child_now(void);

#endif
