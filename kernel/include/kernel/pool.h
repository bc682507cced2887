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
    struct pool_queue_entry next; ///< release, if it is started
    struct pool_queue_entry
        queued; ///< its deadline, while it is among the open jobs but the earliest
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
} __attribute__((aligned(SEP_ARENA_ALIGN)));

/// A fast interrupt line of a pool.
struct pool_line {
    struct vcpu *vcpu; ///< its owner
    uint32_t line;
    uint32_t bit;  ///< of its virtual interrupt
    bool recycles; ///< its preemption takes the turn that it interrupts
    /// It is on, and an interrupt preempts who has the processor, if the owner still can run. Never while he has it
    /// or will have it next, when his lines are his own matter; nor while a preemption is under way.
    bool on;
};

/// What goes to preemptions by interrupts (pool_fast.c).
struct pool_fast {
    struct vcpu *vcpu; ///< who has the processor by a preemption; NULL: nobody
    int64_t left;      ///< of what the window has for them; below 0: the next one has less
    sep_time_t window_end;
    sep_time_t since; ///< up to which the preemption is charged
    sep_time_t until; ///< then it ends, if not before
    bool recycles;    ///< it takes the turn that it interrupts
    bool awaited;     ///< all is used up, and the timer tells when the window ends
    uint32_t lines;   ///< 0: no interrupt preempts
    struct pool_line line[SEP_POOL_FAST_MAX];
};

struct pool {
    const struct sep_cfg_pool *config;
    struct pool_task *tasks;
    /// Releases: the next one of each vCPU that is started. Deadlines: of open jobs but the earliest.
    struct pool_queues queues;
    struct pool_task *task; ///< whose job is the earliest; NULL: none is open
    /// What is used up by having the processor: a job's, a turn's, or nothing that counts.
    int64_t *charged;
    int64_t nothing;
    sep_time_t end;   ///< at which it will be used up
    sep_time_t until; ///< then the earliest job ends; in the past: something else is to be settled
    sep_time_t epoch; ///< start of the plan that releases count from
    uint32_t restarted; ///< tasks whose releases count from there
    uint32_t turn;      ///< of the best-effort vCPUs
    bool asked;         ///< another processor has posted something for one of the vCPUs
    int64_t turn_left;  ///< of its quantum
    bool observed;      ///< something follows each decision: fast lines, or a trace
    struct pool_fast fast;
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

/// In a pool's slot, and the slot's vCPU cannot go on, or there is none: names the next one. That is NULL if nobody
/// can, and the same if it idles or loads in its own time.
void pool_choose(struct cpu *cpu);

/// Another processor has kicked this one: a pool whose slot it is decides anew if it was asked for something.
void pool_kicked(struct cpu *cpu);

/// The open job of a vCPU ends. What it has not used is gone.
void pool_end_job(const struct cpu *cpu, struct pool_task *task);

/// Who has the processor is charged for it up to now. What is used up from then on; answers when it is.
static inline sep_time_t pool_give(struct pool *pool, sep_time_t now, int64_t *left)
{
    sep_time_t end;

    *pool->charged = (int64_t)(pool->end - now);
    end = now + (sep_time_t)*left;
    pool->charged = left;
    pool->end = end;
    return end;
}

/// Who has the processor is charged for it up to now; nobody is from then on.
static inline void pool_charge(struct pool *pool, sep_time_t now)
{
    (void)pool_give(pool, now, &pool->nothing);
}

/// Does what other processors want of the pool's vCPUs. Bound: these, and their partitions' vCPUs.
void pool_answer(struct pool *pool);

/// The lines of a pool, from its record. Boot only.
void pool_fast_init(struct pool *pool);

/// Fast interrupts of a pool that has any: a slot begins; it ends; the pool has decided, and a preemption under way
/// goes on all the same.
void pool_fast_enter(struct cpu *cpu, struct pool *pool);
void pool_fast_leave(struct cpu *cpu, struct pool *pool);
void pool_fast_decide(struct cpu *cpu, struct pool *pool);

/// A line was taken in a slot of a pool: one of who runs, or a fast one of somebody else, who has the processor next if
/// he may. Bound: the pool's fast lines, and those of who runs.
void pool_fast_take(struct cpu *cpu, uint32_t line);

/// A vCPU begins anew: a job that it has left open, if any, ends.
void pool_forget(struct vcpu *vcpu);

/// The hypercalls of these names, of a real-time vCPU.
void pool_wait(struct pool_task *task);
void pool_start(struct pool_task *task);
void pool_stop(struct pool_task *task);
void pool_status(const struct pool_task *task, struct sep_periodic_status *status);

#endif
