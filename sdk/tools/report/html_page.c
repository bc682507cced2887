// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The report as one page that needs nothing else.

#include <inttypes.h>
#include <stdio.h>

#include "report/html.h"

static void put_head(const struct report *r, FILE *out)
{
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<link rel=\"icon\" href=\"data:,\"><title>",
                out);
    html_text(out, cfgfile_text(r->cfg, r->system->name));
    (void)fputs(" &#183; Septum report</title>\n<style>\n", out);
    (void)fputs(HTML_STYLE, out);
    (void)fputs("</style></head><body>\n"
                "<svg width=\"0\" height=\"0\" style=\"position:absolute\" aria-hidden=\"true\">"
                "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" "
                "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
                "<rect width=\"8\" height=\"8\" style=\"fill:var(--idle)\"/>"
                "<rect width=\"3\" height=\"8\" style=\"fill:var(--hatch)\"/></pattern></defs>"
                "</svg><main>\n<header><h1>",
                out);
    html_text(out, cfgfile_text(r->cfg, r->system->name));
    (void)fputs("</h1><p>board ", out);
    html_text(out, cfgfile_text(r->cfg, r->system->board));
    (void)fprintf(out,
                  " &#183; %s &#183; ABI revision %u &#183; %u partitions on %u processor%s</p>"
                  "<p>configuration <span class=\"hash\">%s</span></p></header>\n",
                  cfgfile_arch_name(r->cfg->header.arch), r->cfg->header.abi_revision,
                  r->cfg->partition_count, r->cfg->cpu_count, r->cfg->cpu_count == 1u ? "" : "s",
                  r->hash);
}

/// A number with its digits in groups of three.
static void put_grouped(FILE *out, uint64_t value)
{
    char digits[24];
    int count = snprintf(digits, sizeof(digits), "%" PRIu64, value);

    for (int i = 0; i < count; i++) {
        (void)fprintf(out, "%s%c", i != 0 && (count - i) % 3 == 0 ? "&#8239;" : "", digits[i]);
    }
}

static void put_figure(FILE *out, const char *what, uint64_t bytes, const char *note)
{
    (void)fprintf(out, "<dl class=\"card\"><dt>%s</dt><dd>", what);
    put_grouped(out, bytes);
    (void)fprintf(out, "<small>bytes, %s</small></dd></dl>\n", note);
}

static void put_figures(const struct report *r, FILE *out)
{
    (void)fputs("<section class=\"figures\" aria-label=\"Footprint\">\n", out);
    put_figure(out, "Hypervisor code", r->code_bytes, "read-only");
    put_figure(out, "Hypervisor RAM", r->ram_bytes, "data, stacks, arena");
    put_figure(out, "Configuration", r->cfg->header.size, "read-only");
    put_figure(out, "Packed images", r->system->blobs_size, "with files");
    (void)fputs("<dl class=\"card\"><dt>Longest section</dt><dd>", out);
    if (r->longest.measured) {
        put_grouped(out, r->longest.value);
        (void)fputs("<small>", out);
        html_text(out, r->longest.unit);
        (void)fputs(", ", out);
        html_text(out, r->longest.where);
        (void)fputs("</small></dd></dl>\n</section>\n", out);
    } else {
        (void)fputs("&#8211;<small>not measured</small></dd></dl>\n</section>\n", out);
    }
}

void report_write_html(const struct report *report, FILE *out)
{
    put_head(report, out);
    put_figures(report, out);
    html_plans(report, out);
    html_memory(report, out);
    html_channels(report, out);
    html_partitions(report, out);
    html_health(report, out);
    (void)fputs("<script type=\"application/json\" id=\"report\">\n", out);
    report_write_json(report, out);
    (void)fputs("</script>\n</main></body></html>\n", out);
}
