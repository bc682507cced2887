// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// septum plan simulate: the hypervisor's own schedulers on a description, over a length of time.

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/options.h"
#include "base/units.h"
#include "cmd/plan_simulate.h"
#include "image/fail.h"
#include "image/filedata.h"
#include "simulate/simulate.h"
#include "xml/schema.h"

#define COMMAND "plan simulate"
#define LOAD_MAX 1000u
#define HANDLER_DEFAULT 100000u

struct request {
    struct septum_options options;
    const char *time, *from, *until, *seed, *interrupts, *handler, *output;
    struct option_list loads, changes;
    bool text, json, svg, html;
};

static bool time_of(const char *text, uint64_t *value)
{
    return text == NULL || (units_time(text, value) == UNITS_OK && *value <= TIME_MAX);
}

static bool percent_of(const char *text, unsigned *value)
{
    uint64_t count;

    if (units_count(text, &count) != UNITS_OK || count > LOAD_MAX) {
        return false;
    }
    *value = (unsigned)count;
    return true;
}

static size_t partition_named(const struct sys *sys, const char *name, size_t length)
{
    size_t i = 0;

    while (i < sys->partition_count && (strncmp(sys->partitions[i].name.text, name, length) != 0 ||
                                        sys->partitions[i].name.text[length] != '\0')) {
        i++;
    }
    return i;
}

// [PARTITION=]PERCENT
static int read_load(const struct sys *sys, const char *text, struct simulation_options *o)
{
    const char *equals = strchr(text, '=');
    size_t first = 0;
    size_t end = sys->partition_count;
    unsigned load;

    if (!percent_of(equals == NULL ? text : equals + 1, &load)) {
        return fail_usage(COMMAND,
                          "--load '%s' is not a percentage up to %u such as 80, nor "
                          "PARTITION=80",
                          text, LOAD_MAX);
    }
    if (equals != NULL) {
        first = partition_named(sys, text, (size_t)(equals - text));
        if (first == end) {
            return fail_usage(COMMAND, "--load '%s' names no partition of the description", text);
        }
        end = first + 1;
    }
    for (size_t i = first; i < end; i++) {
        o->loads[i] = load;
    }
    return EXIT_OK;
}

static bool plan_exists(const struct sys *sys, uint64_t plan)
{
    size_t most = 0;

    for (size_t i = 0; i < sys->cpu_count; i++) {
        most = sys->cpus[i].plan_count > most ? sys->cpus[i].plan_count : most;
    }
    return plan < most;
}

static bool is_real_time(const struct sys_partition *p, uint64_t vcpu)
{
    for (size_t i = 0; i < p->pooled_count; i++) {
        if (p->pooled[i].id.value == vcpu && p->pooled[i].period.given) {
            return true;
        }
    }
    return false;
}

// What stands behind "start=" or "stop=": PARTITION[/VCPU]
static int read_vcpu(const struct sys *sys, const char *text, const char *who,
                     struct simulation_request *request)
{
    const char *slash = strchr(who, '/');

    request->partition =
        partition_named(sys, who, slash == NULL ? strlen(who) : (size_t)(slash - who));
    request->vcpu = 0;
    if (request->partition == sys->partition_count ||
        (slash != NULL && units_count(slash + 1, &request->vcpu) != UNITS_OK) ||
        !is_real_time(&sys->partitions[request->partition], request->vcpu)) {
        return fail_usage(COMMAND, "--at '%s' names no real-time vCPU of a pool", text);
    }
    return EXIT_OK;
}

// TIME:WHAT
static int read_change(struct pool *pool, const struct sys *sys, const char *text,
                       struct simulation_request *request)
{
    const char *colon = strchr(text, ':');
    const char *what = colon == NULL ? "" : colon + 1;

    if (colon == NULL || !time_of(pool_copy(pool, text, (size_t)(colon - text)), &request->time)) {
        return fail_usage(COMMAND, "--at '%s' does not begin with a time such as 20ms:", text);
    }
    if (strncmp(what, "plan=", 5) == 0) {
        request->kind = REQUEST_PLAN;
        if (units_count(what + 5, &request->plan) != UNITS_OK || !plan_exists(sys, request->plan)) {
            return fail_usage(COMMAND, "--at '%s' names no plan of the description", text);
        }
        return EXIT_OK;
    }
    if (strncmp(what, "start=", 6) == 0) {
        request->kind = REQUEST_START;
        return read_vcpu(sys, text, what + 6, request);
    }
    if (strncmp(what, "stop=", 5) == 0) {
        request->kind = REQUEST_STOP;
        return read_vcpu(sys, text, what + 5, request);
    }
    return fail_usage(
        COMMAND, "--at '%s' says neither plan=ID, nor start=PARTITION, nor stop=PARTITION", text);
}

static int compare_requests(const void *left, const void *right)
{
    uint64_t a = ((const struct simulation_request *)left)->time;
    uint64_t b = ((const struct simulation_request *)right)->time;

    return (a > b) - (a < b);
}

static int read_lists(const struct request *q, struct septum *s, struct simulation_options *o)
{
    const struct sys *sys = s->sys;
    int code = EXIT_OK;

    o->loads = pool_alloc(s->pool, (sys->partition_count + 1) * sizeof *o->loads);
    for (size_t i = 0; i < sys->partition_count; i++) {
        o->loads[i] = 100;
    }
    for (size_t i = 0; i < q->loads.count && code == EXIT_OK; i++) {
        code = read_load(sys, q->loads.items[i], o);
    }
    for (size_t i = 0; i < q->changes.count && code == EXIT_OK; i++) {
        code = read_change(s->pool, sys, q->changes.items[i],
                           POOL_PUSH(s->pool, o->requests, o->request_count));
    }
    if (o->request_count != 0) {
        qsort(o->requests, o->request_count, sizeof *o->requests, compare_requests);
    }
    return code;
}

static int read_times(const struct request *q, const struct sys *sys, struct simulation_options *o)
{
    uint64_t length;

    if (!time_of(q->time, &o->length) || (q->time != NULL && o->length == 0)) {
        return fail_usage(COMMAND, "--time '%s' is not a time such as 1s", q->time);
    }
    if (!time_of(q->from, &o->from)) {
        return fail_usage(COMMAND, "--from '%s' is not a time such as 20ms", q->from);
    }
    if (!time_of(q->until, &o->until)) {
        return fail_usage(COMMAND, "--until '%s' is not a time such as 40ms", q->until);
    }
    length = o->length != 0 ? o->length : simulation_length(sys);
    if (o->from >= (o->until != 0 ? o->until : length) || o->until > length) {
        return fail_usage(COMMAND, "what --from and --until draw is not within what is simulated");
    }
    o->handler = HANDLER_DEFAULT;
    if (!time_of(q->interrupts, &o->interrupts) || (q->interrupts != NULL && o->interrupts == 0)) {
        return fail_usage(COMMAND, "--interrupts '%s' is not a time such as 5ms", q->interrupts);
    }
    if (!time_of(q->handler, &o->handler) || (q->handler != NULL && o->handler == 0)) {
        return fail_usage(COMMAND, "--handler '%s' is not a time such as 100us", q->handler);
    }
    o->random = q->seed != NULL;
    if (o->random && units_count(q->seed, &o->seed) != UNITS_OK) {
        return fail_usage(COMMAND, "--random '%s' is not a number", q->seed);
    }
    return EXIT_OK;
}

static void write_simulation(const struct request *q, const struct simulation *m, FILE *out)
{
    if (q->json) {
        simulation_write_json(m, out);
    } else if (q->svg) {
        simulation_write_svg(m, out);
    } else if (q->html) {
        simulation_write_html(m, out);
    } else {
        simulation_write_text(m, out);
    }
}

// On standard error: it is another one each time.
static void say_rate(const struct simulation *m, const struct timespec *begin,
                     const struct timespec *end)
{
    uint64_t ns = (uint64_t)(end->tv_sec - begin->tv_sec) * 1000000000u + (uint64_t)end->tv_nsec -
                  (uint64_t)begin->tv_nsec;
    uint64_t decisions = 0;

    for (size_t i = 0; i < m->cpu_count; i++) {
        decisions += m->cpus[i].decisions;
    }
    (void)fprintf(stderr, "septum: %llu scheduling events in %llu us, %llu per second\n",
                  (unsigned long long)decisions, (unsigned long long)(ns / 1000u),
                  (unsigned long long)((unsigned __int128)decisions * 1000000000u / (ns + 1u)));
}

static int show(const struct request *q, struct septum *s, const struct simulation_options *o)
{
    const char *const outputs[] = {q->output};
    struct simulation simulation;
    struct filedata_output out;
    struct timespec begin, end;

    if (!septum_outputs(s, outputs, 1)) {
        return EXIT_INPUT;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    if (!simulation_run(s, o, &simulation)) {
        return EXIT_INPUT;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    if (!filedata_create(&out, q->output == NULL ? "-" : q->output)) {
        return EXIT_INPUT;
    }
    write_simulation(q, &simulation, out.stream);
    say_rate(&simulation, &begin, &end);
    return filedata_commit(&out) ? EXIT_OK : EXIT_INPUT;
}

static int simulate(const struct request *q)
{
    struct septum *s = septum_open(&q->options);
    struct simulation_options options = {.load = 100};
    int code = EXIT_INPUT;

    (void)septum_check(s);
    if (!diag_beside(&s->diags, RULE_TIMING)) {
        s->diags.count = 0; // what a plan does not give is seen
        code = read_times(q, s->sys, &options);
        code = code == EXIT_OK ? read_lists(q, s, &options) : code;
        code = code == EXIT_OK ? show(q, s, &options) : code;
    }
    septum_print_errors(s, q->json && s->diags.count != 0);
    septum_close(s);
    schema_release();
    return code;
}

int plan_simulate(int argc, char **argv)
{
    struct request q = {.time = NULL};
    const char *words[2] = {NULL, NULL};
    const struct option table[] = {
        {"--time", OPTION_TEXT, &q.time, "TIME",
         "length; default: until plan 0 and periods repeat"},
        {"--load", OPTION_LIST, &q.loads, "[NAME=]PERCENT",
         "part of its capacity or slot that each vCPU, or partition NAME's, computes"},
        {"--random", OPTION_TEXT, &q.seed, "SEED", "each job computes a random part of that"},
        {"--interrupts", OPTION_TEXT, &q.interrupts, "TIME",
         "edges of each line come at random, so far apart on average"},
        {"--handler", OPTION_TEXT, &q.handler, "TIME",
         "what a preemption computes for an interrupt before it idles; default: 100us"},
        {"--at", OPTION_LIST, &q.changes, "TIME:WHAT",
         "then plan=ID is asked for, or start=NAME[/VCPU], stop=NAME[/VCPU]"},
        {"--from", OPTION_TEXT, &q.from, "TIME", "begin of what is drawn"},
        {"--until", OPTION_TEXT, &q.until, "TIME", "end of what is drawn"},
        {"--text", OPTION_FLAG, &q.text, NULL, "plain text (default)"},
        {"--json", OPTION_FLAG, &q.json, NULL, "for programs (simulation.schema.json)"},
        {"--svg", OPTION_FLAG, &q.svg, NULL, "a picture"},
        {"--html", OPTION_FLAG, &q.html, NULL, "one page with picture and tables"},
        {"-o", OPTION_TEXT, &q.output, "FILE", "where it goes; default: standard output"},
        {"--board", OPTION_TEXT, &q.options.board, "NAME", "board, not the description's"},
        {"--board-path", OPTION_TEXT, &q.options.board_path, "DIR", "folder of boards"},
    };
    const struct option_set set = {"plan",
                                   "simulate SYSTEM.xml",
                                   "Runs the hypervisor's own schedulers on the description and "
                                   "draws what happens. Real-time\n"
                                   "vCPUs compute their capacity in each job and wait, the others "
                                   "compute all the time; loading\n"
                                   "and the hypervisor itself take no time.",
                                   table,
                                   sizeof(table) / sizeof(table[0]),
                                   2,
                                   2};
    enum options_result result = options_parse(&set, argc, argv, words);

    if (result != OPTIONS_GO) {
        return options_exit(result);
    }
    if ((q.text ? 1 : 0) + (q.json ? 1 : 0) + (q.svg ? 1 : 0) + (q.html ? 1 : 0) > 1) {
        return fail_usage(COMMAND, "--text, --json, --svg and --html exclude each other");
    }
    q.options.description = words[1];
    return simulate(&q);
}
