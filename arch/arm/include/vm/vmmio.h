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

/// The region that holds all of an access; NULL: none does. Bound: digits of the number of regions.
const struct vmmio_region *vmmio_find(const struct vmmio_map *map, uint64_t address, uint32_t size);

/// What an access was, of a data abort from the second stage of translation. False: the processor does not say, as of
/// instructions that move several registers, or it was no missing translation. Bound: constant.
bool vmmio_decode(uint32_t esr, uint64_t hpfar, uint64_t far, struct vmmio_access *access);

/// What a load puts into its register.
uint64_t vmmio_loaded(const struct vmmio_access *access, uint64_t value);

#endif
