// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a description means: the list of checks, and what they share.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include "base/suggest.h"

static void (*const checks[])(struct check *c) = {
    check_names,   check_pools,      check_slots,     check_plans,      check_beginnings,
    check_bounds,  check_fast,       check_admission, check_time,       check_memory,
    check_overlap, check_virtual,    check_stacks,    check_lines,      check_registers,
    check_ranges,  check_health,     check_ipvis,     check_channels,   check_ages,
    check_traces,  check_unmodified, check_tasks,     check_precedence, check_chains,
    check_given,
};

void check_all(struct check *c)
{
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        checks[i](c);
    }
}

const char *check_span(struct check *c, uint64_t start, uint64_t size)
{
    return pool_printf(c->pool, "[0x%08" PRIx64 ", 0x%08" PRIx64 "]", start, start + size - 1);
}

bool check_overlaps(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
    return a < b + b_size && b < a + a_size;
}

bool check_area_ok(const struct sys_area *area)
{
    return area->start.ok && area->size.ok;
}

int check_partition(struct check *c, const char *name, enum rule rule, unsigned line,
                    const char *where)
{
    struct suggest suggest = suggest_begin(name);
    struct suggest wrong = suggest; // among names that are none, and reported already
    int best = -1;
    bool any_wrong = false;

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const char *known = c->sys->partitions[i].name.text;

        if (strcmp(known, name) == 0) {
            return (int)i;
        }
        suggest_word(&suggest, known);
        best = suggest.best == known ? (int)i : best;
        if (!name_ok(known)) {
            any_wrong = true;
            suggest_word(&wrong, known);
        }
    }
    if (wrong.best != NULL) {
        return check_partition(c, wrong.best, rule, line, where);
    }
    if (any_wrong && best < 0) {
        return -1;
    }
    diag_add(c->diags, rule, line, "%s names partition '%s', which does not exist" MEND "%s", where,
             name, suggest_text(&suggest, c->pool, "name a partition of this description"));
    return best;
}

bool check_slots_lost(const struct check *c, const struct sys_partition *p)
{
    bool lost = false;

    for (size_t i = 0; !name_ok(p->name.text) && i < c->sys->cpu_count; i++) {
        for (size_t k = 0; k < c->sys->cpus[i].plan_count; k++) {
            const struct sys_plan *plan = &c->sys->cpus[i].plans[k];

            for (size_t n = 0; n < plan->slot_count; n++) {
                lost = lost || plan->slots[n].index < 0;
            }
        }
    }
    return lost;
}

const struct device *check_console(const struct check *c)
{
    for (size_t i = 0; c->board != NULL && i < c->board->device_count; i++) {
        const struct device *device = &c->board->devices[i];

        if (c->sys->console.given && device->console &&
            strcmp(device->name, c->sys->console.text) == 0) {
            return device;
        }
    }
    return NULL;
}

const char *check_reserved(struct check *c, uint64_t start, uint64_t size)
{
    for (size_t i = 0; i < c->board->range_count; i++) {
        const struct reserved_range *r = &c->board->ranges[i];

        if (check_overlaps(start, size, r->start, r->size)) {
            return pool_printf(c->pool, "the hypervisor's %s %s", r->by,
                               check_span(c, r->start, r->size));
        }
    }
    return NULL;
}

const char *check_reserved_range(struct check *c, uint64_t start, uint64_t size)
{
    const struct device *console = check_console(c);

    if (console != NULL && check_overlaps(start, size, console->start, console->size)) {
        return pool_printf(c->pool, "the hypervisor's console '%s' %s", console->name,
                           check_span(c, console->start, console->size));
    }
    return check_reserved(c, start, size);
}
