// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A simulation under way, between the files that make it.

#ifndef SEPTUM_TOOL_SIMULATE_RUN_H
#define SEPTUM_TOOL_SIMULATE_RUN_H

#include "machine/machine.h"
#include "simulate/simulate.h"

/// No vCPU's work ends before anything else happens.
#define NEVER UINT64_MAX

struct run {
    struct pool *pool;
    const struct simulation *simulation;
    struct simulation_cpu *cpu;
    size_t *of_record; ///< place in vcpus of each vCPU of the configuration
    uint64_t random;
    uint64_t now;
    size_t who;  ///< has the processor; SIMULATION_NOBODY: it is idle
    size_t last; ///< had it before, idling left out
    uint64_t since;
    uint32_t frame;
    size_t next_request;
};

/// The next random number.
uint64_t run_random(uint64_t *state);

/// Notes something to be drawn.
void run_mark(struct run *r, uint64_t time, size_t who, enum simulation_mark kind);

/// The lines of a vCPU 0, with their first edges.
void run_add_lines(struct run *r, const struct sys *sys, struct simulation_vcpu *v);

/// The line with the next edge, and whose it is; NULL: there is none.
struct simulation_line *run_next_line(const struct run *r, size_t *who);

/// The edge comes.
enum machine_step run_raise_line(struct run *r, struct simulation_line *line, size_t who);

/// The vCPU that runs handles what it has been given: a preemption takes its time for that.
void run_interrupts(struct run *r, struct simulation_vcpu *v);
enum machine_step run_end_handler(struct simulation_vcpu *v);

#endif
