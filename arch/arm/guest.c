// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Copies from and to the current partition's memory, piece by piece of what its tables map.

#include <hal/guest.h>

#include <arch/copy.h>

bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
{
    uint8_t *target = to;
    uint64_t left = size;
    uint64_t address = from.value;

    while (left != 0u) {
        struct guest_place place = guest_find(address, SPACE_READ);
        uint64_t piece = left < place.left ? left : place.left;

        if (piece == 0u) {
            return false;
        }
        copy(target, place.at, piece);
        target += piece;
        address += piece;
        left -= piece;
    }
    return true;
}

bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
{
    const uint8_t *source = from;
    uint64_t left = size;
    uint64_t address = to.value;

    while (left != 0u) {
        struct guest_place place = guest_find(address, SPACE_WRITE);
        uint64_t piece = left < place.left ? left : place.left;

        if (piece == 0u) {
            return false;
        }
        copy(place.at, source, piece);
        source += piece;
        address += piece;
        left -= piece;
    }
    return true;
}
