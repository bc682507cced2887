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
#include "cmd/plan_simulate.h"
#include "compile/compile.h"
#include "image/fail.h"
#include "image/filedata.h"
#include "plan/analysis.h"
#include "plan/draw.h"
#include "plan/synthesis.h"
#include "report/bounds.h"
#include "xml/schema.h"

struct request {
    struct septum_options options;
    struct synthesis_options synthesis;
    const char *cost, *granule, *limit;
    const char *output, *write;
    bool text, json, svg, html;
    bool make;
    bool measured; ///< the cost is the board's
};

static void write_view(const struct request *q, const struct plan_view *view, FILE *out)
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
}

// The new description, checked like any other before anybody sees it. What it may be warned of is told.
static int write_description(const struct request *q, const struct septum *s, struct bytes text)
{
    struct septum_options options = q->options;
    struct septum *again;
    const char *reason;
    int code;

    options.unplanned = false;
    options.description = q->write != NULL ? q->write : "made plan";
    again = septum_open(&options);
    again->board = s->board;
    code = septum_check_text(again, text);
    septum_print_errors(again, false);
    septum_close(again);
    if (code != EXIT_OK) {
        (void)fail(q->options.description, "SEP9052",
                   "the plan that was made does not hold: a fault of "
                   "this tool");
        return EXIT_INTERNAL;
    }
    reason = q->write == NULL ? NULL : file_write(q->write, text);
    return reason == NULL || fail(q->write, "SEP9002", "cannot be written: %s", reason)
               ? EXIT_OK
               : EXIT_INPUT;
}

static int write_plan(const struct request *q, const struct septum *s)
{
    struct bytes text;
    const char *reason = file_read(s->pool, q->options.description, &text);

    if (reason != NULL) {
        (void)fail(q->options.description, "SEP9001", "cannot be read: %s", reason);
        return EXIT_INPUT;
    }
    return write_description(q, s, synthesis_text(s->pool, text, s->sys));
}

static int show(const struct request *q, const struct septum *s, const struct plan_view *view)
{
    struct filedata_output out;
    int code;

    if (!filedata_create(&out, q->output == NULL ? "-" : q->output)) {
        return EXIT_INPUT;
    }
    code = q->make ? write_plan(q, s) : EXIT_OK;
    if (code != EXIT_OK) {
        filedata_abandon(&out);
        return code;
    }
    write_view(q, view, out.stream);
    return filedata_commit(&out) ? EXIT_OK : EXIT_INPUT;
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
    return !q->make || s->diags.count == 0; // a plan that is made gives everything
}

// What a change of partitions takes on the board: measured in time, or in instructions, of which the board's
// emulator says how long they take.
static bool measured_cost(struct request *q, struct septum *s)
{
    const char *name = s->board->name;
    const char *path = board_bounds(s->pool, name);
    struct bound cost = {.measured = false};

    if (path != NULL && !bounds_read(path, "partition_switch", &cost)) {
        return false;
    }
    bool instructions = strcmp(cost.unit, "instructions") == 0;

    if (!cost.measured || (!instructions && strcmp(cost.unit, "ns") != 0) ||
        cost.value > TIME_MAX >> 16 || s->board->emulator.shift > 16) {
        return fail(path == NULL ? name : path, "SEP9051",
                    "says no time that a change of partitions takes on board '%s'", name);
    }
    q->synthesis.cost = cost.value << (instructions ? s->board->emulator.shift : 0u);
    return true;
}

static int plan(struct request *q)
{
    struct septum *s = septum_open(&q->options);
    struct plan_view view = {.sys = NULL};
    int code = EXIT_OK;

    (void)septum_check(s);
    if (q->measured && s->board != NULL && !measured_cost(q, s)) {
        code = EXIT_INPUT;
    } else if (!prepare(q, s, &view)) {
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
        return fail_usage("plan", "unknown '%s'; say 'check', 'make' or 'simulate'", what);
    }
    if (!q->make && (q->write != NULL || q->granule != NULL || q->limit != NULL)) {
        return fail_usage("plan", "--write, --granule and --limit belong to 'plan make'");
    }
    if ((q->text ? 1 : 0) + (q->json ? 1 : 0) + (q->svg ? 1 : 0) + (q->html ? 1 : 0) > 1) {
        return fail_usage("plan", "--text, --json, --svg and --html exclude each other");
    }
    q->measured = q->cost != NULL && strcmp(q->cost, "board") == 0;
    if (!q->measured && !time_of(q->cost, &q->synthesis.cost)) {
        return fail_usage("plan", "--switch-cost '%s' is not a time such as 20us, nor 'board'",
                          q->cost);
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
        {"--switch-cost", OPTION_TEXT, &q.cost, "TIME|board",
         "lost at the begin of each slot, or as measured on the board; default: 0ns"},
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
        "check|make|simulate SYSTEM.xml",
        "check: what plan 0 gives each partition beside what it asks for: response, gaps, jitter, "
        "load;\n"
        "whether the tasks inside meet their deadlines; precedence and chains.\n"
        "make: a plan 0 from periods, durations, deadlines, precedence and chains; or the reason "
        "why\n"
        "there is none; or that it is not known.\n"
        "simulate: what the schedulers do; 'septum plan simulate --help' names its options.",
        table,
        sizeof(table) / sizeof(table[0]),
        2,
        2};
    enum options_result result;
    int status;

    for (int i = 1; i < argc && strcmp(argv[i], "check") != 0 && strcmp(argv[i], "make") != 0;
         i++) {
        if (strcmp(argv[i], "simulate") == 0) {
            return plan_simulate(argc, argv);
        }
    }
    result = options_parse(&set, argc, argv, words);
    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    q.options.description = words[1];
    status = check_words(&q, words[0]);
    return status == EXIT_OK ? plan(&q) : status;
}
