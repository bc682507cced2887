// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum plan: what a cyclic plan gives beside what is asked of it, and plans made from what is asked.

#include <errno.h>
#include <string.h>

#include "base/options.h"
#include "base/output.h"
#include "base/units.h"
#include "cmd/commands.h"
#include "compile/compile.h"
#include "image/fail.h"
#include "image/filedata.h"
#include "plan/analysis.h"
#include "plan/draw.h"
#include "plan/synthesis.h"
#include "xml/schema.h"

struct request {
    struct septum_options options;
    struct synthesis_options synthesis;
    const char *cost, *granule, *limit;
    const char *output, *write;
    bool text, json, svg, html;
    bool make;
};

static bool write_view(const struct request *q, const struct plan_view *view, FILE *out)
{
    if (q->json) {
        plan_write_json(view, out);
    } else if (q->svg) {
        plan_write_svg(view, out);
    } else if (q->html) {
        plan_write_html(view, out);
    } else {
        plan_write_text(view, out);
    }
    return true;
}

// The new description, checked like any other before anybody sees it.
static bool write_description(const struct request *q, struct septum *s, struct bytes text)
{
    struct septum_options options = q->options;
    struct septum *again;
    const char *reason;
    int code;

    options.unplanned = false;
    again = septum_open(&options);
    again->board = s->board;
    code = septum_check_text(again, text);
    if (code != EXIT_OK) {
        septum_print_errors(again, false);
        septum_close(again);
        return fail(q->options.description, "SEP9002",
                    "a plan was made that does not hold; this is a fault "
                    "of the tool");
    }
    septum_close(again);
    reason = q->write == NULL ? NULL : file_write(q->write, text);
    return reason == NULL || fail(q->write, "SEP9002", "cannot be written: %s", reason);
}

static int show(const struct request *q, struct septum *s, const struct plan_view *view)
{
    struct filedata_output out;
    struct bytes text;

    if (q->make) {
        const char *reason = file_read(s->pool, q->options.description, &text);

        if (reason != NULL) {
            return fail(q->options.description, "SEP9001", "cannot be read: %s", reason)
                       ? EXIT_OK
                       : EXIT_INPUT;
        }
        if (!write_description(q, s, synthesis_text(s->pool, text, s->sys))) {
            return EXIT_INPUT;
        }
    }
    if (!filedata_create(&out, q->output == NULL ? "-" : q->output)) {
        return EXIT_INPUT;
    }
    return write_view(q, view, out.stream) && filedata_commit(&out) ? EXIT_OK : EXIT_INPUT;
}

// What was asked for makes sense. Errors are in the session's list.
static bool prepare(const struct request *q, struct septum *s, struct plan_view *view)
{
    const char *const outputs[] = {q->output, q->write};

    if (diag_beside(&s->diags, RULE_TIMING) || !septum_outputs(s, outputs, 2)) {
        return false;
    }
    if (q->make && !synthesis_make(&s->diags, s->sys, &q->synthesis, &view->made)) {
        return false;
    }
    s->diags.count = 0; // those of time are found again, with what switches cost
    view->is_made = q->make;
    view->sys = s->sys;
    view->board = s->board;
    view->analysis = analysis_make(s->pool, s->sys, q->synthesis.cost);
    analysis_judge(view->analysis, &s->diags, true);
    return true;
}

static int plan(struct request *q)
{
    struct septum *s = septum_open(&q->options);
    struct plan_view view = {.sys = NULL};
    int code = EXIT_OK;

    (void)septum_check(s);
    if (!prepare(q, s, &view)) {
        septum_print_errors(s, q->json);
        code = EXIT_INPUT;
    } else {
        code = show(q, s, &view);
        septum_print_errors(s, false);
        code = s->diags.count != 0 ? EXIT_INPUT : code;
    }
    septum_close(s);
    schema_release();
    return code;
}

static bool time_of(const char *text, uint64_t *value)
{
    return text == NULL || (units_time(text, value) == UNITS_OK && *value <= TIME_MAX);
}

static int check_words(struct request *q, const char *what)
{
    q->synthesis.limit = MAKE_LIMIT_DEFAULT;
    q->make = strcmp(what, "make") == 0;
    q->options.unplanned = q->make;
    if (!q->make && strcmp(what, "check") != 0) {
        return fail_usage("plan", "unknown '%s'; say 'check' or 'make'", what);
    }
    if (!q->make && (q->write != NULL || q->granule != NULL || q->limit != NULL)) {
        return fail_usage("plan", "--write, --granule and --limit belong to 'plan make'");
    }
    if ((q->text ? 1 : 0) + (q->json ? 1 : 0) + (q->svg ? 1 : 0) + (q->html ? 1 : 0) > 1) {
        return fail_usage("plan", "--text, --json, --svg and --html exclude each other");
    }
    if (!time_of(q->cost, &q->synthesis.cost)) {
        return fail_usage("plan", "--switch-cost '%s' is not a time such as 20us", q->cost);
    }
    if (!time_of(q->granule, &q->synthesis.granule) ||
        (q->granule != NULL && q->synthesis.granule == 0)) {
        return fail_usage("plan", "--granule '%s' is not a time such as 50us", q->granule);
    }
    if (q->limit != NULL && (units_count(q->limit, &q->synthesis.limit) != UNITS_OK ||
                             q->synthesis.limit > MAKE_LIMIT_MAX)) {
        return fail_usage("plan", "--limit '%s' is not a number up to %u", q->limit,
                          MAKE_LIMIT_MAX);
    }
    return EXIT_OK;
}

int cmd_plan(int argc, char **argv)
{
    struct request q = {.make = false};
    const char *words[2] = {NULL, NULL};
    const struct option table[] = {
        {"--switch-cost", OPTION_TEXT, &q.cost, "TIME",
         "lost at the begin of each slot; default: 0ns"},
        {"--granule", OPTION_TEXT, &q.granule, "TIME", "make: slots are whole numbers of it"},
        {"--limit", OPTION_TEXT, &q.limit, "N", "make: states that a search may look at"},
        {"--write", OPTION_TEXT, &q.write, "FILE", "make: the description with the plan in it"},
        {"--text", OPTION_FLAG, &q.text, NULL, "plain text (default)"},
        {"--json", OPTION_FLAG, &q.json, NULL, "for programs (plan.schema.json)"},
        {"--svg", OPTION_FLAG, &q.svg, NULL, "a picture"},
        {"--html", OPTION_FLAG, &q.html, NULL, "one page with picture and tables"},
        {"-o", OPTION_TEXT, &q.output, "FILE", "where it goes; default: standard output"},
        {"--board", OPTION_TEXT, &q.options.board, "NAME", "board, not the description's"},
        {"--board-path", OPTION_TEXT, &q.options.board_path, "DIR", "folder of boards"},
    };
    const struct option_set set = {
        "plan",
        "check|make SYSTEM.xml",
        "check: what plan 0 gives each partition beside what it asks for: response, gaps, jitter, "
        "load;\n"
        "whether the tasks inside meet their deadlines; precedence and chains.\n"
        "make: a plan 0 from periods, durations, deadlines, precedence and chains; or the reason "
        "why\n"
        "there is none; or that it is not known.",
        table,
        sizeof(table) / sizeof(table[0]),
        2,
        2};
    enum options_result result = options_parse(&set, argc, argv, words);
    int status;

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    q.options.description = words[1];
    status = check_words(&q, words[0]);
    return status == EXIT_OK ? plan(&q) : status;
}
