// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Which memory area holds a range.

#include <kernel/config.h>

const struct sep_cfg_area *config_area_at(const struct sep_cfg_partition *partition,
                                          uintptr_t start, uintptr_t size)
{
    const struct sep_cfg_area *area = &config.area[partition->areas.first];
    const struct sep_cfg_area *end = area + partition->areas.count;

    for (; area != end; area++) {
        // Start below the area: the offset wraps to at least -virtual_start, and areas end below the
        // last address, so it is beyond this area's size.
        uintptr_t offset = start - (uintptr_t)area->virtual_start;
        uintptr_t left = (uintptr_t)area->size;

        if (offset < left) {
            left -= offset;
            if (size <= left) {
                return area;
            }
        }
    }
    return NULL;
}
