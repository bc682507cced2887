// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual addresses of a partition: one thing at each.

#include "check/check.h"

#include <stdlib.h>

struct mapping {
    const char *what;
    uint64_t start, size;
    unsigned line;
};

struct list {
    struct mapping *mappings;
    size_t count;
};

static void add(struct check *c, struct list *list, const char *kind, const char *name,
                const struct num *mapped, uint64_t size)
{
    if (mapped->given && mapped->ok && size != 0) {
        *POOL_PUSH(c->pool, list->mappings, list->count) = (struct mapping){
            pool_printf(c->pool, "%s '%s'", kind, name), mapped->value, size, mapped->line};
    }
}

static void add_areas(struct check *c, struct list *list, const char *kind,
                      const struct sys_area *areas, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add(c, list, kind, areas[i].name.text, &areas[i].mapped,
            areas[i].size.ok ? areas[i].size.value : 0);
    }
}

static int compare(const void *left, const void *right)
{
    const struct mapping *a = left;
    const struct mapping *b = right;

    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static void report(struct check *c, const char *partition, const struct mapping *a,
                   const struct mapping *b)
{
    const struct mapping *later = a->line >= b->line ? a : b;
    const struct mapping *earlier = later == a ? b : a;

    diag_add(c->diags, RULE_VIRTUAL_OVERLAP, later->line,
             "partition '%s' sees %s at %s and %s at %s (line %u)" MEND
             "map one of them elsewhere with mappedAt",
             partition, later->what, check_span(c, later->start, later->size), earlier->what,
             check_span(c, earlier->start, earlier->size), earlier->line);
}

// Of two areas at the same physical address the overlap has been told already.
static bool same_physical(const struct sys_partition *p, const struct mapping *a,
                          const struct mapping *b)
{
    unsigned found = 0;

    for (size_t i = 0; i < p->area_count; i++) {
        const struct sys_area *area = &p->areas[i];

        found += (area->mapped.line == a->line || area->mapped.line == b->line) &&
                         area->mapped.value == area->start.value
                     ? 1u
                     : 0u;
    }
    return found >= 2;
}

static void check_one(struct check *c, const struct sys_partition *p)
{
    struct list list = {NULL, 0};

    add_areas(c, &list, "area", p->areas, p->area_count);
    add_areas(c, &list, "range", p->ranges, p->range_count);
    for (size_t i = 0; i < p->file_count && c->board != NULL; i++) {
        add(c, &list, "file", p->files[i].name.text, &p->files[i].mapped, c->board->granule);
    }
    if (list.count > 1) {
        qsort(list.mappings, list.count, sizeof *list.mappings, compare);
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct mapping *a = &list.mappings[i];

        for (size_t k = i + 1; k < list.count && list.mappings[k].start < a->start + a->size; k++) {
            if (!same_physical(p, a, &list.mappings[k])) {
                report(c, p->name.text, a, &list.mappings[k]);
            }
        }
    }
}

void check_virtual(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        check_one(c, &c->sys->partitions[i]);
    }
}
