// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: virtual devices of unmodified operating
// systems.

#include <hal/build_info.h>
#include <kernel/config.h>
#include <kernel/range.h>
#include <septum/info.h>

#define GRANULE ((uintptr_t)HAL_BUILD_GRANULE)
#define GUEST_FIRST (HAL_BUILD_GUEST_FIRST * GRANULE)
#define GUEST_SIZE ((HAL_BUILD_GUEST_LAST - HAL_BUILD_GUEST_FIRST + 1u) * GRANULE)

// An access reaches the emulation only where nothing is mapped.
static bool is_free(const struct sep_cfg_partition *p, const struct sep_cfg_vdevice *device)
{
    uintptr_t start = (uintptr_t)device->start;
    uintptr_t size = (uintptr_t)device->size;

    CONFIG_EACH (area, area, p->areas) {
        if (range_overlap(start, size, (uintptr_t)area->virtual_start, (uintptr_t)area->size)) {
            return false;
        }
    }
    for (const struct sep_cfg_vdevice *other = config.vdevice + p->vdevices.first; other != device;
         other++) {
        if (range_overlap(start, size, (uintptr_t)other->start, (uintptr_t)other->size)) {
            return false;
        }
    }
    return true;
}

bool config_check_vdevices(const struct sep_cfg_partition *p)
{
    if ((p->flags & SEP_PARTITION_UNMODIFIED) == 0u) {
        return p->vdevices.count == 0u;
    }
    CONFIG_EACH (vdevice, device, p->vdevices) {
        uintptr_t start = (uintptr_t)device->start;
        uintptr_t size = (uintptr_t)device->size;

        if (device->kind >= SEP_VDEVICE_COUNT || size == 0u || ((start | size) % GRANULE) != 0u ||
            !range_inside(start, size, GUEST_FIRST, GUEST_SIZE) || !is_free(p, device)) {
            return false;
        }
    }
    return true;
}
