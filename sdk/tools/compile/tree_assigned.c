// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The device tree of a partition that is an unmodified operating system: the board's devices that it
// has, and what it shares with other partitions.

#include "compile/tree_write.h"

#include <string.h>

#include <septum/info.h>

#define GENERIC "generic-uio"

static bool has_line(const struct tree *t, const struct device *device)
{
    for (size_t i = 0; device->has_line && i < t->p->line_count; i++) {
        if (t->p->lines[i].number.value == device->line) {
            return true;
        }
    }
    return false;
}

static void put_clocks(struct tree *t, const char *names)
{
    uint32_t *clocks = pool_alloc(t->c->pool, (strlen(names) + 1) * sizeof *clocks);
    size_t count = 0;

    for (const char *at = names; *at != '\0';) {
        size_t length = strcspn(at, " ");

        if (length != 0) {
            clocks[count++] = TREE_PHANDLE_CLOCK;
        }
        at += length == 0 ? 1 : length;
    }
    if (count != 0) {
        tree_cells(t, "clocks", clocks, count);
        tree_texts(t, "clock-names", names);
    }
}

static void put_device(struct tree *t, const struct sys_area *range, const struct device *device)
{
    const struct tree_range reg = {range->mapped.value + (device->start - range->start.value),
                                   device->size};

    tree_begin_at(t, device->name, reg.start);
    tree_texts(t, "compatible", *device->compatible != '\0' ? device->compatible : GENERIC);
    tree_reg(t, &reg, 1);
    if (has_line(t, device)) {
        tree_interrupts(t, &device->line, 1, TREE_LEVEL_HIGH);
    }
    put_clocks(t, device->clocks);
    tree_end(t);
}

// The devices in a range; registers that the board's description does not name are a device as a whole.
static void put_range(struct tree *t, const struct sys_area *range)
{
    const struct device whole = {.name = range->name.text,
                                 .start = range->start.value,
                                 .size = range->size.value,
                                 .compatible = "",
                                 .clocks = ""};
    bool found = false;

    for (size_t i = 0; i < t->board->device_count; i++) {
        if (vdevices_inside(&t->board->devices[i], range)) {
            found = true;
            put_device(t, range, &t->board->devices[i]);
        }
    }
    if (!found) {
        put_device(t, range, &whole);
    }
}

static void put_doorbell(struct tree *t, const struct sys_area *area)
{
    const struct vdevice *bells = tree_device(t, SEP_VDEVICE_DOORBELLS);
    uint64_t id = area->doorbell.value;
    struct tree_range reg[] = {{area->mapped.value, area->size.value}, {0, t->board->granule}};
    bool ringing = area->doorbell.given && vdevices_ring(t->p, id);

    if (ringing) {
        reg[1].start = bells->start + id * t->board->granule;
    }
    tree_reg(t, reg, ringing ? 2 : 1);
    tree_texts(t, "reg-names", ringing ? "area doorbell" : "area");
    if (area->doorbell.given && vdevices_rung(t->c->s->sys, t->p, id)) {
        const uint64_t number = bells->interrupt + id;

        tree_interrupts(t, &number, 1, TREE_EDGE_RISING);
    }
}

static void put_shared(struct tree *t, const struct sys_area *area)
{
    tree_begin_at(t, "shared-area", area->mapped.value);
    tree_texts(t, "compatible", "septum,shared-area " GENERIC);
    tree_text(t, "label", area->name.text);
    put_doorbell(t, area);
    if ((area->flags & SEP_AREA_WRITE) == 0u) {
        tree_flag(t, "read-only");
    }
    tree_end(t);
}

void tree_assigned(struct tree *t)
{
    for (size_t i = 0; i < t->p->range_count; i++) {
        put_range(t, &t->p->ranges[i]);
    }
    for (size_t i = 0; i < t->p->area_count; i++) {
        if ((t->p->areas[i].flags & SEP_AREA_SHARED) != 0u) {
            put_shared(t, &t->p->areas[i]);
        }
    }
}
