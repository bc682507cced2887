// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What `septum plan` found, as JSON: sdk/tools/schema/plan.schema.json says what its members are.

#include "plan/draw.h"
#include "report/json.h"

static const char *name_of(const struct plan_view *v, size_t partition)
{
    return v->sys->partitions[partition].name.text;
}

static void put_time(struct json *j, const char *key, uint64_t time)
{
    if (time == UINT64_MAX) {
        json_null(j, key);
    } else {
        json_number(j, key, time);
    }
}

static void put_made(struct json *j, const struct plan_view *v)
{
    if (!v->is_made) {
        json_null(j, "made");
        return;
    }
    json_open(j, "made", '{');
    json_number(j, "granule", v->made.granule);
    json_number(j, "jobs", v->made.jobs);
    json_number(j, "steps", v->made.nodes);
    json_bool(j, "searched", v->made.searched);
    json_close(j, '}');
}

static void put_cpu(struct json *j, const struct sys_cpu *cpu)
{
    json_open(j, NULL, '{');
    json_number(j, "id", cpu->id.value);
    json_number(j, "switches", plan_switches(cpu));
    json_open(j, "slots", '[');
    for (size_t i = 0; cpu->plan_count != 0 && i < cpu->plans[0].slot_count; i++) {
        const struct sys_slot *s = &cpu->plans[0].slots[i];

        json_open(j, NULL, '{');
        json_number(j, "start", s->start.value);
        json_number(j, "duration", s->duration.value);
        json_text(j, "partition", s->partition.text);
        json_number(j, "vcpu", s->vcpu.value);
        json_close(j, '}');
    }
    json_close(j, ']');
    json_close(j, '}');
}

static void put_vcpu(struct json *j, const struct plan_view *v, const struct analysis_vcpu *c)
{
    json_open(j, NULL, '{');
    json_text(j, "partition", name_of(v, c->partition));
    json_number(j, "vcpu", c->vcpu);
    json_number(j, "processor", c->processor);
    json_number(j, "slots", c->slot_count);
    json_number(j, "time", c->supply.total);
    json_ratio(j, "share", c->supply.total, v->analysis->frame);
    put_time(j, "longest_gap", c->gap);
    json_close(j, '}');
}

static void put_want(struct json *j, const struct plan_view *v, const struct analysis_want *w)
{
    const struct sys_partition *p = &v->sys->partitions[w->partition];

    json_open(j, NULL, '{');
    json_text(j, "partition", p->name.text);
    json_number(j, "period", p->period.value);
    json_number(j, "duration", p->duration.value);
    json_number(j, "deadline", p->deadline.value);
    json_bool(j, "known", w->known);
    json_bool(j, "met", w->met);
    json_number(j, "windows", w->windows);
    json_number(j, "least", w->known ? w->least : 0u);
    put_time(j, "response", w->response);
    json_number(j, "begin_jitter", w->begin_jitter);
    json_number(j, "end_jitter", w->end_jitter);
    json_close(j, '}');
}

static void put_task(struct json *j, const struct plan_view *v, const struct analysis_task *t)
{
    json_open(j, NULL, '{');
    json_text(j, "partition", name_of(v, t->partition));
    json_number(j, "vcpu", t->group->vcpu.value);
    json_text(j, "scheduler", plan_policy(t->group->policy));
    json_text(j, "name", t->task->name.text);
    json_number(j, "period", t->task->period.value);
    json_number(j, "capacity", t->task->capacity.value);
    json_number(j, "deadline", t->task->deadline.value);
    json_text(j, "verdict", plan_verdict(t->result.verdict));
    if (t->group->policy == TASKS_EDF || t->result.verdict != TASKS_MET) {
        json_null(j, "response");
    } else {
        json_number(j, "response", t->result.response);
    }
    json_close(j, '}');
}

static void put_after(struct json *j, const struct plan_view *v, const struct analysis_after *f)
{
    json_open(j, NULL, '{');
    json_text(j, "partition", name_of(v, f->partition));
    json_text(j, "after", name_of(v, (size_t)f->name->index));
    json_bool(j, "kept", f->kept);
    json_close(j, '}');
}

static void put_chain(struct json *j, const struct analysis_chain *c)
{
    json_open(j, NULL, '{');
    json_text(j, "name", c->chain->name.text);
    json_open(j, "steps", '[');
    for (size_t i = 0; i < c->chain->count; i++) {
        json_text(j, NULL, c->chain->steps[i].partition.text);
    }
    json_close(j, ']');
    json_number(j, "limit", c->chain->limit.value);
    if (c->known && !c->lacks) {
        json_number(j, "latency", c->latency);
    } else {
        json_null(j, "latency");
    }
    json_bool(j, "met", c->met);
    json_close(j, '}');
}

void plan_write_json(const struct plan_view *view, FILE *out)
{
    const struct analysis *a = view->analysis;
    struct json j = {out, 0, false};

    json_open(&j, NULL, '{');
    json_text(&j, "format", "septum-plan-1");
    json_text(&j, "system", view->sys->name.text);
    json_number(&j, "major_frame", a->frame);
    json_number(&j, "switch_cost", a->cost);
    put_made(&j, view);
    json_open(&j, "processors", '[');
    for (size_t i = 0; i < view->sys->cpu_count; i++) {
        put_cpu(&j, &view->sys->cpus[i]);
    }
    json_close(&j, ']');
    json_open(&j, "vcpus", '[');
    for (size_t i = 0; i < a->vcpu_count; i++) {
        put_vcpu(&j, view, &a->vcpus[i]);
    }
    json_close(&j, ']');
    json_open(&j, "requirements", '[');
    for (size_t i = 0; i < a->want_count; i++) {
        put_want(&j, view, &a->wants[i]);
    }
    json_close(&j, ']');
    json_open(&j, "tasks", '[');
    for (size_t i = 0; i < a->task_count; i++) {
        put_task(&j, view, &a->tasks[i]);
    }
    json_close(&j, ']');
    json_open(&j, "precedence", '[');
    for (size_t i = 0; i < a->after_count; i++) {
        put_after(&j, view, &a->afters[i]);
    }
    json_close(&j, ']');
    json_open(&j, "chains", '[');
    for (size_t i = 0; i < a->chain_count; i++) {
        put_chain(&j, &a->chains[i]);
    }
    json_close(&j, ']');
    json_close(&j, '}');
}
