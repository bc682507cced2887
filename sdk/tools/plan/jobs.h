// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The jobs of one processor in a frame, in granules: inside the synthesis.

#ifndef SEPTUM_TOOL_PLAN_JOBS_H
#define SEPTUM_TOOL_PLAN_JOBS_H

#include "plan/make.h"

struct job {
    size_t who;             ///< index in the problem's wants
    uint64_t opens, closes; ///< its window
    uint64_t release;       ///< not before this: the window's begin, or later by precedence
    uint64_t deadline;      ///< not behind this: the window's end, or earlier by precedence
    uint64_t work;          ///< at least 1
};

struct jobs {
    const struct make_problem *problem;
    size_t processor;
    struct job *list; ///< those of one want one behind the other, in the order of the wants
    size_t count;
    size_t *first;       ///< of each want in the list; [wants]: count
    size_t *by_deadline; ///< indices into the list, sorted
    size_t *wants;       ///< those on this processor
    size_t want_count;
    uint64_t end;         ///< whole granules in the frame
    uint64_t least, cost; ///< in granules, rounded up; least >= 1
};

/// Jobs of all processors with their windows shortened, then those of one; the first MAKE_JOBS_MAX bound all.
struct jobs *jobs_make(struct pool *pool, const struct make_problem *problem);

/// The number of jobs that jobs_make() would make, UINT64_MAX: too many to count.
uint64_t jobs_count(const struct make_problem *problem);

/// Whether those that come before a job of the same processor have nothing left to do.
bool jobs_free(const struct jobs *jobs, size_t job, const uint64_t *rest);

/// EDF on the bare work. False: it misses a deadline, and *proof says why nothing can do better.
bool jobs_feasible(struct pool *pool, const struct jobs *jobs, struct make_proof *proof,
                   uint64_t *nodes);

/// Slots with few switches; false: not found, which proves nothing.
bool lazy_plan(struct pool *pool, const struct jobs *jobs, struct make_processor *out,
               uint64_t *nodes);

/// Looks at every plan on the granules until one is found.
enum make_answer search_plan(struct pool *pool, const struct jobs *jobs, uint64_t limit,
                             struct make_processor *out, uint64_t *nodes);

/// Most partitions of a processor that a search takes.
#define SEARCH_WIDTH 16u

/// Appends [start, end) granules of a want; longer, if it goes on where the last one ended.
void slots_append(struct pool *pool, const struct jobs *jobs, struct make_processor *out,
                  size_t who, uint64_t start, uint64_t end);

#endif
