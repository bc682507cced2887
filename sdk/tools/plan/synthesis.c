// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A plan 0 for a description.

#include "plan/synthesis.h"

#include <inttypes.h>

#include <septum/config.h>

#include "base/units.h"
#include "plan/analysis.h"

static uint64_t gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

struct work {
    struct pool *pool;
    struct diags *diags;
    struct sys *sys;
    const struct synthesis_options *options;
    struct make_want *wants; ///< one for each partition, in their order
    struct make_problem problem;
};

// The index of the processor of a partition, -1 after reporting that there is none.
static int processor_of(const struct work *w, const struct sys_partition *p)
{
    uint64_t id = p->processor.ok ? p->processor.value : w->sys->cpus[0].id.value;

    for (size_t i = 0; i < w->sys->cpu_count; i++) {
        if (w->sys->cpus[i].id.value == id) {
            return (int)i;
        }
    }
    diag_add(w->diags, RULE_MAKE_PROCESSOR, p->processor.line,
             "partition '%s' belongs on processor %" PRIu64 ", which the description does not "
             "have" MEND "add the processor with an empty plan, or name another one",
             p->name.text, id);
    return -1;
}

static void want(struct work *w, size_t index)
{
    const struct sys_partition *p = &w->sys->partitions[index];
    int processor = processor_of(w, p);

    if (p->vcpus.value != 1) {
        diag_add(w->diags, RULE_MAKE_VCPUS, p->vcpus.line,
                 "partition '%s' has %" PRIu64 " vCPUs" MEND
                 "plans are made for partitions of one; write this one's slots yourself",
                 p->name.text, p->vcpus.value);
    }
    if (p->time_line == 0) {
        diag_add(w->diags, RULE_MAKE_REQUIREMENT, p->line,
                 "partition '%s' has no temporal requirement, so that nothing says what slots it "
                 "needs" MEND "give it 'TemporalRequirements'",
                 p->name.text);
        return;
    }
    w->wants[index] = (struct make_want){.period = p->period.value,
                                         .capacity = p->duration.value,
                                         .deadline = p->deadline.value,
                                         .processor = processor < 0 ? 0 : (size_t)processor};
}

static void precede(struct work *w, size_t index, size_t before)
{
    struct make_want *mine = &w->wants[index];
    size_t *list = pool_alloc(w->pool, (mine->after_count + 1) * sizeof *list);

    for (size_t i = 0; i < mine->after_count; i++) {
        list[i] = mine->after[i];
        if (list[i] == before) {
            return;
        }
    }
    list[mine->after_count++] = before;
    mine->after = list;
}

// A chain through equal periods that may take a period at the most is precedence and a deadline: a step's data
// of one period cannot wait for the next. Other chains are looked at in the plan that was made.
static bool one_period(const struct work *w, const struct sys_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++) {
        if (w->wants[chain->steps[i].index].period != w->wants[chain->steps[0].index].period) {
            return false;
        }
    }
    return true;
}

static bool strict(const struct work *w, const struct sys_chain *chain)
{
    return one_period(w, chain) && chain->limit.value <= w->wants[chain->steps[0].index].period;
}

static void order_chain(struct work *w, const struct sys_chain *chain)
{
    struct make_want *last = &w->wants[chain->steps[chain->count - 1].index];

    for (size_t i = 1; i < chain->count; i++) {
        precede(w, (size_t)chain->steps[i].index, (size_t)chain->steps[i - 1].index);
    }
    last->deadline = chain->limit.value < last->deadline ? chain->limit.value : last->deadline;
}

static bool frame(struct work *w)
{
    uint64_t length = 1;

    for (size_t i = 0; i < w->sys->partition_count; i++) {
        uint64_t factor = w->wants[i].period / gcd(length, w->wants[i].period);

        if (factor > TIME_MAX / length) {
            diag_add(
                w->diags, RULE_MAKE_FRAME, w->sys->partitions[i].period.line,
                "the period of partition '%s', %s, and those before it have no common multiple "
                "up to %s" MEND "choose periods that are multiples of each other",
                w->sys->partitions[i].name.text, units_print_time(w->pool, w->wants[i].period),
                units_print_time(w->pool, TIME_MAX));
            return false;
        }
        length *= factor;
    }
    w->problem.frame = length;
    for (size_t i = 0; i < w->sys->partition_count; i++) {
        if (length / w->wants[i].period > ANALYSIS_WINDOWS_MAX) {
            diag_add(w->diags, RULE_MAKE_FRAME, w->sys->partitions[i].period.line,
                     "the frame that all periods fit into is %s, and holds more than %u periods of "
                     "partition '%s', %s" MEND "choose periods that are multiples of each other",
                     units_print_time(w->pool, length), ANALYSIS_WINDOWS_MAX,
                     w->sys->partitions[i].name.text,
                     units_print_time(w->pool, w->wants[i].period));
            return false;
        }
    }
    return true;
}

// The shortest granule that divides all windows and is no shorter than a slot; or, where beginning a slot costs
// something, a fine one.
static uint64_t granule(const struct work *w)
{
    uint64_t windows = 0;
    uint64_t all = 0;

    for (size_t i = 0; i < w->sys->partition_count; i++) {
        windows = gcd(gcd(windows, w->wants[i].period), w->wants[i].deadline);
        all = gcd(all, w->wants[i].capacity);
    }
    all = gcd(all, windows);
    if (w->options->cost != 0) {
        return gcd(all, 1000);
    }
    if (all >= SEP_SLOT_MIN || windows < SEP_SLOT_MIN) {
        return all >= SEP_SLOT_MIN ? all : SEP_SLOT_MIN;
    }
    for (uint64_t parts = windows / SEP_SLOT_MIN; parts > 1; parts--) {
        if (windows % parts == 0) {
            return windows / parts;
        }
    }
    return windows;
}

static void report_none(const struct work *w, const struct make_proof *proof)
{
    struct pool *pool = w->pool;
    const char *who = "";
    const char *g = units_print_time(pool, w->problem.granule);
    uint64_t id = w->sys->cpus[proof->processor].id.value;

    if (!proof->interval) {
        diag_add(
            w->diags, RULE_MAKE_NONE, w->sys->cpus[proof->processor].line,
            "no plan exists on processor %" PRIu64 " with slots of whole %s, of which the first %s "
            "are lost and none is shorter than %s: every one was looked at" MEND
            "ask for less, or choose a shorter '--granule'",
            id, g, units_print_time(pool, w->options->cost), units_print_time(pool, SEP_SLOT_MIN));
        return;
    }
    for (size_t i = 0; i < proof->who_count && i < 6; i++) {
        who = pool_printf(pool, "%s%s'%s'", who, i == 0 ? "" : ", ",
                          w->sys->partitions[proof->who[i]].name.text);
    }
    diag_add(
        w->diags, RULE_MAKE_NONE, w->sys->cpus[proof->processor].line,
        "no plan exists on processor %" PRIu64 "%s%s: %s%s must get %s between %s and %s, which is "
        "%s" MEND "%s",
        id, proof->exact > proof->to - proof->from ? "" : " with slots of whole ",
        proof->exact > proof->to - proof->from ? "" : g, who,
        proof->who_count > 6 ? " and others" : "",
        units_print_time(pool,
                         proof->exact > proof->to - proof->from ? proof->exact : proof->demand),
        units_print_time(pool, proof->from), units_print_time(pool, proof->to),
        units_print_time(pool, proof->to - proof->from),
        proof->exact > proof->to - proof->from ? "ask for less, or for longer deadlines"
                                               : "ask for less, or choose a shorter '--granule'");
}

static void report_unknown(const struct work *w, const struct make_result *r)
{
    static const char *const reasons[] = {
        [MAKE_REASON_JOBS] = "the frame holds too many periods",
        [MAKE_REASON_STATES] = "the limit of states was reached",
        [MAKE_REASON_WIDE] = "a processor has too many partitions for a search",
        [MAKE_REASON_CROSS] =
            "precedence between processors is not kept by the plan that was found",
    };
    const struct sys_cpu *cpu = &w->sys->cpus[r->reason_processor];

    diag_add(w->diags, RULE_MAKE_UNKNOWN, cpu->line,
             "whether a plan exists is not known: %s, after %" PRIu64 " steps" MEND
             "raise '--limit', choose periods that are multiples of each other, or ask for less",
             reasons[r->reason], r->nodes);
}

static void take(struct work *w, const struct make_result *r)
{
    for (size_t c = 0; c < w->sys->cpu_count; c++) {
        struct sys_plan *plan = &w->sys->cpus[c].plans[0];
        const struct make_processor *made = &r->processors[c];

        plan->frame.value = w->problem.frame;
        plan->slots = pool_alloc(w->pool, (made->count + 1) * sizeof *plan->slots);
        plan->slot_count = made->count;
        for (size_t i = 0; i < made->count; i++) {
            const struct make_slot *s = &made->slots[i];
            const struct sys_partition *p = &w->sys->partitions[s->who];

            plan->slots[i] = (struct sys_slot){.line = plan->line,
                                               .start = {s->start, plan->line, true, true},
                                               .duration = {s->duration, plan->line, true, true},
                                               .vcpu = {0, plan->line, false, true},
                                               .id = {i, plan->line, false, true},
                                               .partition = p->name,
                                               .index = (int)s->who};
        }
    }
}

// The first chain that takes too long in the plan of the model.
static const struct analysis_chain *late_chain(const struct work *w)
{
    const struct analysis *a = analysis_make(w->pool, w->sys, w->options->cost);

    for (size_t i = 0; i < a->chain_count; i++) {
        if (!a->chains[i].met) {
            return &a->chains[i];
        }
    }
    return NULL;
}

// Whether precedence closes a circle: then some want is never free of those before it.
static bool circular(const struct work *w, size_t *who)
{
    bool *done = pool_alloc(w->pool, w->problem.count + 1);
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < w->problem.count; i++) {
            bool ready = !done[i];

            for (size_t n = 0; n < w->wants[i].after_count; n++) {
                ready = ready && done[w->wants[i].after[n]];
            }
            done[i] = done[i] || ready;
            any = any || ready;
        }
    }
    for (*who = 0; *who < w->problem.count && done[*who]; (*who)++) {
    }
    return *who < w->problem.count;
}

static struct make_result solve(struct work *w, struct synthesis *out)
{
    struct make_result r = make_plan(w->pool, &w->problem);

    out->nodes += r.nodes;
    out->jobs = r.jobs;
    out->searched = r.searched;
    if (r.answer == MAKE_PLAN) {
        take(w, &r);
    }
    return r;
}

// A plan for chains that may wait for a next period: any, or, if they take too long in that, one with their
// steps in order.
static bool solve_chains(struct work *w, struct synthesis *out)
{
    const struct analysis_chain *late = late_chain(w);
    const struct analysis_chain *still = late;
    size_t ignored;

    for (size_t i = 0; late != NULL && i < w->sys->chain_count; i++) {
        if (one_period(w, &w->sys->chains[i])) {
            order_chain(w, &w->sys->chains[i]);
        }
    }
    if (late != NULL && !circular(w, &ignored) && solve(w, out).answer == MAKE_PLAN) {
        still = late_chain(w);
    }
    if (still != NULL) {
        diag_add(
            w->diags, RULE_MAKE_UNKNOWN, still->chain->limit.line,
            "whether a plan exists is not known: chain '%s' takes %s in the one that was found, "
            "and may take %s" MEND
            "give its partitions one period and let the chain take no longer than that",
            still->chain->name.text, units_print_time(w->pool, still->latency),
            units_print_time(w->pool, still->chain->limit.value));
    }
    return still == NULL;
}

static bool read_problem(struct work *w)
{
    struct sys *sys = w->sys;

    w->wants = pool_alloc(w->pool, (sys->partition_count + 1) * sizeof *w->wants);
    for (size_t i = 0; i < sys->partition_count; i++) {
        want(w, i);
    }
    if (w->diags->count != 0 || !frame(w)) {
        return false;
    }
    for (size_t i = 0; i < sys->partition_count; i++) {
        for (size_t n = 0; n < sys->partitions[i].after_count; n++) {
            precede(w, i, (size_t)sys->partitions[i].after[n].index);
        }
    }
    w->problem.wants = w->wants;
    w->problem.count = sys->partition_count;
    w->problem.processors = sys->cpu_count;
    w->problem.granule = w->options->granule != 0 ? w->options->granule : granule(w);
    w->problem.least = SEP_SLOT_MIN;
    w->problem.cost = w->options->cost;
    w->problem.limit = w->options->limit;
    for (size_t i = 0; i < sys->chain_count; i++) {
        if (strict(w, &sys->chains[i])) {
            order_chain(w, &sys->chains[i]);
        }
    }
    return true;
}

bool synthesis_make(struct diags *diags, struct sys *sys, const struct synthesis_options *options,
                    struct synthesis *out)
{
    struct work w = {.pool = diags->pool, .diags = diags, .sys = sys, .options = options};

    struct make_result r;
    size_t who;

    *out = (struct synthesis){0};
    if (!read_problem(&w)) {
        return false;
    }
    out->frame = w.problem.frame;
    out->granule = w.problem.granule;
    if (circular(&w, &who)) {
        diag_add(
            diags, RULE_MAKE_NONE, sys->partitions[who].line,
            "no plan exists: 'After' and chains that may take no longer than a period let '%s' "
            "wait for itself" MEND "lengthen the chain's 'maxLatency', or remove an 'After'",
            sys->partitions[who].name.text);
        return false;
    }
    r = solve(&w, out);
    if (r.answer == MAKE_NONE) {
        report_none(&w, &r.proof);
    } else if (r.answer == MAKE_UNKNOWN) {
        report_unknown(&w, &r);
    }
    return r.answer == MAKE_PLAN && solve_chains(&w, out);
}
