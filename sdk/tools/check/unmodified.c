// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Partitions that are unmodified operating systems: what they have is of use without hypercalls and
// clear of their virtual devices.

#include "check/check.h"

#include <inttypes.h>

#include <septum/info.h>

#include "model/vdevices.h"

static void needs_calls(struct check *c, const struct sys_partition *p, unsigned line,
                        const char *element)
{
    diag_add(c->diags, RULE_OS_NEEDS_CALLS, line,
             "partition '%s' is an unmodified operating system (line %u), which makes no use of "
             "'%s'" MEND "remove it; shared areas and doorbells connect it with others",
             p->name.text, p->os.line, element);
}

static void check_elements(struct check *c, const struct sys_partition *p)
{
    for (size_t i = 0; i < p->stack_count; i++) {
        needs_calls(c, p, p->stacks[i].line, "Stack");
    }
    for (size_t i = 0; i < p->file_count; i++) {
        needs_calls(c, p, p->files[i].line, "File");
    }
    for (size_t i = 0; i < p->register_count; i++) {
        needs_calls(c, p, p->registers[i].line, "Register");
    }
    for (size_t i = 0; i < p->port_count; i++) {
        needs_calls(c, p, p->ports[i].line, "Port");
    }
}

// An operating system maps memory that is not its own without cache; who else looks at it through one
// sees old values.
static void check_others_cached(struct check *c, const struct sys_partition *os,
                                const struct sys_area *area)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; p->os.line == 0 && k < p->area_count; k++) {
            const struct sys_area *other = &p->areas[k];

            if ((other->flags & (SEP_AREA_SHARED | SEP_AREA_UNCACHED)) == SEP_AREA_SHARED &&
                check_area_ok(other) &&
                check_overlaps(area->start.value, area->size.value, other->start.value,
                               other->size.value)) {
                diag_add(c->diags, RULE_OS_CACHED, other->line,
                         "area '%s' of partition '%s' is cached, but shared with the operating "
                         "system '%s' (line %u)" MEND "write uncached=\"yes\" in both",
                         other->name.text, p->name.text, os->name.text, area->line);
            }
        }
    }
}

static void check_area(struct check *c, const struct sys_partition *p, const struct sys_area *area)
{
    const unsigned all = SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_EXECUTE;

    if ((area->flags & SEP_AREA_SHARED) == 0u) {
        if ((area->flags & all) != all || (area->flags & SEP_AREA_UNCACHED) != 0u) {
            diag_add(c->diags, RULE_OS_RIGHTS, area->line,
                     "area '%s' of the operating system '%s' is not shared, so it is its memory, "
                     "but lacks a right or the cache" MEND
                     "write rights=\"rwx\" without uncached, or shared=\"yes\"",
                     area->name.text, p->name.text);
        }
        return;
    }
    if ((area->flags & SEP_AREA_UNCACHED) == 0u) {
        diag_add(c->diags, RULE_OS_CACHED, area->line,
                 "area '%s' of the operating system '%s' is shared and cached" MEND
                 "write uncached=\"yes\", there and where others share it",
                 area->name.text, p->name.text);
    } else if (check_area_ok(area)) {
        check_others_cached(c, p, area);
    }
}

static const struct sys_area *earlier_doorbell(const struct sys_partition *p,
                                               const struct sys_area *area)
{
    for (const struct sys_area *other = p->areas; other != area; other++) {
        if ((other->flags & SEP_AREA_SHARED) != 0u && other->doorbell.ok &&
            other->doorbell.value == area->doorbell.value) {
            return other;
        }
    }
    return NULL;
}

static void check_doorbell(struct check *c, const struct sys_partition *p,
                           const struct sys_area *area)
{
    const struct num *bell = &area->doorbell;
    const struct sys_area *earlier;
    const char *what = pool_printf(c->pool, "doorbell %" PRIu64 " of area '%s' of partition '%s'",
                                   bell->value, area->name.text, p->name.text);

    if (!bell->ok) {
        return;
    }
    earlier = earlier_doorbell(p, area);
    if (p->os.line == 0 || (area->flags & SEP_AREA_SHARED) == 0u) {
        diag_add(c->diags, RULE_DOORBELL, bell->line,
                 "%s is of no use: doorbells go with shared areas of unmodified operating "
                 "systems" MEND "remove it",
                 what);
    } else if (earlier != NULL) {
        diag_add(c->diags, RULE_DOORBELL, bell->line,
                 "%s is already that of area '%s' (line %u)" MEND
                 "give each area a doorbell of its own",
                 what, earlier->name.text, earlier->line);
    } else if (!vdevices_ring(p, bell->value) && !vdevices_rung(c->sys, p, bell->value)) {
        diag_add(c->diags, RULE_DOORBELL, bell->line,
                 "%s rings nobody, and nobody rings it" MEND "add <Ipvi id=\"%" PRIu64
                 "\" destinations=\"...\"/> to '%s', or one with "
                 "destination '%s' to another partition",
                 what, bell->value, p->name.text, p->name.text);
    }
}

static void check_place(struct check *c, const struct sys_partition *p, const char *kind,
                        const struct sys_area *area, const struct vdevices *devices)
{
    for (size_t i = 0; i < devices->count; i++) {
        const struct vdevice *device = &devices->list[i];

        if (area->mapped.ok && area->size.ok &&
            check_overlaps(area->mapped.value, area->size.value, device->start, device->size)) {
            diag_add(c->diags, RULE_OS_ADDRESS, area->mapped.line,
                     "%s '%s' of the operating system '%s' is mapped at %s, where board '%s' has "
                     "%s %s" MEND "map it elsewhere with mappedAt",
                     kind, area->name.text, p->name.text,
                     check_span(c, area->mapped.value, area->size.value), c->board->name,
                     device->name, check_span(c, device->start, device->size));
        }
    }
}

static bool of_a_device(const struct check *c, const struct sys_partition *p, uint64_t line)
{
    for (size_t i = 0; i < c->board->device_count; i++) {
        const struct device *device = &c->board->devices[i];

        for (size_t k = 0; k < p->range_count; k++) {
            if (device->has_line && device->line == line &&
                vdevices_inside(device, &p->ranges[k])) {
                return true;
            }
        }
    }
    return false;
}

static void check_line(struct check *c, const struct sys_partition *p, const struct num *line,
                       const struct vdevices *devices)
{
    for (size_t i = 0; i < devices->count; i++) {
        const struct vdevice *device = &devices->list[i];

        if (line->value >= device->interrupt &&
            line->value - device->interrupt < device->interrupts) {
            diag_add(c->diags, RULE_OS_INTERRUPT, line->line,
                     "interrupt line %" PRIu64 " of the operating system '%s' has the number of %s "
                     "there" MEND "give the line to another partition, or leave %s out",
                     line->value, p->name.text, device->name, device->name);
            return;
        }
    }
    if (!of_a_device(c, p, line->value)) {
        diag_add(c->diags, RULE_OS_LINE, line->line,
                 "interrupt line %" PRIu64 " of the operating system '%s' is of no device in its "
                 "ranges, so its device tree cannot name it" MEND
                 "add the Range of a device of board '%s' that has the line",
                 line->value, p->name.text, c->board->name);
    }
}

static void check_virtual_devices(struct check *c, const struct sys_partition *p)
{
    struct vdevices devices;

    if (c->board->virtual.processor == NULL) {
        diag_add(c->diags, RULE_OS_BOARD, p->os.line,
                 "partition '%s' is an unmodified operating system, but board '%s' has no virtual "
                 "devices for one" MEND "use a board whose description has 'VirtualDevices'",
                 p->name.text, c->board->name);
        return;
    }
    devices = vdevices_of(c->board, p);
    for (size_t i = 0; i < p->area_count; i++) {
        check_place(c, p, "area", &p->areas[i], &devices);
    }
    for (size_t i = 0; i < p->range_count; i++) {
        check_place(c, p, "range", &p->ranges[i], &devices);
    }
    for (size_t i = 0; i < p->line_count; i++) {
        if (p->lines[i].number.ok) {
            check_line(c, p, &p->lines[i].number, &devices);
        }
    }
}

void check_unmodified(struct check *c)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->area_count; k++) {
            check_doorbell(c, p, &p->areas[k]);
        }
        if (p->os.line == 0) {
            continue;
        }
        check_elements(c, p);
        for (size_t k = 0; k < p->area_count; k++) {
            check_area(c, p, &p->areas[k]);
        }
        if (c->board != NULL) {
            check_virtual_devices(c, p);
        }
    }
}
