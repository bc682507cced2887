// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Whether tasks inside a partition meet their deadlines under the partition's own scheduler, given the
// processor time that a plan gives it. Tasks are released at least a period apart, at any phase to the
// plan; they preempt each other, share nothing and do not block.
//
// Sources of the method: the response-time analysis of Joseph and Pandya (1986) with the work served by
// the plan's time instead of a whole processor; for EDF the demand-bound function of Baruah, Rosier and
// Howell (1990) beside the supply-bound function of Shin and Lee (2003), here exact for the plan.

#ifndef SEPTUM_TOOL_PLAN_TASKS_H
#define SEPTUM_TOOL_PLAN_TASKS_H

#include "plan/supply.h"

enum tasks_policy { TASKS_FIXED_PRIORITY, TASKS_RATE_MONOTONIC, TASKS_EDF };

enum tasks_verdict {
    TASKS_MET,
    TASKS_LATE,    ///< there are releases for which the deadline is missed
    TASKS_UNKNOWN, ///< the limit of steps was reached
};

struct tasks_task {
    uint64_t period, capacity, deadline; ///< 0 < capacity <= deadline <= period
    uint64_t priority;                   ///< fixed priority: a larger one goes first
    enum tasks_verdict verdict;
    /// Fixed priorities: the worst response; if late, a time within which it may not end. EDF, if late:
    /// the shortest window whose demand is larger than the least supply, UINT64_MAX: they take more than
    /// the plan gives.
    uint64_t response;
    uint64_t from; ///< a release at this time of the frame shows it
};

/// Steps in one analysis.
#define TASKS_STEPS_MAX 4000000u

/// Fills verdict, response and from of each task.
void tasks_analyse(const struct supply *s, enum tasks_policy policy, struct tasks_task *tasks,
                   size_t count);

/// Work with release and deadline inside a window of a length that begins with a release of all tasks.
uint64_t tasks_demand(const struct tasks_task *tasks, size_t count, uint64_t length);

#endif
