// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What happens when something goes wrong, and what is recorded: a table of actions with a column for the
// hypervisor and one for each partition, and one of logbooks. Each cell carries what it shows as data.

#include <inttypes.h>
#include <stdio.h>

#include <septum/event.h>

#include "decode/words.h"
#include "report/html.h"

/// The owner of column n: the hypervisor, then the partitions.
static uint32_t owner_of(uint32_t column)
{
    return column == 0u ? REPORT_HYPERVISOR : column - 1u;
}

static const char *name_of(const struct report *r, uint32_t owner)
{
    return owner == REPORT_HYPERVISOR ? "hypervisor"
                                      : cfgfile_text(r->cfg, r->cfg->partitions[owner].name);
}

static void put_owner(const struct report *r, uint32_t owner, FILE *out)
{
    // A partition may be called hypervisor: its number tells.
    if (owner == REPORT_HYPERVISOR) {
        (void)fputs(" data-owner=\"\"", out);
    } else {
        (void)fprintf(out, " data-owner=\"%u\" title=\"", owner);
        html_text(out, name_of(r, owner));
        (void)fputc('"', out);
    }
}

static void put_action(const struct report *r, uint32_t owner, uint32_t event, FILE *out)
{
    const struct sep_cfg_action *a = report_acts(r, owner, event);

    if (a == NULL) {
        (void)fputs("<td class=\"usual\">&#8211;</td>", out);
        return;
    }
    (void)fprintf(out,
                  "<td class=\"%s\" data-kind=\"action\" data-event=\"%s\" "
                  "data-action=\"%s\" data-log=\"%u\"",
                  report_acts_by_default(owner, event, a->action) ? "usual" : "changed",
                  report_event(event), report_action(a->action), a->log != 0u ? 1u : 0u);
    put_owner(r, owner, out);
    (void)fprintf(out, ">%s%s</td>", report_action(a->action),
                  a->log != 0u ? " <span class=\"log\">log</span>" : "");
}

static void put_restarts(const struct report *r, uint32_t owner, FILE *out)
{
    struct report_restarts restarts = report_restarts(r, owner);
    char text[REPORT_LIMIT_MAX];

    (void)fprintf(out,
                  "<td class=\"%s\" data-kind=\"restarts\" data-count=\"%u\" "
                  "data-within=\"%" PRIu64 "\"",
                  restarts.count == 0u ? "usual" : "changed", restarts.count, restarts.within);
    put_owner(r, owner, out);
    (void)fprintf(out, ">%s</td>", report_limit(text, restarts));
}

static bool has_event(const struct report *r, uint32_t event)
{
    bool found = false;

    for (uint32_t c = 0; c <= r->cfg->partition_count; c++) {
        found = found || report_acts(r, owner_of(c), event) != NULL;
    }
    return found;
}

static void put_table(const struct report *r, FILE *out)
{
    (void)fputs("<table id=\"actions\"><thead><tr><th>Event</th><th scope=\"col\">Hypervisor</th>",
                out);
    for (uint32_t i = 0; i < r->cfg->partition_count; i++) {
        (void)fprintf(out, "<th scope=\"col\"><b class=\"dot c%u\"></b>", i % HTML_COLOURS);
        html_text(out, name_of(r, i));
        (void)fputs("</th>", out);
    }
    (void)fputs("</tr></thead><tbody>\n", out);
    for (uint32_t event = 0; event < SEP_EVENT_COUNT; event++) {
        if (has_event(r, event)) {
            (void)fprintf(out, "<tr><th scope=\"row\">%s</th>", report_event(event));
            for (uint32_t c = 0; c <= r->cfg->partition_count; c++) {
                put_action(r, owner_of(c), event, out);
            }
            (void)fputs("</tr>\n", out);
        }
    }
    (void)fputs("<tr><th scope=\"row\">Restarts on events</th>", out);
    for (uint32_t c = 0; c <= r->cfg->partition_count; c++) {
        put_restarts(r, owner_of(c), out);
    }
    (void)fputs("</tr></tbody></table>", out);
}

static void put_records(const struct report *r, const char *what, uint32_t owner,
                        struct report_records records, FILE *out)
{
    const char *between = "";

    if (records.records == 0u) {
        return;
    }
    (void)fprintf(out,
                  "<tr data-kind=\"records\" data-what=\"%s\" data-records=\"%u\" "
                  "data-bytes=\"%" PRIu64 "\"",
                  what, records.records, records.bytes);
    put_owner(r, owner, out);
    (void)fprintf(out, "><th scope=\"row\">%s of ", what);
    html_text(out, name_of(r, owner));
    (void)fprintf(out, "</th><td>%u</td><td>%" PRIu64 "</td><td class=\"classes\">",
                  records.records, records.bytes);
    for (uint32_t n = 0; words_class(n) != NULL; n++) {
        if ((records.mask & 1u << n) != 0u) {
            (void)fprintf(out, "%s%s", between, words_class(n));
            between = " ";
        }
    }
    (void)fputs("</td></tr>\n", out);
}

void html_health(const struct report *report, FILE *out)
{
    (void)fputs("<section id=\"health\"><h2>Health monitoring</h2><article class=\"card wide\">",
                out);
    put_table(report, out);
    (void)fputs(
        "<p class=\"note\">Actions that differ from the event's default, and limits, stand "
        "out.</p></article></section>\n"
        "<section id=\"records\"><h2>Log and traces</h2><article class=\"card wide\"><table>"
        "<thead><tr><th>Kept in memory</th><th>Records</th><th>Bytes</th><th>Classes</th></tr>"
        "</thead><tbody>\n",
        out);
    put_records(report, "log", REPORT_HYPERVISOR, report_log(report), out);
    for (uint32_t c = 0; c <= report->cfg->partition_count; c++) {
        put_records(report, "trace", owner_of(c), report_trace(report, owner_of(c)), out);
    }
    (void)fputs("</tbody></table></article></section>\n", out);
}
