// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Inter-partition virtual interrupts: numbers and destinations.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/irq.h>

static void check_id(struct check *c, const struct sys_partition *p, size_t index)
{
    const struct num *id = &p->ipvis[index].id;

    if (!id->ok) {
        return;
    }
    if (id->value >= SEP_IPVI_COUNT) {
        diag_add(c->diags, RULE_IPVI_ID, id->line,
                 "partition '%s' has no inter-partition interrupt %" PRIu64 MEND
                 "they are numbered 0 to %u",
                 p->name.text, id->value, SEP_IPVI_COUNT - 1u);
    }
    for (size_t i = 0; i < index; i++) {
        if (p->ipvis[i].id.ok && p->ipvis[i].id.value == id->value) {
            diag_add(c->diags, RULE_IPVI_TWICE, id->line,
                     "inter-partition interrupt %" PRIu64 " of partition '%s' is given twice, "
                     "first in line %u" MEND "write all destinations into one of them",
                     id->value, p->name.text, p->ipvis[i].line);
            return;
        }
    }
}

static void add_target(struct check *c, const struct sys_partition *p, struct sys_ipvi *ipvi,
                       int target)
{
    for (size_t i = 0; i < ipvi->target_count; i++) {
        if (ipvi->targets[i] == target) {
            diag_add(c->diags, RULE_IPVI_SAME, ipvi->destinations.line,
                     "inter-partition interrupt of partition '%s' names destination '%s' "
                     "twice" MEND "remove one",
                     p->name.text, c->sys->partitions[target].name.text);
            return;
        }
    }
    *POOL_PUSH(c->pool, ipvi->targets, ipvi->target_count) = target;
}

static void resolve(struct check *c, const struct sys_partition *p, struct sys_ipvi *ipvi)
{
    const char *at = ipvi->destinations.text;

    while (*at != '\0') {
        size_t length = strcspn(at, " ");

        if (length != 0) {
            int target = check_partition(c, pool_copy(c->pool, at, length), RULE_IPVI_UNKNOWN,
                                         ipvi->destinations.line, "inter-partition interrupt");

            if (target >= 0) {
                add_target(c, p, ipvi, target);
            }
        }
        at += length == 0 ? 1 : length;
    }
}

void check_ipvis(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->ipvi_count; k++) {
            check_id(c, p, k);
            resolve(c, p, &p->ipvis[k]);
        }
    }
}
