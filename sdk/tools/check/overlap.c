// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Physical memory: no byte belongs to two, unless both say that they share it.

#include "check/check.h"

#include <stdlib.h>

#include <septum/info.h>

struct owned {
    const struct sys_partition *partition;
    const struct sys_area *area;
};

struct list {
    struct owned *areas;
    size_t count;
};

static void add_partition(struct check *c, struct list *list, const struct sys_partition *p)
{
    for (size_t i = 0; i < p->area_count; i++) {
        if (check_area_ok(&p->areas[i])) {
            *POOL_PUSH(c->pool, list->areas, list->count) = (struct owned){p, &p->areas[i]};
        }
    }
}

static int compare(const void *left, const void *right)
{
    const struct sys_area *a = ((const struct owned *)left)->area;
    const struct sys_area *b = ((const struct owned *)right)->area;

    if (a->start.value != b->start.value) {
        return a->start.value < b->start.value ? -1 : 1;
    }
    return (a->line > b->line) - (a->line < b->line);
}

static const char *describe(struct check *c, const struct owned *o)
{
    return pool_printf(c->pool, "area '%s' of partition '%s' %s", o->area->name.text,
                       o->partition->name.text,
                       check_span(c, o->area->start.value, o->area->size.value));
}

static void report(struct check *c, const struct owned *a, const struct owned *b)
{
    const struct owned *later = a->area->line >= b->area->line ? a : b;
    const struct owned *earlier = later == a ? b : a;

    if (a->partition == b->partition) {
        diag_add(c->diags, RULE_AREA_TWICE, later->area->start.line,
                 "%s overlaps area '%s' of the same partition %s (line %u)" MEND
                 "move or shrink one of them",
                 describe(c, later), earlier->area->name.text,
                 check_span(c, earlier->area->start.value, earlier->area->size.value),
                 earlier->area->line);
    } else if ((a->area->flags & b->area->flags & SEP_AREA_SHARED) == 0u) {
        diag_add(c->diags, RULE_AREAS_OVERLAP, later->area->start.line,
                 "%s overlaps %s (line %u)" MEND
                 "move one of them, or write shared=\"yes\" in both",
                 describe(c, later), describe(c, earlier), earlier->area->line);
    }
}

void check_overlap(struct check *c)
{
    struct list list = {NULL, 0};

    for (size_t i = 0; i < c->sys->partition_count; i++) {
        add_partition(c, &list, &c->sys->partitions[i]);
    }
    if (list.count > 1) {
        qsort(list.areas, list.count, sizeof *list.areas, compare);
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct sys_area *a = list.areas[i].area;

        for (size_t k = i + 1; k < list.count; k++) {
            if (list.areas[k].area->start.value >= a->start.value + a->size.value) {
                break;
            }
            report(c, &list.areas[i], &list.areas[k]);
        }
    }
}
