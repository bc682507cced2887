// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Names and numbers that must be unique, ids that must be 0, 1, 2 ...

#include "check/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    const char *name;
    uint64_t id;
    unsigned line;
};

struct list {
    struct entry *entries;
    size_t count;
};

static void add(struct check *c, struct list *list, struct text name, struct num id)
{
    if (name.given && name.text[0] != '\0') {
        *POOL_PUSH(c->pool, list->entries, list->count) = (struct entry){name.text, 0, name.line};
    } else if (id.ok) {
        *POOL_PUSH(c->pool, list->entries, list->count) = (struct entry){NULL, id.value, id.line};
    }
}

static int compare(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = a->name != NULL && b->name != NULL ? strcmp(a->name, b->name)
                                                   : (a->id > b->id) - (a->id < b->id);

    return order != 0 ? order : (a->line > b->line) - (a->line < b->line);
}

static void twice(struct check *c, struct list list, const char *what, const char *where)
{
    if (list.count > 1) {
        qsort(list.entries, list.count, sizeof *list.entries, compare);
    }
    for (size_t i = 1; i < list.count; i++) {
        const struct entry *a = &list.entries[i - 1];
        const struct entry *b = &list.entries[i];

        if (b->name != NULL && strcmp(a->name, b->name) == 0) {
            diag_add(c->diags, RULE_NAME_TWICE, b->line,
                     "two %s%s have the name '%s', the other one in line %u" MEND
                     "give one of them another name",
                     what, where, b->name, a->line);
        } else if (b->name == NULL && a->id == b->id) {
            diag_add(c->diags, RULE_ID_TWICE, b->line,
                     "two %s%s have the id %" PRIu64 ", the other one in line %u" MEND
                     "give one of them another id",
                     what, where, b->id, a->line);
        }
    }
}

static void consecutive(struct check *c, const struct num *id, size_t count, const char *what)
{
    if (!id->ok || id->value < count) {
        return;
    }
    if (count == 1) {
        diag_add(c->diags, RULE_ID_GAP, id->line,
                 "id %" PRIu64 " leaves a gap: there is only one %s" MEND "its id is 0", id->value,
                 what);
    } else {
        diag_add(c->diags, RULE_ID_GAP, id->line,
                 "id %" PRIu64 " leaves a gap: there are %zu %ss" MEND
                 "number them 0 to %zu without one",
                 id->value, count, what, count - 1);
    }
}

static void check_partition_names(struct check *c, const struct sys_partition *p)
{
    const char *where = pool_printf(c->pool, " of partition '%s'", p->name.text);
    struct list areas = {NULL, 0};
    struct list files = {NULL, 0};
    struct list ports = {NULL, 0};
    const struct num none = {0, 0, false, false};

    for (size_t i = 0; i < p->area_count; i++) {
        add(c, &areas, p->areas[i].name, none);
    }
    for (size_t i = 0; i < p->range_count; i++) {
        add(c, &areas, p->ranges[i].name, none);
    }
    for (size_t i = 0; i < p->file_count; i++) {
        add(c, &files, p->files[i].name, none);
    }
    for (size_t i = 0; i < p->port_count; i++) {
        add(c, &ports, p->ports[i].name, none);
    }
    twice(c, areas, "memory areas or ranges", where);
    twice(c, files, "files", where);
    twice(c, ports, "ports", where);
}

static void check_plan_names(struct check *c, const struct sys_cpu *cpu)
{
    struct list plans = {NULL, 0};

    for (size_t i = 0; i < cpu->plan_count; i++) {
        const struct sys_plan *plan = &cpu->plans[i];
        struct list slots = {NULL, 0};

        add(c, &plans, plan->name, (struct num){0, 0, false, false});
        for (size_t s = 0; s < plan->slot_count; s++) {
            add(c, &slots, (struct text){"", 0, false}, plan->slots[s].id);
        }
        twice(c, slots, "slots", pool_printf(c->pool, " of plan '%s'", plan->name.text));
    }
    twice(c, plans, "plans", pool_printf(c->pool, " of processor %" PRIu64, cpu->id.value));
}

static void check_channel_names(struct check *c)
{
    struct list channels = {NULL, 0};

    for (size_t i = 0; i < c->sys->channel_count; i++) {
        add(c, &channels, c->sys->channels[i].name, (struct num){0, 0, false, false});
    }
    twice(c, channels, "channels", "");
}

static void check_pool_names(struct check *c)
{
    struct list pools = {NULL, 0};

    for (size_t i = 0; i < c->sys->pool_count; i++) {
        add(c, &pools, c->sys->pools[i].name, (struct num){0, 0, false, false});
    }
    twice(c, pools, "pools", "");
}

void check_names(struct check *c)
{
    struct list names = {NULL, 0};
    struct list ids = {NULL, 0};
    struct list cpus = {NULL, 0};
    const struct text none = {"", 0, false};

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        add(c, &names, p->name, (struct num){0, 0, false, false});
        add(c, &ids, none, p->id);
        consecutive(c, &p->id, c->sys->partition_count, "partition");
        check_partition_names(c, p);
    }
    for (size_t i = 0; i < c->sys->cpu_count; i++) {
        add(c, &cpus, none, c->sys->cpus[i].id);
        consecutive(c, &c->sys->cpus[i].id, c->sys->cpu_count, "processor");
        check_plan_names(c, &c->sys->cpus[i]);
    }
    twice(c, names, "partitions", "");
    twice(c, ids, "partitions", "");
    twice(c, cpus, "processors", "");
    check_channel_names(c);
    check_pool_names(c);
}
