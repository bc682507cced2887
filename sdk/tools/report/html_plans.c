// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Each plan as a Gantt chart with the loads that it gives.

#include <inttypes.h>
#include <stdio.h>

#include "report/html.h"

// Geometry of a chart, in the picture's units.
#define GUTTER 64u
#define PLOT 920u
#define ROW 52u
#define BAR 42u
#define AXIS 30u
#define TOP 6u
#define TICKS_MAX 10u

#define LOAD_ROW 30u
#define LOAD_NAME 150u
#define LOAD_TRACK 740u

/// The smallest of 1, 2, 5 times a power of ten that cuts the frame into few pieces.
static uint64_t tick_step(uint64_t frame)
{
    static const unsigned factors[] = {2, 5, 10};
    uint64_t decade = 1;
    uint64_t step = 1;

    for (unsigned i = 0; frame / step > TICKS_MAX; i = (i + 1u) % 3u) {
        step = decade * factors[i];
        decade = i == 2u ? step : decade;
    }
    return step;
}

static void put_tick(FILE *out, uint64_t time, uint64_t frame, unsigned height)
{
    char text[REPORT_NUMBER_MAX];

    (void)fputs("<g class=\"tick\" transform=\"translate(", out);
    html_coordinate(out, time, frame, PLOT);
    (void)fprintf(out, ",0)\"><line y2=\"%u\"/><text y=\"%u\"%s>%s</text></g>\n", height + 5u,
                  height + 20u,
                  time == frame ? " class=\"last\""
                  : time == 0u  ? " class=\"first\""
                                : "",
                  report_time(text, time));
}

static void put_axis(FILE *out, uint64_t frame, unsigned height)
{
    uint64_t step = tick_step(frame);

    for (uint64_t time = 0; time + step / 2u < frame; time += step) {
        put_tick(out, time, frame, height);
    }
    put_tick(out, frame, frame, height);
}

static void put_slot(const struct report *r, uint32_t plan, uint32_t cpu,
                     const struct sep_cfg_slot *s, unsigned y, FILE *out)
{
    uint64_t frame = report_plan(r, cpu, plan)->major_frame;
    uint32_t owner = report_slot_partition(r, s);
    const char *name = cfgfile_slot_name(r->cfg, s);
    unsigned x = (unsigned)((unsigned __int128)s->start * PLOT / frame) + 7u;
    unsigned width = (unsigned)((unsigned __int128)s->duration * PLOT / frame);
    char start[REPORT_NUMBER_MAX];
    char duration[REPORT_NUMBER_MAX];

    (void)fprintf(
        out,
        "<g class=\"slot c%u\" data-kind=\"slot\" data-plan=\"%u\" data-processor=\"%u\" "
        "data-id=\"%u\" data-start=\"%" PRIu64 "\" data-duration=\"%" PRIu64 "\" data-partition=\"",
        (cfgfile_is_pool(s) ? r->cfg->partition_count + s->pool.index : owner) % HTML_COLOURS, plan,
        r->cfg->cpus[cpu].id, s->id, s->start, s->duration);
    html_text(out, name);
    (void)fprintf(out, "\"><title>slot %u: ", s->id);
    html_text(out, name);
    if (!cfgfile_is_pool(s)) {
        (void)fprintf(out, ", vCPU %u", r->cfg->vcpus[s->vcpu.index].id);
    }
    (void)fprintf(out, ", from %s for %s</title><rect x=\"", report_time(start, s->start),
                  report_time(duration, s->duration));
    html_coordinate(out, s->start, frame, PLOT);
    (void)fprintf(out, "\" y=\"%u\" width=\"", y);
    html_coordinate(out, s->duration, frame, PLOT);
    (void)fprintf(out, "\" height=\"%u\" rx=\"4\"/>", BAR);
    width = width < 12u ? 0u : width - 12u;
    html_label(out, "name", x, y + 18u, width, name);
    html_label(out, "time", x, y + 34u, width, duration);
    (void)fputs("</g>\n", out);
}

static void put_row(const struct report *r, uint32_t plan, uint32_t cpu, FILE *out)
{
    const struct sep_cfg_plan *p = report_plan(r, cpu, plan);
    unsigned y = TOP + cpu * ROW;

    (void)fprintf(out,
                  "<text class=\"cpu\" x=\"-12\" y=\"%u\">CPU %u</text>"
                  "<rect class=\"idle\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"4\"/>\n",
                  y + 26u, r->cfg->cpus[cpu].id, y, PLOT, BAR);
    for (uint32_t i = 0; i < p->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[p->slots.first + i];

        if (!cfgfile_is_gap(s)) {
            put_slot(r, plan, cpu, s, y, out);
        }
    }
}

static void put_gantt(const struct report *r, uint32_t plan, FILE *out)
{
    unsigned height = TOP + r->cfg->cpu_count * ROW;

    (void)fprintf(out,
                  "<div class=\"wide\"><svg class=\"gantt\" viewBox=\"0 0 1000 %u\" role=\"img\" "
                  "aria-label=\"Slots of plan %u\"><g transform=\"translate(%u,0)\">\n",
                  height + AXIS, plan, GUTTER);
    put_axis(out, report_plan(r, 0, plan)->major_frame, height);
    for (uint32_t cpu = 0; cpu < r->cfg->cpu_count; cpu++) {
        put_row(r, plan, cpu, out);
    }
    (void)fputs("</g></svg></div>\n", out);
}

/// One bar; `css` is its colour.
static void put_load(FILE *out, unsigned row, const char *css, const char *name, uint64_t time,
                     uint64_t frame, uint32_t cpus)
{
    unsigned y = row * LOAD_ROW;
    char percent[REPORT_NUMBER_MAX];
    char text[REPORT_NUMBER_MAX];

    html_label(out, "name", 0, y + 19u, LOAD_NAME - 14u, name);
    (void)fprintf(out,
                  "<rect class=\"track\" x=\"%u\" y=\"%u\" width=\"%u\" height=\"16\" rx=\"4\"/>"
                  "<rect class=\"%s\" x=\"%u\" y=\"%u\" width=\"",
                  LOAD_NAME, y + 7u, LOAD_TRACK, css, LOAD_NAME, y + 7u);
    html_coordinate(out, time < frame * cpus ? time : frame * cpus, frame * cpus, LOAD_TRACK);
    (void)fprintf(out, "\" height=\"16\" rx=\"4\"><title>%s of each frame</title></rect>",
                  report_time(text, time));
    (void)fprintf(out, "<text class=\"value\" x=\"1000\" y=\"%u\">%s</text>\n", y + 20u,
                  report_percent(percent, time, frame));
}

static void put_loads(const struct report *r, uint32_t plan, FILE *out)
{
    uint64_t frame = report_plan(r, 0, plan)->major_frame;
    uint64_t idle = frame * r->cfg->cpu_count;
    uint32_t count = r->cfg->partition_count;
    char css[8];

    (void)fprintf(out,
                  "<h4>Load <small>percent of one processor%s</small></h4><div class=\"wide\"><svg "
                  "class=\"load\" "
                  "viewBox=\"0 0 1000 %u\" role=\"img\" aria-label=\"Load of plan %u\">\n",
                  r->cfg->cpu_count == 1u ? "" : "; a full bar is all of them",
                  (count + 1u) * LOAD_ROW, plan);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t time = report_load(r, plan, i);

        (void)snprintf(css, sizeof(css), "c%u", i % HTML_COLOURS);
        put_load(out, i, css, cfgfile_text(r->cfg, r->cfg->partitions[i].name), time, frame,
                 r->cfg->cpu_count);
        idle -= time < idle ? time : idle;
    }
    put_load(out, count, "rest", "idle", idle, frame, r->cfg->cpu_count);
    (void)fputs("</svg></div>\n", out);
}

static uint32_t count_slots(const struct report *r, const struct sep_cfg_plan *plan)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < plan->slots.count; i++) {
        count += !cfgfile_is_gap(&r->cfg->slots[plan->slots.first + i]);
    }
    return count;
}

/// The slots of one processor as a table, for reading and for screens that show no pictures.
static void put_table(const struct report *r, uint32_t plan, uint32_t cpu, FILE *out)
{
    const struct sep_cfg_plan *p = report_plan(r, cpu, plan);
    char start[REPORT_NUMBER_MAX];
    char duration[REPORT_NUMBER_MAX];

    (void)fprintf(out,
                  "<details><summary>%u slots on CPU %u</summary><div class=\"wide\"><table><thead>"
                  "<tr><th>Slot</th><th>Start</th><th>Duration</th><th>Partition</th><th>vCPU</th>"
                  "</tr></thead><tbody>\n",
                  count_slots(r, p), r->cfg->cpus[cpu].id);
    for (uint32_t i = 0; i < p->slots.count; i++) {
        const struct sep_cfg_slot *s = &r->cfg->slots[p->slots.first + i];

        if (cfgfile_is_gap(s)) {
            continue;
        }
        (void)fprintf(out, "<tr><td>%u</td><td>%s</td><td>%s</td><td>", s->id,
                      report_time(start, s->start), report_time(duration, s->duration));
        html_text(out, cfgfile_slot_name(r->cfg, s));
        if (cfgfile_is_pool(s)) {
            (void)fputs("</td><td>pool</td></tr>\n", out);
        } else {
            (void)fprintf(out, "</td><td>%u</td></tr>\n", r->cfg->vcpus[s->vcpu.index].id);
        }
    }
    (void)fputs("</tbody></table></div></details>\n", out);
}

void html_plans(const struct report *report, FILE *out)
{
    uint32_t plans = report->cfg->cpu_count == 0u ? 0u : report->system->plan_count;
    char text[REPORT_NUMBER_MAX];

    (void)fputs("<section id=\"plans\"><h2>Plans</h2>\n", out);
    for (uint32_t n = 0; n < plans; n++) {
        const struct sep_cfg_plan *plan = report_plan(report, 0, n);

        (void)fprintf(out, "<article class=\"card\"><h3>Plan %u <span>", n);
        html_text(out, cfgfile_text(report->cfg, plan->name));
        (void)fprintf(out, "</span><small>major frame %s%s</small></h3>\n",
                      report_time(text, plan->major_frame),
                      n == 0u   ? ", the initial plan"
                      : n == 1u ? ", by convention maintenance"
                                : "");
        put_gantt(report, n, out);
        put_loads(report, n, out);
        for (uint32_t cpu = 0; cpu < report->cfg->cpu_count; cpu++) {
            put_table(report, n, cpu, out);
        }
        (void)fputs("</article>\n", out);
    }
    (void)fputs("</section>\n", out);
}
