// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Logbooks in a memory dump (septum/log.h): where they lie, and which of their records can be read.
//
// With the compiled configuration and the address of the memory it is known where each must lie, and
// nothing else is looked at: whatever partitions wrote into rings and messages is no logbook. Otherwise
// they are searched for, and where a second head is as sound as the first it is told.

#ifndef SEPTUM_TOOL_LOGBOOK_H
#define SEPTUM_TOOL_LOGBOOK_H

#include <septum/log.h>

#include "decode/dump.h"

/// A logbook whose head makes sense.
struct logbook {
    struct sep_log head;    ///< in the host's byte order
    uint64_t address;       ///< of the head; from the file's start when that is not known
    const uint8_t *records; ///< in the dump
    uint64_t written;       ///< records ever; once more than 2^32 were, the least that it can be
    uint32_t *numbers;      ///< of the records that are there, oldest first
    uint32_t kept;
    uint32_t damaged; ///< records that should be there and are not, or make no sense
};

/// A head that makes none. Only the first ones are kept: memory may hold anything.
#define LOGBOOK_DAMAGES_MAX 100u
struct logbook_damage {
    uint64_t address;
    const char *reason;
};

/// A sound head, found by searching, of a kind and stream that the list has, or among the records of one
/// in the list: only one of the two can be true.
#define LOGBOOK_RIVALS_MAX 100u
struct logbook_rival {
    uint64_t address;
    uint32_t kind, stream;
    uint64_t taken; ///< address of the other one, which is in the list
};

struct logbooks {
    bool big_endian;
    struct logbook *list; ///< sorted by kind and stream
    size_t count;
    struct logbook_damage *damages;
    size_t damage_count;
    struct logbook_rival *rivals;
    size_t rival_count;
};

/// Finds all logbooks. They live as long as the dump.
void logbooks_find(const struct dump *dump, struct logbooks *books);

/// The logbook of a kind and stream; NULL: there is none.
const struct logbook *logbooks_get(const struct logbooks *books, uint32_t kind, uint32_t stream);

/// Records that are lost: written once and overwritten.
static inline uint64_t logbook_lost(const struct logbook *book)
{
    return book->written - book->kept - book->damaged;
}

/// A record by its place in `numbers`, in the host's byte order.
void logbook_trace_record(const struct logbooks *books, const struct logbook *book, uint32_t index,
                          struct sep_trace_record *record);
void logbook_hm_record(const struct logbooks *books, const struct logbook *book, uint32_t index,
                       struct sep_hm_record *record);

/// Whose trace a stream is: a partition, or SEP_LOG_HYPERVISOR for stream 0.
static inline uint32_t logbook_owner(uint32_t stream)
{
    return stream == 0u ? SEP_LOG_HYPERVISOR : stream - 1u;
}

#endif
