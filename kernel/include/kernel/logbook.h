// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Which records of a logbook are there. Numbers go round at 2^32: they are compared by their differences,
// and a count alone does not tell whether the ring is full.

#ifndef KERNEL_LOGBOOK_H
#define KERNEL_LOGBOOK_H

#include <septum/log.h>

#include <stdbool.h>

/// Number of the oldest record that is there.
/// @param next the number that stands in the place of the next record: in a full ring that of the record
///             a whole ring back
static inline uint32_t logbook_oldest(const struct sep_log *log, uint32_t next)
{
    uint32_t number = log->count - log->capacity;

    return next == number ? number : 0u;
}

/// The number of the record that a reader of `number` gets: that one or, where it is overwritten, the
/// oldest. False: it is not written yet, or nothing is.
static inline bool logbook_find(const struct sep_log *log, uint32_t oldest, uint32_t *number)
{
    // From the count back: what lies nearer in the other direction is still to come.
    if (log->count == oldest || (int32_t)(log->count - *number) <= 0) {
        return false;
    }
    if (log->count - *number > log->count - oldest) {
        *number = oldest;
    }
    return true;
}

#endif
