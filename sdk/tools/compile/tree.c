// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The device tree of a partition that is an unmodified operating system: processors, memory and
// virtual devices.

#include "compile/tree.h"

#include <inttypes.h>

#include <libfdt.h>

#include <septum/info.h>

#include "compile/tree_write.h"

#define FIRST_SIZE 0x4000u

static void put_chosen(struct tree *t, struct tree_ramdisk ramdisk)
{
    const struct vdevice *console = tree_device(t, SEP_VDEVICE_PL011);

    tree_begin(t, "chosen");
    if (t->p->os.arguments.given) {
        tree_text(t, "bootargs", t->p->os.arguments.text);
    }
    if (console != NULL) {
        tree_text(t, "stdout-path", pool_printf(t->c->pool, "/serial@%" PRIx64, console->start));
    }
    if (ramdisk.end != 0) {
        tree_address(t, "linux,initrd-start", ramdisk.start);
        tree_address(t, "linux,initrd-end", ramdisk.end);
    }
    tree_end(t);
}

static void put_memory(struct tree *t)
{
    for (size_t i = 0; i < t->p->area_count; i++) {
        const struct sys_area *area = &t->p->areas[i];

        if ((area->flags & SEP_AREA_SHARED) == 0u) {
            const struct tree_range reg = {area->mapped.value, area->size.value};

            tree_begin_at(t, "memory", reg.start);
            tree_text(t, "device_type", "memory");
            tree_reg(t, &reg, 1);
            tree_end(t);
        }
    }
}

// A vCPU's number is the lowest field of its MPIDR.
static void put_processors(struct tree *t)
{
    tree_begin(t, "cpus");
    tree_cell(t, "#address-cells", 1);
    tree_cell(t, "#size-cells", 0);
    for (uint32_t i = 0; i < t->p->vcpus.value; i++) {
        tree_begin_at(t, "cpu", i);
        tree_text(t, "device_type", "cpu");
        tree_texts(t, "compatible", t->board->virtual.processor);
        tree_cell(t, "reg", i);
        tree_text(t, "enable-method", "psci");
        tree_end(t);
    }
    tree_end(t);
    tree_begin(t, "psci");
    tree_texts(t, "compatible", "arm,psci-1.0 arm,psci-0.2");
    tree_text(t, "method", "hvc");
    tree_end(t);
}

static void put_timer(struct tree *t)
{
    const struct virtual_devices *v = &t->board->virtual;
    const uint64_t numbers[] = {v->timer_secure, v->timer_physical, v->timer_virtual,
                                v->timer_hypervisor};

    tree_begin(t, "timer");
    tree_text(t, "compatible", "arm,armv8-timer");
    tree_interrupts(t, numbers, sizeof numbers / sizeof *numbers, TREE_LEVEL_HIGH);
    tree_flag(t, "always-on");
    tree_end(t);
}

static void put_controller(struct tree *t)
{
    bool v3 = t->board->virtual.controller == CONTROLLER_GICV3;
    const struct vdevice *distributor =
        tree_device(t, v3 ? SEP_VDEVICE_GICV3_DISTRIBUTOR : SEP_VDEVICE_GICV2_DISTRIBUTOR);
    const struct vdevice *interfaces =
        tree_device(t, v3 ? SEP_VDEVICE_GICV3_REDISTRIBUTORS : SEP_VDEVICE_GICV2_INTERFACE);
    const struct tree_range reg[] = {{distributor->start, distributor->size},
                                     {interfaces->start, interfaces->size}};

    tree_begin_at(t, "interrupt-controller", distributor->start);
    tree_text(t, "compatible", v3 ? "arm,gic-v3" : "arm,cortex-a15-gic");
    tree_cell(t, "#interrupt-cells", 3);
    tree_cell(t, "#address-cells", 0);
    tree_flag(t, "interrupt-controller");
    tree_reg(t, reg, 2);
    tree_cell(t, "phandle", TREE_PHANDLE_CONTROLLER);
    tree_end(t);
}

static void put_clock(struct tree *t)
{
    tree_begin(t, "clock");
    tree_text(t, "compatible", "fixed-clock");
    tree_cell(t, "#clock-cells", 0);
    tree_cell(t, "clock-frequency", (uint32_t)t->board->virtual.clock);
    tree_cell(t, "phandle", TREE_PHANDLE_CLOCK);
    tree_end(t);
}

static void put_console(struct tree *t)
{
    static const uint32_t clocks[] = {TREE_PHANDLE_CLOCK, TREE_PHANDLE_CLOCK};
    const struct vdevice *console = tree_device(t, SEP_VDEVICE_PL011);

    if (console != NULL) {
        const struct tree_range reg = {console->start, console->size};

        tree_begin_at(t, "serial", console->start);
        tree_texts(t, "compatible", "arm,pl011 arm,primecell");
        tree_reg(t, &reg, 1);
        tree_interrupts(t, &console->interrupt, 1, TREE_LEVEL_HIGH);
        tree_cells(t, "clocks", clocks, 2);
        tree_texts(t, "clock-names", "uartclk apb_pclk");
        tree_end(t);
    }
}

static void put_root(struct tree *t, struct tree_ramdisk ramdisk)
{
    tree_begin(t, "");
    tree_cell(t, "#address-cells", 2);
    tree_cell(t, "#size-cells", 2);
    tree_cell(t, "interrupt-parent", TREE_PHANDLE_CONTROLLER);
    tree_text(t, "compatible", "septum,partition");
    tree_text(t, "model",
              pool_printf(t->c->pool, "%s of %s", t->p->name.text, t->c->s->sys->name.text));
    put_chosen(t, ramdisk);
    put_memory(t);
    put_processors(t);
    put_timer(t);
    put_controller(t);
    put_clock(t);
    put_console(t);
    tree_assigned(t);
    tree_end(t);
}

static bool write(struct tree *t, struct tree_ramdisk ramdisk)
{
    t->buffer = pool_alloc(t->c->pool, t->size);
    t->failed = fdt_create(t->buffer, (int)t->size) != 0 || fdt_finish_reservemap(t->buffer) != 0;
    put_root(t, ramdisk);
    return !t->failed && fdt_finish(t->buffer) == 0;
}

struct bytes tree_make(struct compile *c, const struct unit *u, struct tree_ramdisk ramdisk)
{
    struct tree t = {.c = c,
                     .board = c->s->board,
                     .p = u->p,
                     .size = FIRST_SIZE,
                     .devices = vdevices_of(c->s->board, u->p)};

    while (!write(&t, ramdisk)) {
        t.size *= 2;
    }
    return (struct bytes){t.buffer, fdt_totalsize(t.buffer)};
}
