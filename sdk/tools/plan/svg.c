// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Plan 0 as a Gantt chart: a row for each processor, below it one for each of its partitions with its
// windows. A window begins with a stroke upwards and ends, at its deadline, with one downwards.

#include <inttypes.h>

#include "plan/draw.h"
#include "report/html.h"

// Geometry, in the picture's units.
#define GUTTER 132u
#define PLOT 850u
#define TOP 34u
#define CPU_ROW 44u
#define CPU_BAR 32u
#define ROW 24u
#define BAR 12u
#define AXIS 30u
#define TICKS_MAX 10u
/// More slots or windows of one partition than that are not told apart in a picture.
#define WINDOWS_DRAWN 200u

const char PLAN_STYLE[] =
    ".plan{font-family:system-ui,'DejaVu Sans',Arial,sans-serif}"
    ".plan text{font-size:12px;fill:#17202c}.plan .t{font-size:14px;font-weight:650}"
    ".plan .s{fill:#5b6675;font-size:11.5px}.plan .e{text-anchor:end}.plan .m{text-anchor:middle}"
    ".plan .i{fill:#eef1f5;stroke:#dde2e9}.plan .g{stroke:#dde2e9}.plan "
    ".w{stroke:#5b6675;fill:none}"
    ".plan .slot text{fill:#fff;font-size:11px}.plan .slot rect{stroke:#fff;stroke-width:1}"
    ".plan .bad{fill:#b42318}.plan .x{stroke:#b42318;stroke-width:2;fill:none}"
    ".plan .c0{fill:#2454c6}.plan .c1{fill:#0b7a5c}.plan .c2{fill:#a8480b}.plan .c3{fill:#8b2fb0}"
    ".plan .c4{fill:#b3174f}.plan .c5{fill:#0c6f8c}.plan .c6{fill:#5b6b0f}.plan .c7{fill:#5a4bc7}"
    ".plan .c8{fill:#8a5a2b}.plan .c9{fill:#465468}";

uint64_t plan_tick_step(uint64_t length)
{
    static const unsigned factors[] = {2, 5, 10};
    uint64_t decade = 1;
    uint64_t step = 1;

    for (unsigned i = 0; length / step > TICKS_MAX; i = (i + 1u) % 3u) {
        step = decade * factors[i];
        decade = i == 2u ? step : decade;
    }
    return step;
}

static void put_x(const struct plan_view *v, uint64_t time, FILE *out)
{
    html_coordinate(out, time, v->analysis->frame, PLOT);
}

static bool on_processor(const struct plan_view *v, size_t partition, const struct sys_cpu *cpu)
{
    for (size_t i = 0; i < v->analysis->vcpu_count; i++) {
        const struct analysis_vcpu *c = &v->analysis->vcpus[i];

        if (c->partition == partition && c->slot_count != 0 && c->processor == cpu->id.value) {
            return true;
        }
    }
    return false;
}

static unsigned height_of(const struct plan_view *v, const struct sys_cpu *cpu)
{
    unsigned height = CPU_ROW;

    for (size_t i = 0; i < v->sys->partition_count; i++) {
        height += on_processor(v, i, cpu) ? ROW : 0u;
    }
    return height + 8u;
}

static void put_axis(const struct plan_view *v, unsigned height, FILE *out)
{
    uint64_t frame = v->analysis->frame;
    uint64_t step = plan_tick_step(frame);
    char text[REPORT_NUMBER_MAX];

    for (uint64_t time = 0; time <= frame; time += step) {
        bool last = time + step > frame;

        time = last ? frame : time;
        (void)fputs("<g transform=\"translate(", out);
        put_x(v, time, out);
        (void)fprintf(out, ",0)\"><line class=\"g\" y1=\"%u\" y2=\"%u\"/>", TOP, height + 5u);
        (void)fprintf(out, "<text class=\"s %s\" y=\"%u\">%s</text></g>\n",
                      last        ? "e"
                      : time == 0 ? ""
                                  : "m",
                      height + 20u, report_time(text, time));
        if (last) {
            break;
        }
    }
}

static void put_bar(const struct plan_view *v, const struct sys_slot *s, unsigned y, unsigned bar,
                    bool named, FILE *out)
{
    const char *name = v->sys->partitions[s->index].name.text;
    uint64_t frame = v->analysis->frame;
    unsigned x = (unsigned)((unsigned __int128)s->start.value * PLOT / frame) + 6u;
    unsigned width = (unsigned)((unsigned __int128)s->duration.value * PLOT / frame);
    char start[REPORT_NUMBER_MAX];
    char duration[REPORT_NUMBER_MAX];

    (void)fprintf(out, "<g class=\"slot c%u\"", (unsigned)s->index % HTML_COLOURS);
    if (named) {
        (void)fprintf(out,
                      " data-kind=\"slot\" data-start=\"%" PRIu64 "\" data-duration=\"%" PRIu64
                      "\" data-partition=\"",
                      s->start.value, s->duration.value);
        html_text(out, name);
        (void)fputs("\"", out);
    }
    (void)fputs("><title>", out);
    html_text(out, name);
    (void)fprintf(out, ", vCPU %" PRIu64 ", from %s for %s</title><rect x=\"", s->vcpu.value,
                  report_time(start, s->start.value), report_time(duration, s->duration.value));
    put_x(v, s->start.value, out);
    (void)fprintf(out, "\" y=\"%u\" width=\"", y);
    put_x(v, s->duration.value, out);
    (void)fprintf(out, "\" height=\"%u\" rx=\"2\"/>", bar);
    if (named) {
        html_label(out, "", x, y + 20u, width < 10u ? 0u : width - 10u, name);
    }
    (void)fputs("</g>\n", out);
}

// Strokes where windows open and, longer, where their deadlines are.
static void put_windows(const struct plan_view *v, const struct sys_partition *p, unsigned y,
                        FILE *out)
{
    uint64_t frame = v->analysis->frame;

    if (p->time_line == 0 || !p->period.ok || !p->deadline.ok ||
        frame / p->period.value > WINDOWS_DRAWN) {
        return;
    }
    (void)fputs("<path class=\"w\" d=\"", out);
    for (uint64_t open = 0; open < frame; open += p->period.value) {
        uint64_t deadline = open + p->deadline.value;

        (void)fputs("M", out);
        put_x(v, open, out);
        (void)fprintf(out, " %uv-%u", y + BAR, BAR + 6u);
        if (deadline <= frame) {
            (void)fputs("M", out);
            put_x(v, deadline, out);
            (void)fprintf(out, " %uv%u", y, BAR + 4u);
        }
    }
    (void)fputs("\"/>\n", out);
}

static bool misses(const struct plan_view *v, size_t partition)
{
    for (size_t i = 0; i < v->analysis->want_count; i++) {
        const struct analysis_want *w = &v->analysis->wants[i];

        if (w->partition == partition && w->known && !w->met) {
            return true;
        }
    }
    return false;
}

static unsigned put_partition(const struct plan_view *v, const struct sys_cpu *cpu, size_t index,
                              unsigned y, FILE *out)
{
    const struct sys_partition *p = &v->sys->partitions[index];

    (void)fprintf(out, "<g transform=\"translate(-%u,0)\">", GUTTER - 6u);
    html_label(out, misses(v, index) ? "bad" : "s", 12u, y + BAR - 1u, GUTTER - 24u, p->name.text);
    (void)fputs("</g>\n", out);
    (void)fprintf(out, "<line class=\"g\" y1=\"%u\" x2=\"%u\" y2=\"%u\"/>\n", y + BAR, PLOT,
                  y + BAR);
    for (size_t s = 0; s < cpu->plans[0].slot_count; s++) {
        const struct sys_slot *slot = &cpu->plans[0].slots[s];

        if (slot->index == (int)index) {
            put_bar(v, slot, y, BAR, false, out);
        }
    }
    put_windows(v, p, y, out);
    return y + ROW;
}

static void put_cpu(const struct plan_view *v, const struct sys_cpu *cpu, unsigned y, FILE *out)
{
    (void)fprintf(out,
                  "<text class=\"e\" x=\"-12\" y=\"%u\">CPU %" PRIu64
                  "</text><rect class=\"i\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"2\"/>\n",
                  y + 20u, cpu->id.value, y, PLOT, CPU_BAR);
    if (cpu->plan_count == 0) {
        return;
    }
    for (size_t i = 0; i < cpu->plans[0].slot_count; i++) {
        if (cpu->plans[0].slots[i].index >= 0) {
            put_bar(v, &cpu->plans[0].slots[i], y, CPU_BAR, true, out);
        }
    }
    y += CPU_ROW;
    for (size_t i = 0; i < v->sys->partition_count; i++) {
        if (on_processor(v, i, cpu)) {
            y = put_partition(v, cpu, i, y, out);
        }
    }
}

void plan_draw(const struct plan_view *view, FILE *out)
{
    unsigned height = TOP;
    unsigned y = TOP;
    char frame[REPORT_NUMBER_MAX];

    for (size_t i = 0; i < view->sys->cpu_count; i++) {
        height += height_of(view, &view->sys->cpus[i]);
    }
    (void)fprintf(
        out,
        "<svg class=\"plan\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 %u\" "
        "role=\"img\" aria-label=\"Plan 0\">\n<style>%s</style>\n"
        "<rect width=\"1000\" height=\"%u\" fill=\"#fff\"/>\n<text class=\"t\" x=\"16\" "
        "y=\"20\">",
        height + AXIS, PLAN_STYLE, height + AXIS);
    html_text(out, view->sys->name.text);
    (void)fprintf(out, ": plan 0, major frame %s</text>\n<g transform=\"translate(%u,0)\">\n",
                  report_time(frame, view->analysis->frame), GUTTER);
    if (view->analysis->frame != 0) {
        put_axis(view, height, out);
    }
    for (size_t i = 0; i < view->sys->cpu_count && view->analysis->frame != 0; i++) {
        put_cpu(view, &view->sys->cpus[i], y, out);
        y += height_of(view, &view->sys->cpus[i]);
    }
    (void)fputs("</g></svg>\n", out);
}

void plan_write_svg(const struct plan_view *view, FILE *out)
{
    plan_draw(view, out);
}
