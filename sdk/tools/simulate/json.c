// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a simulation found, as JSON: sdk/tools/schema/simulation.schema.json says what its members are.

#include "report/json.h"
#include "simulate/simulate.h"

static void put_vcpu(struct json *j, const struct simulation *m, const struct simulation_cpu *cpu,
                     const struct simulation_vcpu *v)
{
    json_open(j, NULL, '{');
    json_text(j, "partition", m->sys->partitions[v->partition].name.text);
    json_number(j, "vcpu", v->id);
    if (v->pool < 0) {
        json_null(j, "pool");
    } else {
        json_text(j, "pool", m->sys->pools[v->pool].name.text);
    }
    json_number(j, "time", v->time);
    json_ratio(j, "share", v->time, cpu->length);
    json_number(j, "turns", v->turns);
    if (v->raised == 0) {
        json_null(j, "interrupts");
    } else {
        json_open(j, "interrupts", '{');
        json_number(j, "edges", v->raised);
        json_number(j, "given", v->given);
        json_number(j, "most", v->delay_most);
        json_number(j, "mean", v->given == 0 ? 0 : v->delay_sum / v->given);
        json_close(j, '}');
    }
    if (v->timed == NULL) {
        json_null(j, "jobs");
    } else {
        json_open(j, "jobs", '{');
        json_number(j, "released", v->released);
        json_number(j, "finished", v->finished);
        json_number(j, "overruns", v->overruns);
        json_number(j, "missed", v->missed);
        if (v->responses == 0) {
            json_null(j, "response");
        } else {
            json_open(j, "response", '{');
            json_number(j, "least", v->least);
            json_number(j, "most", v->most);
            json_number(j, "mean", v->sum / v->responses);
            json_close(j, '}');
        }
        json_close(j, '}');
    }
    json_close(j, '}');
}

static void put_plans(struct json *j, const struct simulation_cpu *cpu)
{
    json_open(j, "plans", '[');
    for (size_t i = 0; i < cpu->plan_count; i++) {
        const struct simulation_plan *p = &cpu->plans[i];

        json_open(j, NULL, '{');
        json_number(j, "plan", p->plan);
        json_number(j, "start", p->start);
        json_number(j, "end", p->end);
        json_number(j, "frames", p->frames);
        json_number(j, "idle", p->idle);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_drawn(struct json *j, const struct simulation_cpu *cpu)
{
    static const char *const words[] = {"release", "deadline", "overrun", "missed", "interrupt"};

    json_open(j, "spans", '[');
    for (size_t i = 0; i < cpu->span_count; i++) {
        json_open(j, NULL, '{');
        json_number(j, "start", cpu->spans[i].start);
        json_number(j, "end", cpu->spans[i].end);
        json_number(j, "who", cpu->spans[i].who);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_open(j, "events", '[');
    for (size_t i = 0; i < cpu->event_count; i++) {
        json_open(j, NULL, '{');
        json_number(j, "time", cpu->events[i].time);
        json_text(j, "event", words[cpu->events[i].mark]);
        json_number(j, "who", cpu->events[i].who);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_cpu(struct json *j, const struct simulation *m, const struct simulation_cpu *cpu)
{
    json_open(j, NULL, '{');
    json_number(j, "id", cpu->id);
    json_number(j, "length", cpu->length);
    json_bool(j, "ended", cpu->ended);
    json_number(j, "decisions", cpu->decisions);
    json_number(j, "switches", cpu->switches);
    json_number(j, "idle", cpu->idle);
    put_plans(j, cpu);
    json_open(j, "vcpus", '[');
    for (size_t i = 0; i < cpu->vcpu_count; i++) {
        put_vcpu(j, m, cpu, &cpu->vcpus[i]);
    }
    json_close(j, ']');
    put_drawn(j, cpu);
    json_close(j, '}');
}

void simulation_write_json(const struct simulation *simulation, FILE *out)
{
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    json_text(&j, "format", "septum-simulation-1");
    json_text(&j, "system", simulation->sys->name.text);
    json_number(&j, "length", simulation->length);
    json_number(&j, "from", simulation->from);
    json_number(&j, "until", simulation->until);
    json_open(&j, "processors", '[');
    for (size_t i = 0; i < simulation->cpu_count; i++) {
        put_cpu(&j, simulation, &simulation->cpus[i]);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
