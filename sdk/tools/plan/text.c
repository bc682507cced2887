// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What `septum plan` found, as plain text.

#include <inttypes.h>
#include <string.h>

#include "plan/draw.h"
#include "report/report.h"

/// Columns of a chart.
#define CHART 72u

const char *plan_policy(int policy)
{
    static const char *const words[] = {"fixed-priority", "rate-monotonic", "edf"};

    return words[policy];
}

const char *plan_verdict(enum tasks_verdict verdict)
{
    static const char *const words[] = {"met", "late", "unknown"};

    return words[verdict];
}

size_t plan_switches(const struct sys_cpu *cpu)
{
    const struct sys_plan *plan = cpu->plans;
    size_t count = cpu->plan_count == 0 ? 0 : plan->slot_count;

    for (size_t i = 1; cpu->plan_count != 0 && i < plan->slot_count; i++) {
        const struct sys_slot *a = &plan->slots[i - 1];
        const struct sys_slot *b = &plan->slots[i];

        count -= a->index == b->index && a->vcpu.value == b->vcpu.value &&
                         a->start.value + a->duration.value == b->start.value
                     ? 1u
                     : 0u;
    }
    return count;
}

size_t plan_slots(const struct plan_view *view)
{
    size_t count = 0;

    for (size_t i = 0; i < view->sys->cpu_count; i++) {
        count += view->sys->cpus[i].plan_count == 0 ? 0 : view->sys->cpus[i].plans[0].slot_count;
    }
    return count;
}

static const char *name_of(const struct plan_view *v, size_t partition)
{
    return v->sys->partitions[partition].name.text;
}

static const char *or_never(char text[REPORT_NUMBER_MAX], uint64_t time)
{
    return time == UINT64_MAX ? "never" : report_time(text, time);
}

static void put_chart(const struct plan_view *v, const struct sys_plan *plan, FILE *out)
{
    char line[CHART + 1u];
    uint64_t frame = v->analysis->frame;

    memset(line, '.', CHART);
    line[CHART] = '\0';
    for (size_t i = 0; i < plan->slot_count; i++) {
        const struct sys_slot *s = &plan->slots[i];
        int p = s->index;

        for (unsigned column = 0; p >= 0 && column < CHART; column++) {
            uint64_t middle =
                (uint64_t)((unsigned __int128)frame * (2u * column + 1u) / (2u * CHART));

            if (middle >= s->start.value && middle - s->start.value < s->duration.value) {
                line[column] = (char)(p < 10 ? '0' + p : p < 36 ? 'a' + (p - 10) : '#');
            }
        }
    }
    (void)fprintf(out, "  |%s|\n", line);
}

static void put_cpu(const struct plan_view *v, const struct sys_cpu *cpu, FILE *out)
{
    char start[REPORT_NUMBER_MAX];
    char duration[REPORT_NUMBER_MAX];

    (void)fprintf(out, "\nProcessor %" PRIu64 ": %zu slots, %zu switches per frame\n",
                  cpu->id.value, cpu->plan_count == 0 ? 0 : cpu->plans[0].slot_count,
                  plan_switches(cpu));
    if (cpu->plan_count == 0) {
        return;
    }
    put_chart(v, &cpu->plans[0], out);
    for (size_t i = 0; i < cpu->plans[0].slot_count; i++) {
        const struct sys_slot *s = &cpu->plans[0].slots[i];

        (void)fprintf(out, "  %12s + %-10s %s, vCPU %" PRIu64 "\n",
                      report_time(start, s->start.value), report_time(duration, s->duration.value),
                      s->partition.text, s->vcpu.value);
    }
}

static void put_vcpus(const struct plan_view *v, FILE *out)
{
    char load[REPORT_NUMBER_MAX];
    char gap[REPORT_NUMBER_MAX];

    (void)fprintf(out, "\nWhat each vCPU gets\n");
    for (size_t i = 0; i < v->analysis->vcpu_count; i++) {
        const struct analysis_vcpu *c = &v->analysis->vcpus[i];

        (void)fprintf(out,
                      "  %-20s vCPU %-2" PRIu64 " %8s of processor %" PRIu64
                      ", %zu slots, longest gap %s\n",
                      name_of(v, c->partition), c->vcpu,
                      report_percent(load, c->supply.total, v->analysis->frame), c->processor,
                      c->slot_count, or_never(gap, c->gap));
    }
}

static void put_want(const struct plan_view *v, const struct analysis_want *w, FILE *out)
{
    const struct sys_partition *p = &v->sys->partitions[w->partition];
    char text[6][REPORT_NUMBER_MAX];

    (void)fprintf(out, "  %-20s %s within %s of every %s: ", p->name.text,
                  report_time(text[0], p->duration.value), report_time(text[1], p->deadline.value),
                  report_time(text[2], p->period.value));
    if (!w->known) {
        (void)fprintf(out, "not looked at\n");
        return;
    }
    (void)fprintf(out, "%s, at least %s, response %s, jitter %s at begin, %s at end\n",
                  w->met ? "met" : "NOT met", report_time(text[3], w->least),
                  w->response == UINT64_MAX ? "longer than the period"
                                            : report_time(text[4], w->response),
                  report_time(text[5], w->begin_jitter), report_time(text[0], w->end_jitter));
}

static void put_task(const struct plan_view *v, const struct analysis_task *t, FILE *out)
{
    char text[4][REPORT_NUMBER_MAX];
    bool edf = t->group->policy == TASKS_EDF;

    (void)fprintf(out, "  %s/%s (%s): %s within %s of every %s: %s", name_of(v, t->partition),
                  t->task->name.text, plan_policy(t->group->policy),
                  report_time(text[0], t->task->capacity.value),
                  report_time(text[1], t->task->deadline.value),
                  report_time(text[2], t->task->period.value), plan_verdict(t->result.verdict));
    if (!edf && t->result.verdict == TASKS_MET) {
        (void)fprintf(out, ", response at most %s", report_time(text[3], t->result.response));
    }
    (void)fprintf(out, "\n");
}

static void put_after(const struct plan_view *v, const struct analysis_after *f, FILE *out)
{
    (void)fprintf(out, "  %s after %s: %s\n", name_of(v, f->partition), f->name->partition.text,
                  f->kept ? "kept" : "NOT kept");
}

static void put_chain(const struct analysis_chain *c, FILE *out)
{
    char limit[REPORT_NUMBER_MAX];
    char latency[REPORT_NUMBER_MAX];

    (void)fprintf(out, "  chain %s:", c->chain->name.text);
    for (size_t i = 0; i < c->chain->count; i++) {
        (void)fprintf(out, "%s %s", i == 0 ? "" : " ->", c->chain->steps[i].partition.text);
    }
    if (!c->known || c->lacks) {
        (void)fprintf(out, ": latency not known\n");
        return;
    }
    (void)fprintf(out, ": %s, of %s: %s\n", report_time(latency, c->latency),
                  report_time(limit, c->chain->limit.value), c->met ? "met" : "NOT met");
}

static void put_head(const struct plan_view *v, FILE *out)
{
    char text[2][REPORT_NUMBER_MAX];

    (void)fprintf(out, "System '%s', plan 0, major frame %s\n", v->sys->name.text,
                  report_time(text[0], v->analysis->frame));
    if (v->analysis->cost != 0) {
        (void)fprintf(out, "The first %s of each slot count for nothing\n",
                      report_time(text[0], v->analysis->cost));
    }
    if (v->is_made) {
        (void)fprintf(out, "Made of %" PRIu64 " jobs in granules of %s, in %" PRIu64 " steps%s\n",
                      v->made.jobs, report_time(text[1], v->made.granule), v->made.nodes,
                      v->made.searched ? ", by a search" : "");
    }
}

void plan_write_text(const struct plan_view *view, FILE *out)
{
    const struct analysis *a = view->analysis;

    put_head(view, out);
    for (size_t i = 0; i < view->sys->cpu_count; i++) {
        put_cpu(view, &view->sys->cpus[i], out);
    }
    put_vcpus(view, out);
    (void)fprintf(out, "%s", a->want_count == 0 ? "" : "\nTemporal requirements\n");
    for (size_t i = 0; i < a->want_count; i++) {
        put_want(view, &a->wants[i], out);
    }
    (void)fprintf(out, "%s", a->task_count == 0 ? "" : "\nTasks\n");
    for (size_t i = 0; i < a->task_count; i++) {
        put_task(view, &a->tasks[i], out);
    }
    (void)fprintf(out, "%s", a->after_count + a->chain_count == 0 ? "" : "\nOrder\n");
    for (size_t i = 0; i < a->after_count; i++) {
        put_after(view, &a->afters[i], out);
    }
    for (size_t i = 0; i < a->chain_count; i++) {
        put_chain(&a->chains[i], out);
    }
}
