// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The simulation: what vCPUs compute, and what becomes of it.

#include "simulate/run.h"

#define FRAMES_DEFAULT 100u
static uint64_t greatest(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

uint64_t simulation_length(const struct sys *sys)
{
    uint64_t frame = 0;
    unsigned __int128 length;

    for (size_t i = 0; i < sys->cpu_count && frame == 0; i++) {
        frame = sys->cpus[i].plan_count != 0 ? sys->cpus[i].plans[0].frame.value : 0;
    }
    length = frame;
    for (size_t i = 0; i < sys->partition_count; i++) {
        for (size_t v = 0; v < sys->partitions[i].pooled_count; v++) {
            uint64_t period = sys->partitions[i].pooled[v].period.value;

            if (period != 0 && length <= (unsigned __int128)FRAMES_DEFAULT * frame) {
                length *= period / greatest((uint64_t)length, period);
            }
        }
    }
    return length > (unsigned __int128)FRAMES_DEFAULT * frame ? FRAMES_DEFAULT * frame
                                                              : (uint64_t)length;
}

// splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
uint64_t run_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint64_t part(struct run *r, uint64_t time, unsigned percent)
{
    uint64_t most = (uint64_t)((unsigned __int128)time * percent / 100u);

    if (r->simulation->options.random && most != 0) {
        most = 1 + run_random(&r->random) % most;
    }
    return most;
}

static bool is_drawn(const struct run *r, uint64_t time)
{
    return time >= r->simulation->from && time <= r->simulation->until;
}

void run_mark(struct run *r, uint64_t time, size_t who, enum simulation_mark kind)
{
    if (is_drawn(r, time) && r->cpu->event_count < SIMULATION_DRAWN_MAX) {
        *POOL_PUSH(r->pool, r->cpu->events, r->cpu->event_count) =
            (struct simulation_event){time, who, kind};
    }
}

// What the kernel has counted since.
static void look_at_jobs(struct run *r, size_t who, struct simulation_vcpu *v)
{
    struct machine_jobs jobs;

    if (!machine_jobs(v->record, &jobs)) {
        return;
    }
    if (jobs.release == r->simulation->length && jobs.released != 0) {
        jobs.released--; // what comes at the very end is not part of it
    }
    if (jobs.released != (uint32_t)v->released) {
        run_mark(r, jobs.release, who, MARK_RELEASE);
        run_mark(r, jobs.deadline, who, MARK_DEADLINE);
    }
    if (jobs.overruns != (uint32_t)v->overruns) {
        run_mark(r, r->now, who, MARK_OVERRUN);
    }
    if (jobs.missed != (uint32_t)v->missed) {
        run_mark(r, r->now, who, MARK_MISSED);
    }
    v->released = jobs.released;
    v->finished = jobs.finished;
    v->overruns = jobs.overruns;
    v->missed = jobs.missed;
}

static void look_at_all_jobs(struct run *r)
{
    for (size_t i = 0; i < r->cpu->vcpu_count; i++) {
        look_at_jobs(r, i, &r->cpu->vcpus[i]);
    }
}

// What is left of a job that was cut goes on in the next one.
static void begin_job(struct run *r, struct simulation_vcpu *v)
{
    struct machine_jobs jobs = {.released = 0};

    (void)machine_jobs(v->record, &jobs);
    if (jobs.released == v->seen) {
        return;
    }
    v->seen = jobs.released;
    if (!v->busy) {
        v->busy = true;
        v->wanted = machine_executed(v->record) + part(r, v->timed->capacity.value, v->load);
    }
}

static void begin_slot(struct run *r, struct simulation_vcpu *v)
{
    uint64_t slot = (uint64_t)machine_frame() << 32 | machine_slot();

    if (v->pool < 0 && slot != v->slot) {
        v->slot = slot;
        v->busy = v->load < 100u || r->simulation->options.random;
        v->wanted = machine_executed(v->record) + part(r, machine_slot_length(), v->load);
    }
}

static void end_span(struct run *r, uint64_t time)
{
    struct simulation_cpu *cpu = r->cpu;
    struct simulation_plan *plan = &cpu->plans[cpu->plan_count - 1];

    if (r->who == SIMULATION_NOBODY) {
        cpu->idle += time - r->since;
        plan->idle += time - r->since;
    } else {
        cpu->vcpus[r->who].time += time - r->since;
        if (time > r->simulation->from && r->since < r->simulation->until && time != r->since &&
            cpu->span_count < SIMULATION_DRAWN_MAX) {
            *POOL_PUSH(r->pool, cpu->spans, cpu->span_count) =
                (struct simulation_span){r->since, time, r->who};
        }
    }
    r->since = time;
}

static void look_at_plan(struct run *r)
{
    struct simulation_cpu *cpu = r->cpu;
    struct simulation_plan *plan = &cpu->plans[cpu->plan_count - 1];

    if (machine_plan() != plan->plan) {
        end_span(r, r->now);
        plan->end = r->now;
        plan = POOL_PUSH(r->pool, cpu->plans, cpu->plan_count);
        *plan = (struct simulation_plan){.start = r->now, .plan = machine_plan()};
    }
    plan->frames += machine_frame() - r->frame;
    r->frame = machine_frame();
}

// Somebody else may have the processor now.
static void look(struct run *r)
{
    uint32_t record = machine_running();
    size_t who = record == MACHINE_IDLE ? SIMULATION_NOBODY : r->of_record[record];

    look_at_plan(r);
    if (who != r->who) {
        end_span(r, r->now);
        r->who = who;
        if (who != SIMULATION_NOBODY) {
            r->cpu->vcpus[who].turns++;
            r->cpu->switches += who != r->last ? 1u : 0u;
            r->last = who;
        }
    }
    if (is_drawn(r, r->now)) {
        look_at_all_jobs(r);
    }
    if (who != SIMULATION_NOBODY) {
        struct simulation_vcpu *v = &r->cpu->vcpus[who];

        (v->timed != NULL ? begin_job : begin_slot)(r, v);
        run_interrupts(r, v);
    }
}

// The vCPU that runs has computed what it wants to.
static enum machine_step finish(struct simulation_vcpu *v)
{
    struct machine_jobs jobs;
    enum machine_step step;
    uint64_t response;

    v->busy = false;
    if (!machine_jobs(v->record, &jobs)) {
        return machine_idle();
    }
    step = machine_wait();
    response = machine_event_time() - jobs.release;
    v->least = v->responses == 0 || response < v->least ? response : v->least;
    v->most = response > v->most ? response : v->most;
    v->sum += response;
    v->responses++;
    return step;
}

static enum machine_step ask(const struct run *r, const struct simulation_request *request)
{
    if (request->kind == REQUEST_PLAN) {
        return machine_ask_plan((uint32_t)request->plan);
    }
    for (size_t i = 0; i < r->cpu->vcpu_count; i++) {
        const struct simulation_vcpu *v = &r->cpu->vcpus[i];

        if (v->partition == request->partition && v->id == request->vcpu) {
            return request->kind == REQUEST_START ? machine_start(v->record)
                                                  : machine_stop(v->record);
        }
    }
    return MACHINE_EVENT; // on another processor
}

// One event of the hypervisor, of a vCPU, or of the world.
static enum machine_step step(struct run *r)
{
    const struct simulation_options *o = &r->simulation->options;
    struct simulation_vcpu *v = r->who == SIMULATION_NOBODY ? NULL : &r->cpu->vcpus[r->who];
    uint64_t done = v != NULL && v->busy ? machine_reaches(v->record, v->wanted) : NEVER;
    uint64_t asked = r->next_request < o->request_count ? o->requests[r->next_request].time : NEVER;
    size_t owner = 0;
    struct simulation_line *line = run_next_line(r, &owner);
    uint64_t edge = line != NULL ? line->next : NEVER;
    uint64_t next = done < asked ? done : asked;
    enum machine_step outcome;

    next = next < edge ? next : edge;
    next = next < r->simulation->length ? next : r->simulation->length;
    outcome = machine_run(next);
    if (outcome == MACHINE_REACHED && next == done && v != NULL) {
        outcome = v->handles ? run_end_handler(v) : finish(v);
    } else if (outcome == MACHINE_REACHED && next == edge && next != r->simulation->length) {
        outcome = run_raise_line(r, line, owner);
        r->now = next;
        return outcome;
    } else if (outcome == MACHINE_REACHED && next == asked) {
        outcome = ask(r, &o->requests[r->next_request]);
        r->next_request++;
    } else {
        // The hypervisor's event, or the end.
    }
    r->now = outcome == MACHINE_REACHED ? next : machine_event_time();
    return outcome;
}

static void add_vcpu(struct run *r, const struct sys *sys, size_t partition, uint64_t id,
                     uint32_t record)
{
    const struct sys_partition *p = &sys->partitions[partition];
    struct simulation_vcpu *v = POOL_PUSH(r->pool, r->cpu->vcpus, r->cpu->vcpu_count);

    *v = (struct simulation_vcpu){.partition = partition,
                                  .id = id,
                                  .pool = -1,
                                  .record = record,
                                  .load = r->simulation->options.loads[partition],
                                  .slot = UINT64_MAX};
    for (size_t i = 0; i < p->pooled_count; i++) {
        if (p->pooled[i].id.value == id) {
            v->pool = p->pooled[i].pool_index;
            v->timed = p->pooled[i].period.given ? &p->pooled[i] : NULL;
        }
    }
    if (id == 0) {
        run_add_lines(r, sys, v);
    }
    r->of_record[record] = r->cpu->vcpu_count - 1;
}

// Records follow the partitions' ids.
static void add_vcpus(struct run *r, const struct sys *sys)
{
    uint32_t record = 0;

    for (uint64_t id = 0; id < sys->partition_count; id++) {
        size_t p = 0;

        while (sys->partitions[p].id.value != id) {
            p++;
        }
        for (uint64_t v = 0; v < sys->partitions[p].vcpus.value; v++) {
            if (sys->partitions[p].cpu_of[v] == r->cpu->id) {
                add_vcpu(r, sys, p, v, record);
            }
            record++;
        }
    }
}

static void run(struct run *r)
{
    struct simulation_cpu *cpu = r->cpu;
    enum machine_step outcome = MACHINE_EVENT;

    *POOL_PUSH(r->pool, cpu->plans, cpu->plan_count) = (struct simulation_plan){.start = 0};
    look(r);
    cpu->plans[0].frames = 1;
    while (outcome != MACHINE_STOPPED && r->now < r->simulation->length) {
        outcome = step(r);
        if (outcome != MACHINE_STOPPED) {
            look(r);
        }
    }
    cpu->ended = outcome == MACHINE_STOPPED;
    cpu->length = r->now < r->simulation->length ? r->now : r->simulation->length;
    end_span(r, cpu->length);
    look_at_all_jobs(r);
    cpu->plans[cpu->plan_count - 1].end = cpu->length;
    cpu->decisions = machine_decisions();
}

static bool run_cpu(struct septum *s, struct simulation *simulation, const struct sys_cpu *cpu,
                    struct simulation_cpu *result)
{
    struct bytes config = simulation_config(s, cpu);
    struct run r = {.pool = s->pool,
                    .simulation = simulation,
                    .cpu = result,
                    .random = simulation->options.seed,
                    .who = SIMULATION_NOBODY,
                    .last = SIMULATION_NOBODY};
    const char *reason;
    size_t vcpus = 0;

    if (config.data == NULL) {
        return false;
    }
    reason = machine_boot(config.data, config.size);
    if (reason != NULL) {
        diag_add(&s->diags, RULE_SIMULATION, s->sys->processors_line,
                 "the simulated hypervisor refuses it: %s" MEND
                 "simulate a smaller description, or one in which something runs",
                 reason);
        return false;
    }
    for (size_t i = 0; i < s->sys->partition_count; i++) {
        vcpus += s->sys->partitions[i].vcpus.value;
    }
    r.of_record = pool_alloc(s->pool, (vcpus + 1) * sizeof *r.of_record);
    result->id = cpu->id.value;
    add_vcpus(&r, s->sys);
    run(&r);
    return true;
}

bool simulation_run(struct septum *s, const struct simulation_options *options,
                    struct simulation *simulation)
{
    const struct sys *sys = s->sys;
    bool good = true;

    *simulation = (struct simulation){.sys = sys, .options = *options};
    simulation->length = options->length != 0 ? options->length : simulation_length(sys);
    simulation->from = options->from;
    simulation->until = options->until != 0 ? options->until : simulation->length;
    simulation->cpus = pool_alloc(s->pool, (sys->cpu_count + 1) * sizeof *simulation->cpus);
    simulation->cpu_count = sys->cpu_count;
    for (size_t i = 0; i < sys->cpu_count && good; i++) {
        good = run_cpu(s, simulation, &sys->cpus[i], &simulation->cpus[i]);
    }
    return good;
}
