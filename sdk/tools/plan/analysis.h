// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What plan 0 of a description gives, beside what is asked of it: one set of numbers behind errors, text,
// JSON and pictures. Times are nanoseconds.

#ifndef SEPTUM_TOOL_PLAN_ANALYSIS_H
#define SEPTUM_TOOL_PLAN_ANALYSIS_H

#include "model/system.h"
#include "plan/tasks.h"

/// A vCPU and the processor time that it gets.
struct analysis_vcpu {
    size_t partition; ///< in sys.partitions
    uint64_t vcpu;
    uint64_t processor;
    struct supply_span *slots; ///< sorted
    size_t slot_count;
    struct supply supply;
    uint64_t gap; ///< longest time without the processor; UINT64_MAX: it never has it
};

/// A temporal requirement. Windows begin at multiples of the period; they drift through the frame when the
/// period does not divide it.
struct analysis_want {
    size_t partition;
    bool known; ///< false: it makes no sense, or there are too many windows
    bool met;
    uint64_t windows;  ///< that are different
    uint64_t least;    ///< time given within the deadline in the poorest window
    uint64_t least_at; ///< where that window begins
    uint64_t
        response; ///< longest from a window's begin until the duration is given; UINT64_MAX: more than
                  ///< the period
    uint64_t begin_jitter,
        end_jitter; ///< spread of begin and end within the window, where it is met
};

struct analysis_task {
    size_t partition;
    const struct sys_tasks *group;
    const struct sys_task *task;
    struct tasks_task result;
};

/// A predecessor and whether it ends before its successor begins, in every period.
struct analysis_after {
    size_t partition;
    const struct sys_name *name;
    bool kept;
    uint64_t at;           ///< window in which it does not
    uint64_t begins, ends; ///< of the successor and of the predecessor there
};

struct analysis_chain {
    const struct sys_chain *chain;
    bool known; ///< false: there are too many windows to look at
    bool lacks; ///< a step does not get its duration, so that nothing comes out
    bool met;
    uint64_t latency; ///< longest
    uint64_t from;    ///< window of the first step that has it
};

struct analysis {
    const struct sys *sys;
    uint64_t frame;
    uint64_t cost;               ///< of the beginning of each slot
    struct analysis_vcpu *vcpus; ///< those of one partition one behind the other, in their order
    size_t vcpu_count;
    size_t *first; ///< of each partition in vcpus; [partitions]: vcpu_count
    struct analysis_want *wants;
    size_t want_count;
    struct analysis_task *tasks;
    size_t task_count;
    struct analysis_after *afters;
    size_t after_count;
    struct analysis_chain *chains;
    size_t chain_count;
};

/// Most windows of a partition that are looked at, and most instances of a chain.
#define ANALYSIS_WINDOWS_MAX 100000u
#define ANALYSIS_INSTANCES_MAX 20000u

/// Looks at plan 0 of a checked description; what is wrong in it is left out.
struct analysis *analysis_make(struct pool *pool, const struct sys *sys, uint64_t cost);

/// Reports what is asked for and not given. Temporal requirements only if `wants`: they have a check of
/// their own, which counts no cost.
void analysis_judge(const struct analysis *a, struct diags *diags, bool wants);

#endif
