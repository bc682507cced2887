// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum report: what is known of a system before it runs.

#include "base/options.h"
#include "cmd/commands.h"
#include "image/fail.h"
#include "image/pack.h"
#include "image/system.h"
#include "model/board.h"
#include "report/report.h"

struct request {
    const char *input;
    const char *hypervisor;
    const char *bounds;
    const char *output;
    bool text, json, html;
};

static bool write_report(const struct request *q, const struct report *r)
{
    struct filedata_output out;

    if (!filedata_create(&out, q->output == NULL ? "-" : q->output)) {
        return false;
    }
    if (q->json) {
        report_write_json(r, out.stream);
    } else if (q->html) {
        report_write_html(r, out.stream);
    } else {
        report_write_text(r, out.stream);
    }
    return filedata_commit(&out);
}

static bool apart(const struct request *q, const char *bounds)
{
    const char *const inputs[] = {q->input, q->hypervisor, bounds};

    return q->output == NULL ||
           filedata_apart(q->output, inputs, sizeof(inputs) / sizeof(inputs[0]));
}

// The given bounds, or those of the board.
static bool read_bounds(const struct request *q, const struct cfgfile *cfg, struct bound *longest)
{
    struct pool *pool = pool_new();
    const char *path = q->bounds;

    if (path == NULL) {
        path = board_bounds(pool, cfgfile_text(cfg, cfgfile_system(cfg)->board));
    }
    bool good = apart(q, path) && (path == NULL || bounds_read(path, "longest_section", longest));

    pool_free(pool);
    return good;
}

static bool report_system(const struct request *q, const struct cfgfile *cfg)
{
    struct bound longest = {.measured = false};
    struct hypervisor h;
    struct report r;

    if (!read_bounds(q, cfg, &longest) || !hypervisor_open(q->hypervisor, &h)) {
        return false;
    }
    bool good = pack_fits(q->input, cfg, &h);

    if (good) {
        report_init(&r, cfg, &h, &longest);
        good = write_report(q, &r);
    }
    hypervisor_close(&h);
    return good;
}

static int report(const struct request *q)
{
    struct system_image s;

    if (!system_open(q->input, &s)) {
        return EXIT_INPUT;
    }
    bool good = report_system(q, &s.cfg);

    system_close(&s);
    return good ? EXIT_OK : EXIT_INPUT;
}

int cmd_report(int argc, char **argv)
{
    struct request q = {.input = NULL};
    const struct option table[] = {
        {"--hypervisor", OPTION_TEXT, &q.hypervisor, "FILE",
         "needed: the image's hypervisor (ELF)"},
        {"--bounds", OPTION_TEXT, &q.bounds, "FILE",
         "measured bounds (JSON); default: the board's"},
        {"--text", OPTION_FLAG, &q.text, NULL, "plain text (default)"},
        {"--json", OPTION_FLAG, &q.json, NULL, "for programs (report.schema.json)"},
        {"--html", OPTION_FLAG, &q.html, NULL, "one page with pictures"},
        {"-o", OPTION_TEXT, &q.output, "FILE", "where it goes; default: standard output"},
    };
    const struct option_set set = {"report",
                                   "IMAGE",
                                   "Reports what a system image or a compiled configuration takes "
                                   "and gives:\nfootprint, memory, plans, loads, devices, health "
                                   "monitoring.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   1,
                                   1};
    enum options_result result = options_parse(&set, argc, argv, &q.input);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if (q.hypervisor == NULL) {
        return fail_usage("report", "--hypervisor is needed");
    }
    if ((q.text ? 1 : 0) + (q.json ? 1 : 0) + (q.html ? 1 : 0) > 1) {
        return fail_usage("report", "--text, --json and --html exclude each other");
    }
    return report(&q);
}
