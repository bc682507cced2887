// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Interrupts in a simulation: edges at random times, and what their owners do about them.

#include "simulate/run.h"

// A preemption is over when its interrupt is handled.
enum machine_step run_end_handler(struct simulation_vcpu *v)
{
    enum machine_step step = machine_handled();

    v->handles = v->busy = false;
    return step == MACHINE_STOPPED ? step : machine_idle();
}

static void be_given(struct simulation_vcpu *v, struct simulation_line *line, uint64_t now)
{
    uint64_t delay = now - line->since;

    line->waits = false;
    v->given++;
    v->delay_sum += delay;
    v->delay_most = delay > v->delay_most ? delay : v->delay_most;
}

// Interrupts that the vCPU that runs has been given. False: it has been given none.
static bool look_at_lines(struct run *r, struct simulation_vcpu *v)
{
    bool any = false;

    for (size_t i = 0; i < v->line_count; i++) {
        uint32_t given = machine_given(v->record, (uint32_t)i);

        if (given != v->lines[i].given) {
            v->lines[i].given = given;
            be_given(v, &v->lines[i], r->now);
            any = true;
        }
    }
    return any;
}

// In a job, a slot or a turn of its own an interrupt is handled at once.
void run_interrupts(struct run *r, struct simulation_vcpu *v)
{
    while (look_at_lines(r, v)) {
        if (machine_preempts() && r->simulation->options.handler != 0) {
            v->handles = v->busy = true;
            v->wanted = machine_executed(v->record) + r->simulation->options.handler;
        } else {
            (void)machine_handled();
        }
    }
}

struct simulation_line *run_next_line(const struct run *r, size_t *who)
{
    struct simulation_line *first = NULL;

    for (size_t v = 0; r->simulation->options.interrupts != 0 && v < r->cpu->vcpu_count; v++) {
        for (size_t i = 0; i < r->cpu->vcpus[v].line_count; i++) {
            struct simulation_line *line = &r->cpu->vcpus[v].lines[i];

            if (first == NULL || line->next < first->next) {
                first = line;
                *who = v;
            }
        }
    }
    return first;
}

static void choose_edge(struct run *r, struct simulation_line *line, uint64_t now)
{
    line->next = now + 1 + run_random(&r->random) % (2 * r->simulation->options.interrupts);
}

enum machine_step run_raise_line(struct run *r, struct simulation_line *line, size_t who)
{
    uint64_t now = line->next;

    if (!line->waits) {
        line->waits = true;
        line->since = now;
    }
    r->cpu->vcpus[who].raised++;
    run_mark(r, now, who, MARK_INTERRUPT);
    choose_edge(r, line, now);
    return machine_interrupt(line->number);
}

// Lines are numbered in the partitions' order, as in simulation_config().
void run_add_lines(struct run *r, const struct sys *sys, struct simulation_vcpu *v)
{
    uint32_t number = 1;

    for (size_t i = 0; i < v->partition; i++) {
        number += (uint32_t)sys->partitions[i].line_count;
    }
    v->line_count = sys->partitions[v->partition].line_count;
    v->lines = pool_alloc(r->pool, (v->line_count + 1) * sizeof *v->lines);
    for (size_t i = 0; i < v->line_count; i++) {
        v->lines[i].number = number + (uint32_t)i;
        if (r->simulation->options.interrupts != 0) {
            choose_edge(r, &v->lines[i], 0);
        }
    }
}
