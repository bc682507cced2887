// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A simulation as a Gantt chart: a row for each processor, below it one for each vCPU. A job is released with a
// stroke upwards and has to end by the stroke downwards; a cross is a job that was cut, a triangle an interrupt.

#include <inttypes.h>

#include "plan/draw.h"
#include "report/html.h"
#include "simulate/draw.h"

// Geometry, in the picture's units.
#define GUTTER 132u
#define PLOT 850u
#define TOP 34u
#define CPU_ROW 44u
#define CPU_BAR 32u
#define ROW 26u
#define BAR 12u
#define AXIS 30u

static uint64_t clip(const struct simulation *m, uint64_t time)
{
    return time < m->from ? 0 : time > m->until ? m->until - m->from : time - m->from;
}

static void put_x(const struct simulation *m, uint64_t time, FILE *out)
{
    html_coordinate(out, clip(m, time), m->until - m->from, PLOT);
}

static unsigned height_of(const struct simulation_cpu *cpu)
{
    return CPU_ROW + ROW * (unsigned)cpu->vcpu_count + 8u;
}

static void put_axis(const struct simulation *m, unsigned height, FILE *out)
{
    uint64_t step = plan_tick_step(m->until - m->from);
    char text[REPORT_NUMBER_MAX];

    for (uint64_t time = m->from; time <= m->until; time += step) {
        bool last = time + step > m->until;

        time = last ? m->until : time;
        (void)fputs("<g transform=\"translate(", out);
        put_x(m, time, out);
        (void)fprintf(out, ",0)\"><line class=\"g\" y1=\"%u\" y2=\"%u\"/>", TOP, height + 5u);
        (void)fprintf(out, "<text class=\"s %s\" y=\"%u\">%s</text></g>\n",
                      last              ? "e"
                      : time == m->from ? ""
                                        : "m",
                      height + 20u, report_time(text, time));
        if (last) {
            break;
        }
    }
}

static void put_bar(const struct simulation *m, const struct simulation_cpu *cpu,
                    const struct simulation_span *span, unsigned y, unsigned bar, FILE *out)
{
    const struct simulation_vcpu *v = &cpu->vcpus[span->who];
    uint64_t start = clip(m, span->start);
    uint64_t length = clip(m, span->end) - start;
    char text[2][REPORT_NUMBER_MAX];

    (void)fprintf(out, "<g class=\"slot c%u\"", (unsigned)(span->who % HTML_COLOURS));
    if (bar == CPU_BAR) {
        (void)fprintf(out,
                      " data-kind=\"span\" data-start=\"%" PRIu64 "\" data-end=\"%" PRIu64
                      "\" data-who=\"%zu\"",
                      span->start, span->end, span->who);
    }
    (void)fputs("><title>", out);
    html_text(out, m->sys->partitions[v->partition].name.text);
    (void)fprintf(out, ", vCPU %" PRIu64 ", from %s for %s</title><rect x=\"", v->id,
                  report_time(text[0], span->start), report_time(text[1], span->end - span->start));
    html_coordinate(out, start, m->until - m->from, PLOT);
    (void)fprintf(out, "\" y=\"%u\" width=\"", y);
    html_coordinate(out, length, m->until - m->from, PLOT);
    (void)fprintf(out, "\" height=\"%u\" rx=\"2\"/></g>\n", bar);
}

static void put_event(const struct simulation *m, const struct simulation_event *e, unsigned y,
                      FILE *out)
{
    static const char *const words[] = {"release", "deadline", "overrun", "missed", "interrupt"};

    if (e->time > m->until) {
        return;
    }
    (void)fprintf(out, "<path class=\"%s\" data-kind=\"%s\" d=\"M",
                  e->mark == MARK_OVERRUN || e->mark == MARK_MISSED ? "x" : "w", words[e->mark]);
    put_x(m, e->time, out);
    switch (e->mark) {
    case MARK_RELEASE:
        (void)fprintf(out, " %uv-%u\"/>\n", y + BAR, BAR + 6u);
        break;
    case MARK_DEADLINE:
        (void)fprintf(out, " %uv%u\"/>\n", y, BAR + 4u);
        break;
    case MARK_INTERRUPT:
        (void)fprintf(out, " %ul-3 -6h6z\"/>\n", y);
        break;
    case MARK_OVERRUN:
    case MARK_MISSED:
        (void)fprintf(out, " %um-4 -4l8 8m-8 0l8 -8\"/>\n", y + BAR / 2u);
        break;
    }
}

static void put_vcpu(const struct simulation *m, const struct simulation_cpu *cpu, size_t who,
                     unsigned y, FILE *out)
{
    const struct simulation_vcpu *v = &cpu->vcpus[who];

    (void)fprintf(out, "<g transform=\"translate(-%u,0)\">", GUTTER - 6u);
    html_label(out, v->missed + v->overruns != 0 ? "bad" : "s", 12u, y + BAR - 1u, GUTTER - 24u,
               m->sys->partitions[v->partition].name.text);
    (void)fputs("</g>\n", out);
    (void)fprintf(out, "<line class=\"g\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>\n", y + BAR, PLOT,
                  y + BAR);
    for (size_t i = 0; i < cpu->span_count; i++) {
        if (cpu->spans[i].who == who) {
            put_bar(m, cpu, &cpu->spans[i], y, BAR, out);
        }
    }
    for (size_t i = 0; i < cpu->event_count; i++) {
        if (cpu->events[i].who == who) {
            put_event(m, &cpu->events[i], y, out);
        }
    }
}

static void put_cpu(const struct simulation *m, const struct simulation_cpu *cpu, unsigned y,
                    FILE *out)
{
    (void)fprintf(out,
                  "<text class=\"e\" x=\"-12\" y=\"%u\">CPU %" PRIu64
                  "</text><rect class=\"i\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"2\"/>\n",
                  y + 20u, cpu->id, y, PLOT, CPU_BAR);
    for (size_t i = 0; i < cpu->span_count; i++) {
        put_bar(m, cpu, &cpu->spans[i], y, CPU_BAR, out);
    }
    y += CPU_ROW;
    for (size_t i = 0; i < cpu->vcpu_count; i++) {
        put_vcpu(m, cpu, i, y + 4u, out);
        y += ROW;
    }
}

void simulation_draw(const struct simulation *simulation, FILE *out)
{
    unsigned height = TOP;
    unsigned y = TOP;
    char text[REPORT_NUMBER_MAX];

    for (size_t i = 0; i < simulation->cpu_count; i++) {
        height += height_of(&simulation->cpus[i]);
    }
    (void)fprintf(
        out,
        "<svg class=\"plan\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 %u\" "
        "role=\"img\" aria-label=\"Simulation\">\n<style>%s</style>\n"
        "<rect width=\"1000\" height=\"%u\" fill=\"#fff\"/>\n<text class=\"t\" x=\"16\" "
        "y=\"20\">",
        height + AXIS, PLAN_STYLE, height + AXIS);
    html_text(out, simulation->sys->name.text);
    (void)fprintf(out, ": %s simulated</text>\n<g transform=\"translate(%u,0)\">\n",
                  report_time(text, simulation->length), GUTTER);
    put_axis(simulation, height, out);
    for (size_t i = 0; i < simulation->cpu_count; i++) {
        put_cpu(simulation, &simulation->cpus[i], y, out);
        y += height_of(&simulation->cpus[i]);
    }
    (void)fputs("</g></svg>\n", out);
}

void simulation_write_svg(const struct simulation *simulation, FILE *out)
{
    simulation_draw(simulation, out);
}
