// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Which memory area holds a range.

#include <kernel/config.h>

const struct sep_cfg_area *config_area(const struct sep_cfg_partition *partition, uintptr_t start,
                                       uintptr_t size, uint32_t rights)
{
    const struct sep_cfg_area *area = &config.area[partition->areas.first];
    const struct sep_cfg_area *end = area + partition->areas.count;

    for (; area != end; area++) {
        uintptr_t offset = start - (uintptr_t)area->virtual_start;

        // Start below the area: the offset wraps to at least -virtual_start, and areas end below the
        // last address, so it is beyond this area's size.
        if (offset < (uintptr_t)area->size && size <= (uintptr_t)area->size - offset) {
            return (area->flags & rights) == rights ? area : NULL;
        }
    }
    return NULL;
}
