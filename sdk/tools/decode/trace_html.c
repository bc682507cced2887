// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A trace as one page that needs nothing else: its data as JSON, and the script that draws them. The
// page forbids itself to fetch anything.

#include <inttypes.h>

#include "decode/trace.h"
#include "decode/words.h"
#include "report/html.h"

// Texts that the tool carries in itself: page/page.css and page/page.js.
extern const char trace_page_css[];
extern const char trace_page_js[];

static const char *system_name(const struct dump *dump)
{
    return dump->configured ? cfgfile_text(&dump->cfg, cfgfile_system(&dump->cfg)->name)
                            : "unknown system";
}

static void put_head(const struct trace *t, FILE *out)
{
    (void)fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:\">"
                "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                "<link rel=\"icon\" href=\"data:,\"><title>",
                out);
    html_text(out, system_name(t->dump));
    (void)fputs(" &#183; Septum trace</title>\n<style>\n", out);
    (void)fputs(HTML_STYLE, out);
    (void)fputs(trace_page_css, out);
    (void)fputs("</style></head><body><main>\n<header><h1>", out);
    html_text(out, system_name(t->dump));
    (void)fputs("</h1><p>", out);
}

static void put_summary(const struct trace *t, FILE *out)
{
    char time[WORDS_TIME_MAX];
    uint64_t first;
    uint64_t last;

    trace_span(t, &first, &last);
    if (t->dump->configured) {
        (void)fputs("board ", out);
        html_text(out, cfgfile_text(&t->dump->cfg, cfgfile_system(&t->dump->cfg)->board));
        (void)fputs(" &#183; ", out);
    }
    (void)fprintf(out, "%zu events, %zu slots, %zu messages &#183; %s s", t->count, t->slot_count,
                  t->message_count, words_time(time, first));
    (void)fprintf(out, " to %s s</p></header>\n", words_time(time, last));
}

static const char TOOLS[] =
    "<div class=\"bar\" role=\"toolbar\" aria-label=\"Time line\"><span class=\"group\">"
    "<input type=\"search\" id=\"search\" placeholder=\"Search\" aria-label=\"Search\">"
    "<button id=\"previous\" title=\"previous (p)\" aria-label=\"previous\">&#8593;</button>"
    "<button id=\"next\" title=\"next (n)\" aria-label=\"next\">&#8595;</button>"
    "<output id=\"found\" for=\"search\"></output></span><span class=\"group\">"
    "<button id=\"left\" title=\"earlier (left)\" aria-label=\"earlier\">&#8592;</button>"
    "<button id=\"right\" title=\"later (right)\" aria-label=\"later\">&#8594;</button>"
    "<button id=\"in\" title=\"zoom in (+)\" aria-label=\"zoom in\">+</button>"
    "<button id=\"out\" title=\"zoom out (-)\" aria-label=\"zoom out\">&#8722;</button>"
    "<button id=\"fit\" title=\"all (0)\">All</button></span>"
    "<span class=\"group\" id=\"groups\"></span></div>\n"
    "<div class=\"card chart\"><svg id=\"line\" tabindex=\"0\" role=\"application\" "
    "aria-label=\"Time line; arrows move, plus and minus zoom, n and p go from event to event\">"
    "<defs><marker id=\"head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" "
    "markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path "
    "d=\"M0 0L10 5L0 10z\"/></marker><pattern id=\"hatch\" width=\"8\" height=\"8\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect width=\"8\" height=\"8\" style=\"fill:var(--idle)\"/>"
    "<rect width=\"3\" height=\"8\" style=\"fill:var(--hatch)\"/></pattern></defs></svg></div>\n"
    "<p class=\"note\" id=\"note\"></p>"
    "<div class=\"card\" id=\"detail\" aria-live=\"polite\"></div>\n"
    "<noscript><p class=\"bad\">The time line is drawn by a script in this page.</p></noscript>\n";

static const char LIST[] =
    "<details><summary>Events <span id=\"listed\"></span></summary><div class=\"wide\">"
    "<table id=\"list\"><thead><tr><th>Time</th><th>Trace</th><th>Event</th><th>What</th></tr>"
    "</thead><tbody></tbody></table></div></details>\n"
    "<p class=\"note\"><kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> zoom, <kbd>&#8592;</kbd> "
    "<kbd>&#8594;</kbd> move, <kbd>n</kbd> <kbd>p</kbd> next and previous event, <kbd>/</kbd> "
    "search, <kbd>Esc</kbd> forget. The wheel zooms, with Shift it moves.</p>\n";

/// A cell for what should be nothing.
static void put_count(FILE *out, uint64_t count)
{
    (void)fprintf(out, "<td><span%s>%" PRIu64 "</span></td>", count != 0u ? " class=\"bad\"" : "",
                  count);
}

static void put_stream(const struct trace *t, const struct logbook *book, FILE *out)
{
    (void)fputs("<tr><th scope=\"row\">", out);
    html_text(out, dump_partition(t->dump, logbook_owner(book->head.stream)));
    (void)fprintf(out, "</th><td>%" PRIu64 "</td><td>%u</td>", book->written, book->kept);
    put_count(out, logbook_lost(book));
    put_count(out, book->damaged);
    (void)fputs("<td>", out);
    for (uint32_t i = 0; words_class(i) != NULL; i++) {
        if ((book->head.mask & 1u << i) != 0u) {
            (void)fprintf(out, "%s ", words_class(i));
        }
    }
    (void)fputs("</td></tr>\n", out);
}

static void put_streams(const struct trace *t, FILE *out)
{
    (void)fputs("<section><h2>Traces</h2><div class=\"card wide\"><table id=\"streams\"><thead><tr>"
                "<th>Trace</th><th>Written</th><th>Here</th><th>Lost</th><th>Damaged</th>"
                "<th>Records</th></tr></thead><tbody>\n",
                out);
    for (size_t i = 0; i < t->books->count; i++) {
        if (t->books->list[i].head.kind == SEP_LOG_TRACE) {
            put_stream(t, &t->books->list[i], out);
        }
    }
    (void)fputs("</tbody></table></div></section>\n", out);
}

void trace_html(const struct trace *trace, FILE *out)
{
    put_head(trace, out);
    put_summary(trace, out);
    (void)fputs(TOOLS, out);
    (void)fputs(LIST, out);
    put_streams(trace, out);
    (void)fputs("<script type=\"application/json\" id=\"trace\">\n", out);
    trace_json(trace, out);
    (void)fputs("</script>\n<script>\n", out);
    (void)fputs(trace_page_js, out);
    (void)fputs("</script>\n</main></body></html>\n", out);
}
