// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pools: vCPUs that share the slots of a pool. Real-time ones run by earliest deadline and never longer
// than their capacity in each period; what they leave goes to the others in turn.
//
// Within a pool's slot the scheduler's boundary is the next time at which the pool may have to decide anew: a
// release, a deadline, the end of a capacity, of a turn, or of the slot. There the slot's vCPU becomes NULL,
// and pool_choose() names the next one.
//
// A real-time vCPU that idles keeps its place and is charged as if it ran, so that the schedule of the others
// does not depend on what it does; it gives the rest of its time away by sep_periodic_wait().

#ifndef KERNEL_POOL_H
#define KERNEL_POOL_H

#include <kernel/pool_queue.h>
#include <septum/arena.h>
#include <septum/config.h>
#include <septum/hypercall.h>

struct cpu;
struct pool;
struct vcpu;

/// Releases and ends of jobs that are handled at once; between two such bursts interrupts are taken.
#define POOL_BURST 8u

/// A real-time vCPU in its pool. It is started: it is in the queue of releases.
struct pool_task {
    struct vcpu *vcpu;
    struct pool *pool;
    const struct sep_cfg_vcpu *config;
    uint32_t released;
    sep_time_t release; ///< the last one
    sep_time_t due;     ///< deadline of the job released then
    int64_t left;       ///< of its capacity; below 0: it took too much, and the next has less
    bool open;
    bool started;
    uint32_t finished;
    uint32_t overruns;
    uint32_t missed;
    uint32_t reserved[2]; ///< an index becomes an address by a shift
} __attribute__((aligned(SEP_ARENA_ALIGN)));

struct pool {
    const struct sep_cfg_pool *config;
    struct pool_task *tasks;
    struct pool_queue releases;  ///< the next one of each vCPU that is started
    struct pool_queue deadlines; ///< of open jobs but the earliest
    struct pool_task *task;      ///< whose job is the earliest; NULL: none is open
    int64_t
        *charged;   ///< what is used up by having the processor: a job's or a turn's; NULL: nothing
    sep_time_t end; ///< at which it will be used up
    sep_time_t until; ///< then the earliest job ends; in the past: something else is to be settled
    sep_time_t epoch; ///< start of the plan that releases count from
    uint32_t restarted; ///< tasks whose releases count from there
    uint32_t turn;      ///< of the best-effort vCPUs
    int64_t turn_left;  ///< of its quantum
} __attribute__((
    aligned(SEP_ARENA_ALIGN))); // an array of them fills the arena as the tool computes it

/// All pools, in the configuration's order; set once at boot.
extern struct pool *pools;

/// Takes the pools from the arena and tests their admission. NULL, or what is wrong. Boot only.
const char *pool_init(void);

/// A slot of a pool begins.
void pool_enter(struct cpu *cpu, uint32_t index);

/// Ends up to POOL_BURST jobs that a plan switch has cut, of a pool that has had no slot since. False: there are
/// none. In idle time, when the pool's next slot, if it has one in this plan, is still to come.
bool pool_tell(const struct cpu *cpu);

/// The boundary has passed. False: it was one within a pool's slot, which goes on, and the pool has to decide;
/// true: whoever had the slot has it no longer.
bool pool_leave(struct cpu *cpu);

/// In a pool's slot, and the slot's vCPU cannot go on, or there is none: names the next one. False: nobody can,
/// or the slot's vCPU idles or loads in its own time.
bool pool_choose(struct cpu *cpu);

/// The open job of a vCPU ends. What it has not used is gone.
void pool_end_job(const struct cpu *cpu, struct pool_task *task);

/// Place of a task in its pool's queues.
static inline uint32_t pool_index(const struct pool_task *task)
{
    return (uint32_t)(task - task->pool->tasks);
}

/// A vCPU begins anew: a job that it has left open, if any, ends.
void pool_forget(struct vcpu *vcpu);

/// The hypercalls of these names, of a real-time vCPU.
void pool_wait(struct pool_task *task);
void pool_start(struct pool_task *task);
void pool_stop(struct pool_task *task);
void pool_status(const struct pool_task *task, struct sep_periodic_status *status);

#endif
