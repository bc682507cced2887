// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the schedulers are to do, in steps of time, from the manual's page on pools: who has the processor in each
// step, and what is counted of the jobs. It shares nothing with the kernel. Times are steps.

#ifndef TESTS_UNIT_SEQUENCES_MODEL_H
#define TESTS_UNIT_SEQUENCES_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define MODEL_TASKS 4u
#define MODEL_VCPUS 8u
#define MODEL_PLANS 2u
#define MODEL_SLOTS 4u
#define MODEL_NOBODY -1
#define MODEL_POOL -2

enum model_life { MODEL_RUNS, MODEL_SUSPENDED, MODEL_HALTED };

/// A real-time vCPU's jobs.
struct model_task {
    uint32_t period, capacity, deadline, offset;
    bool autostart;
    bool started;
    bool open;
    uint32_t next, due, left;
    uint32_t released, finished, overruns, missed;
};

struct model_vcpu {
    enum model_life life; ///< of its partition
    bool idle;
};

struct model_slot {
    uint32_t start, end;
    int who; ///< a vCPU, or MODEL_POOL
};

struct model_plan {
    uint32_t frame;
    uint32_t slots;
    struct model_slot slot[MODEL_SLOTS];
};

/// Interrupts of the first best-effort vCPU that preempt, for half of each window.
struct model_fast {
    bool any;
    bool resets; ///< for a whole quantum, not for what is left of the running one
    uint32_t window;
    bool solid[MODEL_VCPUS]; ///< not preempted by others' interrupts
    bool active;             ///< the owner has the processor by a preemption
    uint32_t until, window_end;
    uint32_t left;
    bool asserted; ///< the line: nobody has taken it yet
    bool masked;   ///< by the owner, who has not handled the last one yet
};

/// vCPUs 0 … tasks - 1 are real-time ones of the pool, the next ones best-effort, of which the last one is a system
/// partition's; one more has slots of its own.
struct model {
    uint32_t tasks, others;
    uint32_t quantum;
    struct model_fast fast;
    struct model_task task[MODEL_TASKS];
    struct model_plan plan[MODEL_PLANS];
    struct model_vcpu vcpu[MODEL_VCPUS];
    uint32_t now;
    uint32_t current, wanted; ///< plans
    uint32_t plan_start, frame_start;
    uint32_t epoch; ///< start of the plan that releases count from
    int slot;       ///< of the plan, MODEL_NOBODY: a gap
    uint32_t turn, turn_left;
    int chosen;  ///< by the pool, if nobody preempts
    int who;     ///< has the processor, idling or not
    int devices; ///< whose devices are on
    bool
        late; ///< a job was cut at its deadline that wanted the processor and had not had its capacity
};

/// The beginning, with everything of the description set.
void model_start(struct model *m);

/// Goes to the beginning of the next step.
void model_step(struct model *m);

/// Who executes now; MODEL_NOBODY: the processor is idle.
int model_executes(const struct model *m);

/// Calls of the vCPU that executes.
void model_wait(struct model *m);
void model_idle(struct model *m);
/// The owner of the line has handled its interrupt.
void model_handled(struct model *m);
/// The line is asserted.
void model_interrupt(struct model *m);
/// What was asked for of others, or of itself.
void model_begin(struct model *m, uint32_t task);
void model_end(struct model *m, uint32_t task);
void model_suspend(struct model *m, uint32_t vcpu);
void model_resume(struct model *m, uint32_t vcpu);
void model_halt(struct model *m, uint32_t vcpu);
void model_reset(struct model *m, uint32_t vcpu);

#endif
