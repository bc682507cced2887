// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ranges of device registers that are mapped: whole granules that hold nothing of others.

#include "check/check.h"

#include <inttypes.h>

#include "base/units.h"

static void check_place(struct check *c, const char *partition, const struct sys_area *range)
{
    uint64_t granule = c->board->granule;
    uint64_t start = range->start.value;
    uint64_t size = range->size.value;
    uint64_t first = start / granule * granule;
    uint64_t end = (start + size + granule - 1) / granule * granule;
    const char *direct = check_reserved_range(c, start, size);
    const char *near = check_reserved_range(c, first, end - first);
    const char *what = pool_printf(c->pool, "range '%s' of partition '%s' %s", range->name.text,
                                   partition, check_span(c, start, size));

    if (direct != NULL) {
        diag_add(c->diags, RULE_DEVICE_RESERVED, range->start.line,
                 "%s holds %s" MEND
                 "use Register for single registers, where a partition may have them",
                 what, direct);
    } else if (near != NULL) {
        diag_add(c->diags, RULE_RANGE_GRANULE, range->start.line,
                 "%s shares a granule of %s with %s" MEND
                 "it cannot be mapped alone, use Register for each of its registers",
                 what, units_print_size(c->pool, granule), near);
    } else if (start != first || start + size != end) {
        diag_add(c->diags, RULE_MISALIGNED, range->start.line,
                 "%s is not made of whole granules of %s" MEND "%s would be", what,
                 units_print_size(c->pool, granule), check_span(c, first, end - first));
    } else if (board_region(c->board, REGION_DEVICE, start, size) == NULL) {
        diag_add(c->diags, RULE_DEVICE_OUTSIDE, range->start.line,
                 "%s is not in device memory of board '%s'" MEND
                 "see the board's regions of type 'device'",
                 what, c->board->name);
    }
    if (range->mapped.ok && range->mapped.line != range->start.line &&
        range->mapped.value % granule != 0) {
        diag_add(c->diags, RULE_MISALIGNED, range->mapped.line,
                 "mappedAt of %s, 0x%" PRIx64 ", is not a multiple of %s" MEND
                 "choose an address that is",
                 what, range->mapped.value, units_print_size(c->pool, granule));
    }
}

struct owner {
    const struct sys_partition *partition;
    const struct sys_area *range;
};

static void check_other_ranges(struct check *c, const struct owner *owners, size_t count,
                               const struct owner *now)
{
    for (size_t i = 0; i < count; i++) {
        const struct sys_area *other = owners[i].range;

        if (check_overlaps(other->start.value, other->size.value, now->range->start.value,
                           now->range->size.value)) {
            diag_add(c->diags, RULE_RANGE_TWICE, now->range->start.line,
                     "range '%s' of partition '%s' %s overlaps range '%s' of partition '%s' %s "
                     "(line %u)" MEND "a device belongs to one partition, once",
                     now->range->name.text, now->partition->name.text,
                     check_span(c, now->range->start.value, now->range->size.value),
                     other->name.text, owners[i].partition->name.text,
                     check_span(c, other->start.value, other->size.value), other->line);
        }
    }
}

static void check_other_registers(struct check *c, const struct owner *now)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->register_count; k++) {
            const struct sys_register *reg = &p->registers[k];

            if (reg->address.ok && reg->width.ok &&
                check_overlaps(reg->address.value, reg->width.value, now->range->start.value,
                               now->range->size.value)) {
                diag_add(c->diags, RULE_RANGE_TWICE, now->range->start.line,
                         "range '%s' of partition '%s' %s holds register 0x%" PRIx64
                         " of partition '%s' (line %u)" MEND
                         "a device belongs to one partition, once",
                         now->range->name.text, now->partition->name.text,
                         check_span(c, now->range->start.value, now->range->size.value),
                         reg->address.value, p->name.text, reg->line);
            }
        }
    }
}

void check_ranges(struct check *c)
{
    struct owner *owners = NULL;
    size_t count = 0;

    for (size_t i = 0; c->board != NULL && i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->range_count; k++) {
            struct owner now = {p, &p->ranges[k]};

            if (check_area_ok(now.range)) {
                check_place(c, p->name.text, now.range);
                check_other_ranges(c, owners, count, &now);
                check_other_registers(c, &now);
                *POOL_PUSH(c->pool, owners, count) = now;
            }
        }
    }
}
