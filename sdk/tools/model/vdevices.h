// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The virtual devices of one partition that is an unmodified operating system.

#ifndef SEPTUM_TOOL_VDEVICES_H
#define SEPTUM_TOOL_VDEVICES_H

#include <septum/config.h>

#include "model/system.h"

struct vdevice {
    const char *name; ///< for messages
    enum sep_vdevice kind;
    uint64_t start, size; ///< guest-physical, whole granules
    uint64_t interrupt;   ///< first one at the guest's interrupt controller
    uint64_t interrupts;  ///< how many
    /// Bytes at its beginning that are registers of the hardware, mapped into the partition, and their
    /// physical address; 0: all of it is the hypervisor's emulation.
    uint64_t mapped, hardware;
};

#define VDEVICES_MAX 4u

struct vdevices {
    struct vdevice list[VDEVICES_MAX];
    size_t count;
};

/// What the board's description gives the partition: the interrupt controller always, a console where
/// the partition has one, doorbells where it rings or is rung.
struct vdevices vdevices_of(const struct board *board, const struct sys_partition *p);

/// Whether the partition raises inter-partition interrupt `id`; whether one of the system raises it at
/// the partition.
bool vdevices_ring(const struct sys_partition *p, uint64_t id);
bool vdevices_rung(const struct sys *sys, const struct sys_partition *p, uint64_t id);

/// Whether a device of the board lies inside a range that the partition has.
bool vdevices_inside(const struct device *device, const struct sys_area *range);

#endif
