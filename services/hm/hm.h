// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The health monitor's log: the last events with everything known about them.

#ifndef HM_HM_H
#define HM_HM_H

#include <kernel/lock.h>
#include <kernel/logbook.h>

/// Lines that a partition's events may put on the console between two starts of the system.
#define HM_LINES_MAX 16u

/// The log lies in the arena; a debugger, a memory dump and the calls read it alike. Written by the
/// processor that raised the event.
struct hm_log {
    struct lock lock;     ///< of the records and their count
    struct lock telling;  ///< of what is told; who cannot have it at once lets the holder tell
    struct sep_log *head; ///< the records follow; NULL until the arena is carved
    uint32_t told;        ///< records passed on to the console, or lost to it
    uint32_t dumping;     ///< number of the record whose registers go out
    uint32_t dumped;      ///< of them gone; DUMP_NONE: none is to go out
    bool awaited;         ///< a reader was at the end: the next record is an interrupt
};
#define HM_DUMP_NONE 0xffffffffu
extern struct hm_log hm_log;

/// The record of a number between the oldest and the next one, or where that will lie.
static inline struct sep_hm_record *hm_record(uint32_t number)
{
    struct sep_hm_record *first = (struct sep_hm_record *)(void *)(hm_log.head + 1);

    return &first[number & (hm_log.head->capacity - 1u)];
}

/// Number of the oldest record that is still there.
static inline uint32_t hm_oldest(void)
{
    return logbook_oldest(hm_log.head, hm_record(hm_log.head->count)->number);
}

#endif
