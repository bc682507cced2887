// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What `septum plan` found, as one page that needs nothing else.

#include <inttypes.h>

#include "plan/draw.h"
#include "report/html.h"

static void put_cell(FILE *out, const char *text)
{
    (void)fputs("<td>", out);
    html_text(out, text);
    (void)fputs("</td>", out);
}

static void put_time(FILE *out, uint64_t time)
{
    char text[REPORT_NUMBER_MAX];

    put_cell(out, time == UINT64_MAX ? "\xe2\x80\x93" : report_time(text, time));
}

static void put_chip(FILE *out, bool good, const char *text)
{
    (void)fprintf(out, "<td><span class=\"chip %s\">%s</span></td>", good ? "good" : "bad", text);
}

static void open_table(FILE *out, const char *title, const char *head)
{
    (void)fprintf(out,
                  "<section><h2>%s</h2><div class=\"card wide\"><table><thead><tr>%s</tr></thead>"
                  "<tbody>\n",
                  title, head);
}

static void close_table(FILE *out)
{
    (void)fputs("</tbody></table></div></section>\n", out);
}

static void put_vcpus(const struct plan_view *v, FILE *out)
{
    char text[REPORT_NUMBER_MAX];

    open_table(out, "What each vCPU gets",
               "<th>Partition</th><th>vCPU</th><th>Processor</th><th>Load</th><th>Slots</th>"
               "<th>Longest gap</th>");
    for (size_t i = 0; i < v->analysis->vcpu_count; i++) {
        const struct analysis_vcpu *c = &v->analysis->vcpus[i];

        (void)fputs("<tr data-kind=\"vcpu\">", out);
        put_cell(out, v->sys->partitions[c->partition].name.text);
        (void)fprintf(out, "<td>%" PRIu64 "</td><td>%" PRIu64 "</td><td>%s</td><td>%zu</td>",
                      c->vcpu, c->processor,
                      report_percent(text, c->supply.total, v->analysis->frame), c->slot_count);
        put_time(out, c->gap);
        (void)fputs("</tr>\n", out);
    }
    close_table(out);
}

static void put_wants(const struct plan_view *v, FILE *out)
{
    open_table(
        out, "Temporal requirements",
        "<th>Partition</th><th>Period</th><th>Deadline</th><th>Duration</th><th>At least</th>"
        "<th>Response</th><th>Jitter at begin</th><th>at end</th><th></th>");
    for (size_t i = 0; i < v->analysis->want_count; i++) {
        const struct analysis_want *w = &v->analysis->wants[i];
        const struct sys_partition *p = &v->sys->partitions[w->partition];

        (void)fputs("<tr data-kind=\"want\">", out);
        put_cell(out, p->name.text);
        put_time(out, p->period.value);
        put_time(out, p->deadline.value);
        put_time(out, p->duration.value);
        put_time(out, w->known ? w->least : UINT64_MAX);
        put_time(out, w->known ? w->response : UINT64_MAX);
        put_time(out, w->known ? w->begin_jitter : UINT64_MAX);
        put_time(out, w->known ? w->end_jitter : UINT64_MAX);
        put_chip(out, w->met, w->met ? "met" : w->known ? "not met" : "not looked at");
        (void)fputs("</tr>\n", out);
    }
    close_table(out);
}

static void put_tasks(const struct plan_view *v, FILE *out)
{
    open_table(out, "Tasks",
               "<th>Partition</th><th>Task</th><th>Scheduler</th><th>Period</th><th>Deadline</th>"
               "<th>Capacity</th><th>Response</th><th></th>");
    for (size_t i = 0; i < v->analysis->task_count; i++) {
        const struct analysis_task *t = &v->analysis->tasks[i];
        bool told = t->group->policy != TASKS_EDF && t->result.verdict == TASKS_MET;

        (void)fputs("<tr data-kind=\"task\">", out);
        put_cell(out, v->sys->partitions[t->partition].name.text);
        put_cell(out, t->task->name.text);
        put_cell(out, plan_policy(t->group->policy));
        put_time(out, t->task->period.value);
        put_time(out, t->task->deadline.value);
        put_time(out, t->task->capacity.value);
        put_time(out, told ? t->result.response : UINT64_MAX);
        put_chip(out, t->result.verdict == TASKS_MET, plan_verdict(t->result.verdict));
        (void)fputs("</tr>\n", out);
    }
    close_table(out);
}

static void put_order(const struct plan_view *v, FILE *out)
{
    open_table(out, "Order", "<th>Asked for</th><th>Limit</th><th>Latency</th><th></th>");
    for (size_t i = 0; i < v->analysis->after_count; i++) {
        const struct analysis_after *f = &v->analysis->afters[i];

        (void)fputs("<tr data-kind=\"after\"><td>", out);
        html_text(out, v->sys->partitions[f->partition].name.text);
        (void)fputs(" after ", out);
        html_text(out, f->name->partition.text);
        (void)fputs("</td><td></td><td></td>", out);
        put_chip(out, f->kept, f->kept ? "kept" : "not kept");
        (void)fputs("</tr>\n", out);
    }
    for (size_t i = 0; i < v->analysis->chain_count; i++) {
        const struct analysis_chain *c = &v->analysis->chains[i];

        (void)fputs("<tr data-kind=\"chain\"><td>", out);
        html_text(out, c->chain->name.text);
        for (size_t n = 0; n < c->chain->count; n++) {
            (void)fputs(n == 0 ? ": " : " &#8594; ", out);
            html_text(out, c->chain->steps[n].partition.text);
        }
        (void)fputs("</td>", out);
        put_time(out, c->chain->limit.value);
        put_time(out, c->known && !c->lacks ? c->latency : UINT64_MAX);
        put_chip(out, c->met, c->met ? "met" : "not met");
        (void)fputs("</tr>\n", out);
    }
    close_table(out);
}

void plan_write_html(const struct plan_view *view, FILE *out)
{
    const struct analysis *a = view->analysis;

    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<link rel=\"icon\" href=\"data:,\"><title>",
                out);
    html_text(out, view->sys->name.text);
    (void)fputs(" &#183; Septum plan</title>\n<style>\n", out);
    (void)fputs(HTML_STYLE, out);
    (void)fputs("</style></head><body><main>\n<header><h1>", out);
    html_text(out, view->sys->name.text);
    (void)fputs("</h1><p>what plan 0 gives, beside what is asked for</p></header>\n"
                "<section><h2>Plan 0</h2><div class=\"card wide\">\n",
                out);
    plan_draw(view, out);
    (void)fputs("</div></section>\n", out);
    put_vcpus(view, out);
    if (a->want_count != 0) {
        put_wants(view, out);
    }
    if (a->task_count != 0) {
        put_tasks(view, out);
    }
    if (a->after_count + a->chain_count != 0) {
        put_order(view, out);
    }
    (void)fputs("<script type=\"application/json\" id=\"plan\">\n", out);
    plan_write_json(view, out);
    (void)fputs("</script>\n</main></body></html>\n", out);
}
