// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Synthesis of a cyclic plan: slots for partitions that want a capacity within a deadline of each period.
// The answer is a plan, none with the interval that proves it, or unknown at a limit.
//
// Time is divided into granules; slots are whole numbers of them. Without a cost of switching and with a
// shortest slot of one granule the answer is never unknown below the limit of jobs: windows shortened by precedence
// (Blazewicz 1976; Chetto, Silly, Bouchentouf 1990) make the partitions of a processor independent, and
// what EDF cannot schedule nothing can (Dertouzos 1974). A started slot then goes on as long as the slack
// of more urgent jobs allows, which saves switches and misses no deadline. Otherwise the same way is tried
// with its costs, and where it fails every plan on the granules is searched, up to a number of states.

#ifndef SEPTUM_TOOL_PLAN_MAKE_H
#define SEPTUM_TOOL_PLAN_MAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/pool.h"

/// What a partition wants, in nanoseconds: `capacity` within `deadline` from each multiple of `period`.
struct make_want {
    uint64_t period, capacity, deadline; ///< 0 < capacity <= deadline <= period
    size_t processor;
    const size_t
        *after; ///< wants of the same period that complete before this one begins; no cycle
    size_t after_count;
};

struct make_problem {
    const struct make_want *wants;
    size_t count; ///< at least 1
    size_t processors;
    uint64_t frame;   ///< a multiple of every period
    uint64_t granule; ///< ns; slots begin and end at its multiples
    uint64_t least;   ///< ns, the shortest slot
    uint64_t cost;    ///< ns that the beginning of each slot costs
    uint64_t limit;   ///< states that a search may look at
};

struct make_slot {
    uint64_t start, duration; ///< ns
    size_t who;
};

enum make_answer { MAKE_PLAN, MAKE_NONE, MAKE_UNKNOWN };

/// What keeps a plan from being known.
enum make_reason {
    MAKE_REASON_JOBS,   ///< more jobs in the frame than MAKE_JOBS_MAX
    MAKE_REASON_STATES, ///< the search's limit
    MAKE_REASON_WIDE,   ///< more partitions on one processor than a search takes
    MAKE_REASON_CROSS,  ///< precedence between processors is not kept by what was found
};

/// Jobs inside [from, to) of a processor that need more than there is: no plan on the granules exists.
struct make_proof {
    bool interval; ///< false: every plan on the granules was looked at
    size_t processor;
    uint64_t from, to; ///< ns
    uint64_t demand;   ///< ns, in whole granules
    uint64_t
        exact; ///< ns, as asked for, if nothing that bounds it was rounded, else 0: if above to - from,
               ///< no granule helps
    size_t *who; ///< the wants of these jobs, each once
    size_t who_count;
};

struct make_processor {
    struct make_slot *slots;
    size_t count;
};

struct make_result {
    enum make_answer answer;
    enum make_reason reason; ///< of MAKE_UNKNOWN
    struct make_proof proof; ///< of MAKE_NONE
    struct make_processor *processors;
    uint64_t jobs;  ///< in a frame, on all processors
    uint64_t nodes; ///< decisions taken and states looked at
    bool searched;  ///< a search was needed
    size_t reason_processor;
};

#define MAKE_JOBS_MAX ((size_t)1 << 18)
#define MAKE_LIMIT_DEFAULT 200000u
#define MAKE_LIMIT_MAX 2000000u
/// Bounds a search in a frame of many jobs further: states times jobs.
#define MAKE_SEARCH_MAX 200000000u

struct make_result make_plan(struct pool *pool, const struct make_problem *problem);

#endif
