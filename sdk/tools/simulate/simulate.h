// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// `septum plan simulate`: what the hypervisor's own schedulers do with a description over a length of time, one
// processor after the other, and what partitions do meanwhile. Times are nanoseconds.

#ifndef SEPTUM_TOOL_SIMULATE_H
#define SEPTUM_TOOL_SIMULATE_H

#include "compile/compile.h"

/// Most stretches of one vCPU in a picture; what comes behind is counted, and not drawn.
#define SIMULATION_DRAWN_MAX 20000u
#define SIMULATION_NOBODY SIZE_MAX

/// Something that happens at a time.
enum request_kind { REQUEST_PLAN, REQUEST_START, REQUEST_STOP };

struct simulation_request {
    uint64_t time;
    enum request_kind kind;
    uint64_t plan;
    size_t partition; ///< in sys.partitions
    uint64_t vcpu;
};

struct simulation_options {
    uint64_t length; ///< 0: until plan 0 and the periods repeat
    uint64_t from;   ///< of what is drawn
    uint64_t until;  ///< 0: the end
    bool random;     ///< each job takes a random part of its load
    uint64_t seed;
    uint64_t interrupts; ///< mean time between two of a line; 0: there are none
    uint64_t handler;    ///< time that a preemption takes to handle one
    unsigned load;       ///< percent of its capacity, or of its slot, that each vCPU computes
    unsigned *loads;     ///< of the vCPUs of each partition
    struct simulation_request *requests; ///< sorted by time
    size_t request_count;
};

/// A vCPU that has slots of the processor, or is in a pool of it.
struct simulation_vcpu {
    size_t partition; ///< in sys.partitions
    uint64_t id;
    int pool;                     ///< in sys.pools; -1: it has slots
    const struct sys_vcpu *timed; ///< NULL: it is no real-time vCPU
    uint32_t record;              ///< its place in the configuration
    uint64_t time;                ///< that it had the processor
    uint64_t turns;               ///< how often it got it
    uint64_t released, finished, overruns, missed;
    uint64_t responses;        ///< of finished jobs
    uint64_t least, most, sum; ///< of them
    unsigned load;
    struct simulation_line *lines; ///< its partition's, of vCPU 0
    size_t line_count;
    uint64_t raised, given;         ///< interrupts of them
    uint64_t delay_most, delay_sum; ///< from the line to the vCPU
    // While it runs.
    bool busy;       ///< it has not yet computed all that it wants to
    uint64_t wanted; ///< processor time by then
    uint32_t seen;   ///< the job, or the slot, that it last began in
    uint64_t slot;
    bool handles; ///< an interrupt, for which it preempts another one
};

/// An interrupt line.
struct simulation_line {
    uint32_t number; ///< on the simulated machine
    uint64_t next;   ///< edge
    uint64_t since;  ///< of the one that the vCPU has not been given yet
    uint32_t given;
    bool waits;
};

/// What had the processor.
struct simulation_span {
    uint64_t start, end;
    size_t who; ///< in vcpus
};

enum simulation_mark { MARK_RELEASE, MARK_DEADLINE, MARK_OVERRUN, MARK_MISSED, MARK_INTERRUPT };

struct simulation_event {
    uint64_t time;
    size_t who;
    enum simulation_mark mark;
};

/// A stretch under one plan.
struct simulation_plan {
    uint64_t start, end;
    uint64_t plan;
    uint64_t frames;
    uint64_t idle;
};

struct simulation_cpu {
    uint64_t id;
    struct simulation_vcpu *vcpus;
    size_t vcpu_count;
    struct simulation_span *spans; ///< those that are drawn
    size_t span_count;
    struct simulation_event *events; ///< likewise
    size_t event_count;
    struct simulation_plan *plans;
    size_t plan_count;
    uint64_t length; ///< less than asked for where the system ended
    bool ended;
    uint64_t idle;
    uint64_t switches; ///< from one vCPU to another
    uint64_t decisions;
};

struct simulation {
    const struct sys *sys;
    uint64_t length;
    uint64_t from, until; ///< what is drawn
    struct simulation_options options;
    struct simulation_cpu *cpus;
    size_t cpu_count;
};

/// The configuration of one processor of a checked description for the simulated machine (sdk/tools/machine):
/// plans, pools, vCPUs, interrupts and health monitoring are as compiled for the board; of memory there is what the
/// machine needs. Interrupt line n of a partition's list is the n-th of all. No bytes: reported.
struct bytes simulation_config(struct septum *s, const struct sys_cpu *cpu);

/// Until plan 0 and the periods of its pools repeat, at most 100 frames.
uint64_t simulation_length(const struct sys *sys);

/// Runs it. False: the hypervisor refuses the configuration, which is a fault of this tool; reported.
bool simulation_run(struct septum *s, const struct simulation_options *options,
                    struct simulation *simulation);

void simulation_write_text(const struct simulation *simulation, FILE *out);
void simulation_write_json(const struct simulation *simulation, FILE *out);
void simulation_write_svg(const struct simulation *simulation, FILE *out);
void simulation_write_html(const struct simulation *simulation, FILE *out);

#endif
