// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Accesses of partitions to emulated devices.

#include <vm/vmmio.h>

bool vmmio_add(struct vmmio_map *map, uint64_t start, uint64_t size, uint32_t kind)
{
    uint32_t at = map->count;

    if (at == VMMIO_REGIONS_MAX) {
        return false;
    }
    for (; at != 0u && map->region[at - 1u].start > start; at--) {
        map->region[at] = map->region[at - 1u];
    }
    map->region[at] = (struct vmmio_region){.start = start, .size = size, .kind = kind};
    map->count++;
    return true;
}

const struct vmmio_region *vmmio_find(const struct vmmio_map *map, uint64_t address, uint32_t size)
{
    uint32_t low = 0;
    uint32_t high = map->count;

    // The first region that begins behind the address is number high.
    while (low < high) {
        uint32_t middle = (low + high) / 2u;

        if (map->region[middle].start <= address) {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    if (high == 0u) {
        return NULL;
    }
    high--;
    return vmmio_holds(&map->region[high], address, size) ? &map->region[high] : NULL;
}
