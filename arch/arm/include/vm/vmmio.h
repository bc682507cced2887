// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition's load or store to an address where nothing is mapped: what the processor says of it, and which
// emulated device it means.
//
// Source: Arm Architecture Reference Manual for A-profile (DDI 0487), D19.2.37 ESR_EL1, ISS encoding for an exception
// from a Data Abort; D19.2.59 HPFAR_EL2.

#ifndef VM_VMMIO_H
#define VM_VMMIO_H

#include <septum/types.h>

#define VMMIO_REGIONS_MAX 8u

/// A device's addresses. kind: the caller's.
struct vmmio_region {
    uint64_t start;
    uint64_t size;
    uint32_t kind;
};

/// Sorted by address, none overlaps another.
struct vmmio_map {
    struct vmmio_region region[VMMIO_REGIONS_MAX];
    uint32_t count;
};

/// One access.
struct vmmio_access {
    uint64_t address; ///< guest-physical
    uint32_t size;    ///< 1, 2, 4 or 8 bytes
    uint32_t target;  ///< register; 31: none, reads as zero
    bool write;
    bool sign; ///< what is loaded is extended by its sign
    bool wide; ///< to 64 bits, else to 32
};

/// Puts a region in. False: no room. Boot only.
bool vmmio_add(struct vmmio_map *map, uint64_t start, uint64_t size, uint32_t kind);

/// Whether a region holds all of an access of at most 8 bytes. Hot.
static inline bool vmmio_holds(const struct vmmio_region *region, uint64_t address, uint32_t size)
{
    uint64_t offset = address - region->start;

    return offset < region->size && size <= region->size - offset;
}

/// The region that holds all of an access; NULL: none does. Bound: digits of the number of regions.
const struct vmmio_region *vmmio_find(const struct vmmio_map *map, uint64_t address, uint32_t size);

#define VMMIO_ISS_VALID (1u << 24)
#define VMMIO_ISS_SIZE(esr) (1u << ((esr) >> 22 & 3u))
#define VMMIO_ISS_SIGN (1u << 21)
#define VMMIO_ISS_TARGET(esr) ((esr) >> 16 & 31u)
#define VMMIO_ISS_WIDE (1u << 15)
#define VMMIO_ISS_NO_ADDRESS (1u << 10)
#define VMMIO_ISS_MAINTENANCE (1u << 8)
#define VMMIO_ISS_WALK (1u << 7) // while a table of the partition was read
#define VMMIO_ISS_WRITE (1u << 6)
#define VMMIO_ISS_STATUS 0x3cu // without the level
#define VMMIO_STATUS_TRANSLATION 0x04u

#define VMMIO_HPFAR_PAGE(hpfar) (((hpfar) & 0x00000ffffffffff0ull) << 8)
#define VMMIO_PAGE_OFFSET 0xfffu

/// Of a syndrome: whether it is of a load or store of at most a word, without a sign, at an address where nothing is
/// mapped, as most are; the register; the direction.
static inline bool vmmio_is_simple(uint32_t esr)
{
    return (esr & (VMMIO_ISS_VALID | VMMIO_ISS_SIGN | VMMIO_ISS_NO_ADDRESS | VMMIO_ISS_MAINTENANCE |
                   VMMIO_ISS_WALK | VMMIO_ISS_STATUS)) ==
               (VMMIO_ISS_VALID | VMMIO_STATUS_TRANSLATION) &&
           VMMIO_ISS_SIZE(esr) <= 4u;
}

static inline uint32_t vmmio_target(uint32_t esr)
{
    return VMMIO_ISS_TARGET(esr);
}

static inline bool vmmio_is_write(uint32_t esr)
{
    return (esr & VMMIO_ISS_WRITE) != 0u;
}

/// What of a word fits a simple one.
static inline uint32_t vmmio_word(uint32_t esr, uint32_t value)
{
    return value & (UINT32_MAX >> (32u - 8u * VMMIO_ISS_SIZE(esr)));
}

/// The guest-physical address.
static inline uint64_t vmmio_address(uint64_t hpfar, uint64_t far)
{
    return VMMIO_HPFAR_PAGE(hpfar) | (far & VMMIO_PAGE_OFFSET);
}

/// What an access was, of a data abort from the second stage of translation. False: the processor does not say, as of
/// instructions that move several registers, or it was no missing translation. Bound: constant; hot.
static inline bool vmmio_decode(uint32_t esr, uint64_t hpfar, uint64_t far,
                                struct vmmio_access *access)
{
    if ((esr & (VMMIO_ISS_VALID | VMMIO_ISS_NO_ADDRESS | VMMIO_ISS_MAINTENANCE | VMMIO_ISS_WALK)) !=
            VMMIO_ISS_VALID ||
        (esr & VMMIO_ISS_STATUS) != VMMIO_STATUS_TRANSLATION) {
        return false;
    }
    *access = (struct vmmio_access){
        .address = vmmio_address(hpfar, far),
        .size = VMMIO_ISS_SIZE(esr),
        .target = VMMIO_ISS_TARGET(esr),
        .write = (esr & VMMIO_ISS_WRITE) != 0u,
        .sign = (esr & VMMIO_ISS_SIGN) != 0u,
        .wide = (esr & VMMIO_ISS_WIDE) != 0u,
    };
    return true;
}

/// What a load puts into its register. Hot.
static inline uint64_t vmmio_loaded(const struct vmmio_access *access, uint64_t value)
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

#endif
