// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The emulator's monitor (QEMU's, QMP, on a socket in a folder of our own): takes the memory of a system
// that has ended, and ends the emulator.

#ifndef SEPTUM_TOOL_MONITOR_H
#define SEPTUM_TOOL_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#define MONITOR_PATH_MAX 256u

struct monitor {
    char folder[MONITOR_PATH_MAX]; ///< "": there is none
    char socket[MONITOR_PATH_MAX]; ///< where the emulator is to listen
};

/// Makes the folder. Says on stderr when that fails.
bool monitor_make(struct monitor *monitor);

/// Physical memory and the file that it goes to.
struct monitor_memory {
    uint64_t start, size;
    const char *file;
};

/// Waits at most `patience` milliseconds for the system to be at its end, then writes the memory with the
/// head of decode/recording.h. Says on stderr when that fails; the file is whole or not there.
bool monitor_record(const struct monitor *monitor, const struct monitor_memory *memory,
                    int64_t patience);

/// Removes the folder.
void monitor_remove(struct monitor *monitor);

#endif
