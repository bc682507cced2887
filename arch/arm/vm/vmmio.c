// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Accesses of partitions to emulated devices.

#include <vm/vmmio.h>

#define ISS_VALID (1u << 24)
#define ISS_SIZE(esr) (1u << ((esr) >> 22 & 3u))
#define ISS_SIGN (1u << 21)
#define ISS_TARGET(esr) ((esr) >> 16 & 31u)
#define ISS_WIDE (1u << 15)
#define ISS_NO_ADDRESS (1u << 10)
#define ISS_MAINTENANCE (1u << 8)
#define ISS_WALK (1u << 7) // while a table of the partition was read
#define ISS_WRITE (1u << 6)
#define ISS_STATUS 0x3cu // without the level
#define STATUS_TRANSLATION 0x04u

#define HPFAR_PAGE(hpfar) (((hpfar) & 0x00000ffffffffff0ull) << 8)
#define PAGE_OFFSET 0xfffu

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
    address -= map->region[high].start;
    if (address >= map->region[high].size || size > map->region[high].size - address) {
        return NULL;
    }
    return &map->region[high];
}

bool vmmio_decode(uint32_t esr, uint64_t hpfar, uint64_t far, struct vmmio_access *access)
{
    if ((esr & (ISS_VALID | ISS_NO_ADDRESS | ISS_MAINTENANCE | ISS_WALK)) != ISS_VALID ||
        (esr & ISS_STATUS) != STATUS_TRANSLATION) {
        return false;
    }
    *access = (struct vmmio_access){
        .address = HPFAR_PAGE(hpfar) | (far & PAGE_OFFSET),
        .size = ISS_SIZE(esr),
        .target = ISS_TARGET(esr),
        .write = (esr & ISS_WRITE) != 0u,
        .sign = (esr & ISS_SIGN) != 0u,
        .wide = (esr & ISS_WIDE) != 0u,
    };
    return true;
}

uint64_t vmmio_loaded(const struct vmmio_access *access, uint64_t value)
{
    uint32_t bits = access->size * 8u;

    if (bits < 64u) {
        uint64_t top = 1ull << (bits - 1u);

        value &= (top << 1) - 1u;
        if (access->sign) {
            value = (value ^ top) - top;
        }
    }
    return access->wide ? value : (uint32_t)value;
}
