// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual devices of one partition that is an unmodified operating system.

#include "model/vdevices.h"

#include <septum/irq.h>

// Sizes that the architecture gives them.
#define GICV3_DISTRIBUTOR_SIZE 0x10000u
#define GICV3_REDISTRIBUTOR_SIZE 0x20000u
#define GICV2_DISTRIBUTOR_SIZE 0x1000u
#define GICV2_INTERFACE_PAGE 0x1000u // the hardware's; as much is emulated behind it
#define PL011_SIZE 0x1000u

static void add(struct vdevices *v, const struct board *board, struct vdevice device)
{
    uint64_t granule = board->granule;

    device.mapped = (device.mapped + granule - 1) / granule * granule;
    device.size = device.mapped + (device.size + granule - 1) / granule * granule;
    v->list[v->count++] = device;
}

static bool has_doorbells(const struct sys_partition *p)
{
    bool found = p->ipvi_count != 0;

    for (size_t i = 0; i < p->area_count; i++) {
        found = found || p->areas[i].doorbell.ok;
    }
    return found;
}

static void add_controller(struct vdevices *v, const struct board *board,
                           const struct sys_partition *p)
{
    const struct virtual_devices *of = &board->virtual;

    if (of->controller == CONTROLLER_GICV3) {
        add(v, board,
            (struct vdevice){.name = "the interrupt controller's distributor",
                             .kind = SEP_VDEVICE_GICV3_DISTRIBUTOR,
                             .start = of->distributor,
                             .size = GICV3_DISTRIBUTOR_SIZE});
        add(v, board,
            (struct vdevice){.name = "the interrupt controller's redistributors",
                             .kind = SEP_VDEVICE_GICV3_REDISTRIBUTORS,
                             .start = of->interfaces,
                             .size = p->vcpus.value * GICV3_REDISTRIBUTOR_SIZE});
    } else {
        add(v, board,
            (struct vdevice){.name = "the interrupt controller's distributor",
                             .kind = SEP_VDEVICE_GICV2_DISTRIBUTOR,
                             .start = of->distributor,
                             .size = GICV2_DISTRIBUTOR_SIZE});
        add(v, board,
            (struct vdevice){.name = "the interrupt controller's interface",
                             .kind = SEP_VDEVICE_GICV2_INTERFACE,
                             .start = of->interfaces,
                             .size = GICV2_INTERFACE_PAGE,
                             .mapped = GICV2_INTERFACE_PAGE,
                             .hardware = of->interface_hardware});
    }
}

struct vdevices vdevices_of(const struct board *board, const struct sys_partition *p)
{
    const struct virtual_devices *of = &board->virtual;
    struct vdevices v = {.count = 0};

    if (p->os.line == 0 || of->processor == NULL) {
        return v;
    }
    add_controller(&v, board, p);
    if (p->console.given) {
        add(&v, board,
            (struct vdevice){.name = "the console",
                             .kind = SEP_VDEVICE_PL011,
                             .start = of->console,
                             .size = PL011_SIZE,
                             .interrupt = of->console_interrupt,
                             .interrupts = 1});
    }
    if (has_doorbells(p)) {
        add(&v, board,
            (struct vdevice){.name = "the doorbells",
                             .kind = SEP_VDEVICE_DOORBELLS,
                             .start = of->doorbells,
                             .size = SEP_IPVI_COUNT * board->granule,
                             .interrupt = of->doorbells_interrupt,
                             .interrupts = SEP_IPVI_COUNT});
    }
    return v;
}

bool vdevices_inside(const struct device *device, const struct sys_area *range)
{
    return range->start.ok && range->size.ok && device->start >= range->start.value &&
           device->start - range->start.value < range->size.value &&
           device->size <= range->size.value - (device->start - range->start.value);
}

bool vdevices_ring(const struct sys_partition *p, uint64_t id)
{
    for (size_t i = 0; i < p->ipvi_count; i++) {
        if (p->ipvis[i].id.ok && p->ipvis[i].id.value == id) {
            return true;
        }
    }
    return false;
}

static bool names(const struct sys *sys, const struct sys_ipvi *ipvi, const struct sys_partition *p)
{
    for (size_t i = 0; i < ipvi->target_count; i++) {
        if (&sys->partitions[ipvi->targets[i]] == p) {
            return true;
        }
    }
    return false;
}

bool vdevices_rung(const struct sys *sys, const struct sys_partition *p, uint64_t id)
{
    for (size_t i = 0; i < sys->partition_count; i++) {
        const struct sys_partition *by = &sys->partitions[i];

        for (size_t k = 0; k < by->ipvi_count; k++) {
            const struct sys_ipvi *ipvi = &by->ipvis[k];

            if (ipvi->id.ok && ipvi->id.value == id && names(sys, ipvi, p)) {
                return true;
            }
        }
    }
    return false;
}
