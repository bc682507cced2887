// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory of the hypervisor and of partitions: aligned, and memory that the board has.

#include "check/check.h"

#include <inttypes.h>

#include <septum/config.h>

#include "base/units.h"

static void check_aligned(struct check *c, const struct num *num, const char *what,
                          const char *owner)
{
    if (c->board != NULL && num->ok && num->value % c->board->granule != 0) {
        diag_add(
            c->diags, RULE_MISALIGNED, num->line,
            "%s of %s, 0x%" PRIx64 ", is not a multiple of %s" MEND
            "board '%s' protects memory in granules of that size; the next multiple is 0x%" PRIx64,
            what, owner, num->value, units_print_size(c->pool, c->board->granule), c->board->name,
            (num->value + c->board->granule - 1) / c->board->granule * c->board->granule);
    }
}

static const char *ram_list(struct check *c)
{
    const char *text = "";

    for (size_t i = 0; i < c->board->region_count; i++) {
        const struct region *r = &c->board->regions[i];

        if (r->kind == REGION_RAM) {
            text = pool_printf(c->pool, "%s%s'%s' %s", text, *text != '\0' ? " and " : "", r->name,
                               check_span(c, r->start, r->size));
        }
    }
    return text;
}

static void check_in_ram(struct check *c, const struct num *start, const struct num *size,
                         const char *owner)
{
    if (c->board != NULL && start->ok && size->ok &&
        board_region(c->board, REGION_RAM, start->value, size->value) == NULL) {
        diag_add(c->diags, RULE_OUTSIDE_RAM, start->line,
                 "%s %s is not inside the ram of board '%s'" MEND "it has %s", owner,
                 check_span(c, start->value, size->value), c->board->name, ram_list(c));
    }
}

static void check_ring(struct check *c, const struct num *ring, uint64_t least, const char *owner)
{
    if (ring->ok && ((ring->value & (ring->value - 1)) != 0 || ring->value < least ||
                     ring->value > SEP_CONSOLE_RING_MAX)) {
        diag_add(c->diags, RULE_CONSOLE_RING, ring->line,
                 "console ring of %s, %s, is not a power of two from %s to 64KiB" MEND
                 "write 1KiB, for example",
                 owner, units_print_size(c->pool, ring->value), units_print_size(c->pool, least));
    }
}

static void check_on_hypervisor(struct check *c, const struct sys_area *area, const char *owner)
{
    const struct sys *sys = c->sys;

    if (check_area_ok(area) && sys->start.ok && sys->size.ok &&
        check_overlaps(area->start.value, area->size.value, sys->start.value, sys->size.value)) {
        diag_add(c->diags, RULE_ON_HYPERVISOR, area->start.line,
                 "%s %s lies on top of the hypervisor %s (line %u)" MEND "move one of them", owner,
                 check_span(c, area->start.value, area->size.value),
                 check_span(c, sys->start.value, sys->size.value), sys->hypervisor_line);
    }
}

static void check_partition_memory(struct check *c, const struct sys_partition *p)
{
    for (size_t i = 0; i < p->area_count; i++) {
        const struct sys_area *area = &p->areas[i];
        const char *owner =
            pool_printf(c->pool, "area '%s' of partition '%s'", area->name.text, p->name.text);

        check_aligned(c, &area->start, "start", owner);
        check_aligned(c, &area->size, "size", owner);
        if (area->mapped.line != area->start.line || area->mapped.value != area->start.value) {
            check_aligned(c, &area->mapped, "mappedAt", owner);
        }
        check_in_ram(c, &area->start, &area->size, owner);
        check_on_hypervisor(c, area, owner);
    }
    for (size_t i = 0; i < p->file_count; i++) {
        check_aligned(c, &p->files[i].mapped, "mappedAt",
                      pool_printf(c->pool, "file '%s' of partition '%s'", p->files[i].name.text,
                                  p->name.text));
    }
    check_ring(c, &p->console, SEP_CONSOLE_RING_MIN,
               pool_printf(c->pool, "partition '%s'", p->name.text));
}

void check_memory(struct check *c)
{
    const struct sys *sys = c->sys;

    check_aligned(c, &sys->start, "start", "the hypervisor's memory");
    check_aligned(c, &sys->size, "size", "the hypervisor's memory");
    check_in_ram(c, &sys->start, &sys->size, "the hypervisor's memory");
    check_ring(c, &sys->ring, SEP_CONSOLE_RING_OWN_MIN, "the hypervisor");
    for (size_t i = 0; i < sys->partition_count; i++) {
        check_partition_memory(c, &sys->partitions[i]);
    }
}
