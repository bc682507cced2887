// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A simulation as one page that needs nothing else.

#include <inttypes.h>

#include "report/html.h"
#include "simulate/draw.h"

static void put_cell(FILE *out, const char *text)
{
    (void)fputs("<td>", out);
    html_text(out, text);
    (void)fputs("</td>", out);
}

static void put_time(FILE *out, bool known, uint64_t time)
{
    char text[REPORT_NUMBER_MAX];

    put_cell(out, known ? report_time(text, time) : "\xe2\x80\x93");
}

static void put_count(FILE *out, bool known, uint64_t count)
{
    if (known) {
        (void)fprintf(out, "<td>%" PRIu64 "</td>", count);
    } else {
        put_cell(out, "\xe2\x80\x93");
    }
}

static void put_vcpu(const struct simulation *m, const struct simulation_cpu *cpu,
                     const struct simulation_vcpu *v, FILE *out)
{
    bool timed = v->timed != NULL;
    bool any = v->responses != 0;
    char text[REPORT_NUMBER_MAX];

    (void)fputs("<tr data-kind=\"vcpu\">", out);
    put_cell(out, m->sys->partitions[v->partition].name.text);
    (void)fprintf(out, "<td>%" PRIu64 "</td><td>%s</td>", v->id,
                  report_percent(text, v->time, cpu->length));
    put_time(out, true, v->time);
    put_count(out, true, v->turns);
    put_count(out, timed, v->released);
    put_count(out, timed, v->finished);
    put_count(out, timed, v->overruns);
    put_count(out, timed, v->missed);
    put_time(out, any, v->least);
    put_time(out, any, any ? v->sum / v->responses : 0);
    put_time(out, any, v->most);
    put_count(out, v->raised != 0, v->given);
    put_time(out, v->given != 0, v->given != 0 ? v->delay_sum / v->given : 0);
    put_time(out, v->given != 0, v->delay_most);
    (void)fputs("</tr>\n", out);
}

static void put_cpu(const struct simulation *m, const struct simulation_cpu *cpu, FILE *out)
{
    char text[REPORT_NUMBER_MAX];

    (void)fprintf(out,
                  "<section><h2>Processor %" PRIu64 "<small>%" PRIu64 " decisions, %" PRIu64
                  " switches, idle %s%s</small></h2>"
                  "<div class=\"card wide\"><table><thead><tr><th>Partition</th><th>vCPU</th>"
                  "<th>Share</th><th>Time</th><th>Turns</th><th>Released</th><th>Finished</th>"
                  "<th>Overruns</th><th>Missed</th><th>Response: least</th><th>mean</th>"
                  "<th>most</th><th>Interrupts</th><th>Delay: mean</th><th>most</th></tr></thead>"
                  "<tbody>\n",
                  cpu->id, cpu->decisions, cpu->switches,
                  report_percent(text, cpu->idle, cpu->length),
                  cpu->ended ? "; the system ended" : "");
    for (size_t i = 0; i < cpu->vcpu_count; i++) {
        put_vcpu(m, cpu, &cpu->vcpus[i], out);
    }
    (void)fputs("</tbody></table></div><div class=\"card wide\"><table><thead><tr><th>Plan</th>"
                "<th>From</th><th>Frames</th><th>Idle</th></tr></thead><tbody>\n",
                out);
    for (size_t i = 0; i < cpu->plan_count; i++) {
        const struct simulation_plan *p = &cpu->plans[i];

        (void)fprintf(out, "<tr data-kind=\"plan\"><td>%" PRIu64 "</td>", p->plan);
        put_time(out, true, p->start);
        put_count(out, true, p->frames);
        put_cell(out, report_percent(text, p->idle, p->end - p->start));
        (void)fputs("</tr>\n", out);
    }
    (void)fputs("</tbody></table></div></section>\n", out);
}

void simulation_write_html(const struct simulation *simulation, FILE *out)
{
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<link rel=\"icon\" href=\"data:,\"><title>",
                out);
    html_text(out, simulation->sys->name.text);
    (void)fputs(" &#183; Septum simulation</title>\n<style>\n", out);
    (void)fputs(HTML_STYLE, out);
    (void)fputs("</style></head><body><main>\n<header><h1>", out);
    html_text(out, simulation->sys->name.text);
    (void)fputs("</h1><p>what the schedulers do</p></header>\n"
                "<section><h2>Who has the processor</h2><div class=\"card wide\">\n",
                out);
    simulation_draw(simulation, out);
    (void)fputs("</div></section>\n", out);
    for (size_t i = 0; i < simulation->cpu_count; i++) {
        put_cpu(simulation, &simulation->cpus[i], out);
    }
    (void)fputs("<script type=\"application/json\" id=\"simulation\">\n", out);
    simulation_write_json(simulation, out);
    (void)fputs("</script>\n</main></body></html>\n", out);
}
