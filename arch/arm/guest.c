// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Copies from and to the current partition's memory, page by page.

#include <hal/guest.h>

#include <arch/copy.h>

// Entry of a table that a descriptor points to.
static uint64_t entry_of(uint64_t table, uint64_t address, uint32_t shift)
{
    return ((const uint64_t *)(table & TABLE_ADDRESS))[(address >> shift) % TABLE_ENTRIES];
}

// Where the hypervisor has an address of the partition's, by the tables: NULL if it has not the right
// (SPACE_READ, SPACE_WRITE), or if there is no memory. Devices are none: copying from and to them would
// depend on how it is done. Whether the partition, too, accesses it through the cache.
static uint8_t *find(uint64_t address, uint64_t right, bool *cached)
{
    const uint64_t needed = TABLE_VALID | right;
    uint64_t entry = SYSREG_READ(vttbr_el2) | TABLE_TABLE;
    uint32_t shift = TABLE_BITS;

    if (address >> TABLE_BITS != 0u) {
        return NULL;
    }
    while (shift != TABLE_L3_SHIFT && (entry & TABLE_TABLE) == TABLE_TABLE) {
        shift -= TABLE_BITS_LEVEL;
        entry = entry_of(entry, address, shift);
    }
    if ((entry & needed) != needed || (entry & SPACE_MEMORY) == SPACE_DEVICE) {
        return NULL;
    }
    *cached = (entry & SPACE_MEMORY) == SPACE_CACHED;
    return (uint8_t *)((entry & TABLE_ADDRESS) + (address & ((1ull << shift) - 1u)));
}

bool guest_write64(uint64_t to, uint64_t value)
{
    bool cached;
    uint8_t *place = find(to, SPACE_WRITE, &cached);

    if (place == NULL || to % sizeof(value) != 0u) {
        return false;
    }
    *(uint64_t *)(void *)place = value;
    if (!cached) {
        cache_drop(place, sizeof(value));
    }
    return true;
}

static uint64_t to_page_end(uint64_t address, uint64_t size)
{
    uint64_t left = TABLE_PAGE - address % TABLE_PAGE;

    return size < left ? size : left;
}

// Several pages, or not plain memory.
__attribute__((noinline)) static bool read_pages(uint8_t *to, uint64_t from, uint64_t size)
{
    while (size != 0u) {
        bool cached;
        const uint8_t *place = find(from, SPACE_READ, &cached);
        uint64_t piece = to_page_end(from, size);

        if (place == NULL) {
            return false;
        }
        if (!cached) {
            cache_drop(place, piece);
        }
        (void)copy(to, place, piece);
        to += piece;
        from += piece;
        size -= piece;
    }
    return true;
}

bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
{
    uint64_t answer = GUEST_ASK(s12e1r, from.value);

    if ((answer & GUEST_CACHED) == 0u || (from.value & GUEST_OFFSET) + size > TABLE_PAGE ||
        !guest_is_plain()) {
        return read_pages(to, from.value, size);
    }
    return copy(to, guest_place(answer, from.value), size);
}

__attribute__((noinline)) static bool write_pages(uint64_t to, const uint8_t *from, uint64_t size)
{
    while (size != 0u) {
        bool cached;
        uint8_t *place = find(to, SPACE_WRITE, &cached);
        uint64_t piece = to_page_end(to, size);

        if (place == NULL) {
            return false;
        }
        (void)copy(place, from, piece);
        if (!cached) {
            cache_drop(place, piece);
        }
        from += piece;
        to += piece;
        size -= piece;
    }
    return true;
}

bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
{
    uint64_t answer = GUEST_ASK(s12e1w, to.value);

    if ((answer & GUEST_CACHED) == 0u || (to.value & GUEST_OFFSET) + size > TABLE_PAGE ||
        !guest_is_plain()) {
        return write_pages(to.value, from, size);
    }
    return copy(guest_place(answer, to.value), from, size);
}
