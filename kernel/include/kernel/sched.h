// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The scheduler of one processor: plans of slots with idle gaps between them. A slot is a vCPU's, or a
// pool's (pool.h).
//
// All times are nominal: frame n + 1 begins exactly one major frame after frame n, however late the
// processor notices, so that nothing drifts and a plan switch keeps the phase.

#ifndef KERNEL_SCHED_H
#define KERNEL_SCHED_H

#include <septum/config.h>
#include <kernel/time.h>
#include <septum/types.h>

struct cpu;
struct pool;
struct vcpu;

struct sched {
    const struct sep_cfg_plan *plan;
    sep_time_t frame_start; ///< of the running frame
    sep_time_t
        boundary; ///< next change: a slot's start or end, the frame's end; or in a pool's slot
    sep_time_t switch_time;
    const struct sep_cfg_slot *first; ///< slots of the plan, gaps among them: they fill the frame
    const struct sep_cfg_slot *end;
    const struct sep_cfg_slot *next; ///< begins at the boundary; end: a frame does. next[-1] runs
    uint32_t current;                ///< plan
    uint32_t previous;
    uint32_t frame_count;
    uint32_t plan_count;   ///< frame_count in the running plan's first frame
    struct vcpu *vcpu;     ///< whose slot it is; NULL in a gap, and where a pool has to decide
    struct pool *pool;     ///< whose slot it is; NULL: no pool's
    sep_time_t slot_end;   ///< of a pool's slot: the boundary may be nearer
    sep_time_t plan_start; ///< of the running plan's first frame: releases count from there
    uint32_t late_ticks;   ///< those of struct cpu: in a pool's slot no boundary is met on time
    bool waiting; ///< the frame waits for its interrupt, up to the boundary; next is the end
};

/// Background work (a step of loading, a burst of console text) begins only when more than this is
/// left to the end of the slot or gap: it never delays what follows.
#define SCHED_GUARD_NS ((sep_time_t)CONFIG_GUARD_US * 1000u)

/// Whether background work may begin at now.
static inline bool sched_background_fits(const struct sched *sched, sep_time_t now)
{
    return !time_reached(now + SCHED_GUARD_NS, sched->boundary);
}

/// Plan of the next frame; the same for all processors. Written by system partitions' calls.
extern uint32_t sched_next_plan;

/// Begins plan 0 at time start.
void sched_start(struct cpu *cpu, sep_time_t start);

/// Passes the boundary: its slot begins, or a gap up to where the next one does. Not recorded in any
/// trace: where one wants to know, no boundary counts as met on time, and sched_advance() is called.
void sched_pass(struct cpu *cpu);

/// The slot ends now, and with it the frame: the next plan, another one, begins.
void sched_cut(struct cpu *cpu);

/// A line of the interrupt controller was taken while the frame waits: it begins, if the line is its plan's.
void sched_line(struct cpu *cpu, uint32_t line);

/// Lines that plans wait for are the hypervisor's. Boot only.
void sched_lines_give(void);

/// Brings the scheduler to cpu->now, which has reached the boundary.
void sched_advance(struct cpu *cpu);

#endif
