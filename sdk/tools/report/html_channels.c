// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The channel graph: partitions as boxes with a line below each, channels as rows with an arrow from
// the source's line to that of each destination, so that nothing crosses a label; and a table.

#include <inttypes.h>
#include <stdio.h>

#include <septum/port.h>

#include "image/ports.h"
#include "report/html.h"

// Geometry of the graph, in the picture's units.
#define LABELS 310u
#define PLOT 690u
#define HEAD 46u
#define BOX 32u
#define BOX_WIDTH_MAX 150u
#define ROW 48u
#define TIP 9u
#define LOOP 26u

/// Columns of the graph: a channel has ends, so that there is a partition.
static unsigned columns(const struct report *r)
{
    return r->cfg->partition_count != 0u ? r->cfg->partition_count : 1u;
}

/// Where a partition's line stands.
static unsigned line_x(const struct report *r, uint32_t partition)
{
    return LABELS + (2u * partition + 1u) * PLOT / (2u * columns(r));
}

static unsigned row_y(uint32_t channel)
{
    return HEAD + channel * ROW;
}

static void put_attribute(FILE *out, const char *name, const char *value)
{
    (void)fprintf(out, " data-%s=\"", name);
    html_text(out, value);
    (void)fputc('"', out);
}

static void put_node(const struct report *r, uint32_t index, FILE *out)
{
    const char *name = cfgfile_text(r->cfg, r->cfg->partitions[index].name);
    unsigned width = PLOT / columns(r) > 20u ? PLOT / columns(r) - 10u : 10u;
    unsigned x = line_x(r, index);

    width = width < BOX_WIDTH_MAX ? width : BOX_WIDTH_MAX;
    (void)fprintf(out, "<line class=\"life\" x1=\"%u\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>", x, x, BOX,
                  row_y(r->cfg->channel_count));
    (void)fprintf(out, "<g class=\"node c%u\" data-kind=\"node\"", index % HTML_COLOURS);
    put_attribute(out, "partition", name);
    (void)fputs("><title>", out);
    html_text(out, name);
    (void)fprintf(out, "</title><rect x=\"%u\" y=\"1\" width=\"%u\" height=\"%u\" rx=\"5\"/>",
                  x - width / 2u, width, BOX - 2u);
    html_label(out, "name", x, 21, width - 8u, name);
    (void)fputs("</g>\n", out);
}

/// An arrow between two lines; within one partition a loop at its line.
static void put_path(FILE *out, unsigned from, unsigned to, unsigned y)
{
    if (from == to) {
        (void)fprintf(out,
                      "<path d=\"M%u %uh%uv14h-%u\"/><path class=\"head\" d=\"M%u %ul%u -5v10z\"/>",
                      from, y - 7u, LOOP, LOOP - TIP, to, y + 7u, TIP);
    } else if (from < to) {
        (void)fprintf(out, "<path d=\"M%u %uH%u\"/><path class=\"head\" d=\"M%u %ul-%u -5v10z\"/>",
                      from, y, to - TIP, to, y, TIP);
    } else {
        (void)fprintf(out, "<path d=\"M%u %uH%u\"/><path class=\"head\" d=\"M%u %ul%u -5v10z\"/>",
                      from, y, to + TIP, to, y, TIP);
    }
}

static void put_arrow(const struct report *r, uint32_t channel, struct port_end from,
                      struct port_end to, FILE *out)
{
    const struct cfgfile *cfg = r->cfg;
    unsigned x = line_x(r, from.partition);
    unsigned y = row_y(channel) + ROW / 2u;

    (void)fputs("<g class=\"arrow\" data-kind=\"arrow\"", out);
    put_attribute(out, "channel", cfgfile_text(cfg, cfg->channels[channel].name));
    put_attribute(out, "source", ports_partition(cfg, from));
    put_attribute(out, "source-port", ports_name(cfg, from));
    put_attribute(out, "destination", ports_partition(cfg, to));
    put_attribute(out, "destination-port", ports_name(cfg, to));
    (void)fputs("><title>", out);
    html_text(out, ports_name(cfg, from));
    (void)fputs(" of ", out);
    html_text(out, ports_partition(cfg, from));
    (void)fputs(" to ", out);
    html_text(out, ports_name(cfg, to));
    (void)fputs(" of ", out);
    html_text(out, ports_partition(cfg, to));
    (void)fputs("</title>", out);
    put_path(out, x, line_x(r, to.partition), y);
    (void)fprintf(out, "<circle class=\"c%u\" cx=\"%u\" cy=\"%u\" r=\"5\"/></g>\n",
                  from.partition % HTML_COLOURS, x, x == line_x(r, to.partition) ? y - 7u : y);
}

static void put_channel(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_channel *c = &r->cfg->channels[index];
    struct port_end to = PORT_END_BEGIN;
    char text[REPORT_CHANNEL_MAX];
    unsigned y = row_y(index);

    (void)fputs("<g class=\"channel\" data-kind=\"channel\"", out);
    put_attribute(out, "name", cfgfile_text(r->cfg, c->name));
    put_attribute(out, "type", ports_kind(c->kind));
    (void)fprintf(out,
                  " data-size=\"%u\" data-depth=\"%u\" data-age=\"%" PRIu64 "\"><title>%s</title>",
                  c->message_size, c->depth, c->max_age, report_channel(text, c));
    html_label(out, "name", 10, y + 21u, LABELS - 20u, cfgfile_text(r->cfg, c->name));
    html_label(out, "detail", 10, y + 38u, LABELS - 20u, text);
    (void)fputs("</g>\n", out);
    while (ports_next(r->cfg, index, SEP_PORT_DESTINATION, &to)) {
        put_arrow(r, index, ports_source(r->cfg, index), to, out);
    }
}

static void put_graph(const struct report *r, FILE *out)
{
    (void)fprintf(out,
                  "<div class=\"wide\"><svg class=\"graph\" viewBox=\"0 0 1000 %u\" role=\"img\" "
                  "aria-label=\"Channels between partitions\">\n",
                  row_y(r->cfg->channel_count) + 2u);
    for (uint32_t i = 0; i < r->cfg->channel_count; i += 2u) {
        (void)fprintf(out, "<rect class=\"band\" y=\"%u\" width=\"1000\" height=\"%u\"/>\n",
                      row_y(i), ROW);
    }
    for (uint32_t i = 0; i < r->cfg->partition_count; i++) {
        put_node(r, i, out);
    }
    for (uint32_t i = 0; i < r->cfg->channel_count; i++) {
        put_channel(r, i, out);
    }
    (void)fputs("</svg></div>\n", out);
}

static void put_end(const struct report *r, struct port_end end, FILE *out)
{
    (void)fprintf(out, "<div><b class=\"dot c%u\"></b>", end.partition % HTML_COLOURS);
    html_text(out, ports_partition(r->cfg, end));
    (void)fputs(" <small>", out);
    html_text(out, ports_name(r->cfg, end));
    (void)fputs("</small></div>", out);
}

static void put_row(const struct report *r, uint32_t index, FILE *out)
{
    const struct sep_cfg_channel *c = &r->cfg->channels[index];
    struct port_end to = PORT_END_BEGIN;
    char age[REPORT_NUMBER_MAX];

    (void)fputs("<tr><th scope=\"row\">", out);
    html_text(out, cfgfile_text(r->cfg, c->name));
    (void)fprintf(out, "</th><td>%s</td><td>%u</td><td>", ports_kind(c->kind), c->message_size);
    if (c->kind == SEP_PORT_QUEUING) {
        (void)fprintf(out, "%u", c->depth);
    }
    (void)fprintf(out, "</td><td>%s</td><td>%u</td><td>",
                  c->max_age == 0u ? "" : report_time(age, c->max_age), ports_buffers(c));
    put_end(r, ports_source(r->cfg, index), out);
    (void)fputs("</td><td>", out);
    while (ports_next(r->cfg, index, SEP_PORT_DESTINATION, &to)) {
        put_end(r, to, out);
    }
    (void)fputs("</td></tr>\n", out);
}

void html_channels(const struct report *report, FILE *out)
{
    if (report->cfg->channel_count == 0u) {
        return;
    }
    (void)fputs("<section id=\"channels\"><h2>Channels</h2>\n<article class=\"card\">\n", out);
    put_graph(report, out);
    (void)fputs(
        "<details><summary>Channels as a table</summary><div class=\"wide\"><table><thead>"
        "<tr><th>Channel</th><th>Type</th><th>Bytes</th><th>Depth</th><th>Refresh or age</th>"
        "<th>Buffers</th><th>Source</th><th>Destinations</th></tr></thead><tbody>\n",
        out);
    for (uint32_t i = 0; i < report->cfg->channel_count; i++) {
        put_row(report, i, out);
    }
    (void)fputs("</tbody></table></div></details></article></section>\n", out);
}
