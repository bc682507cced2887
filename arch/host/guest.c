// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Partition memory through tables, rights and cache.

#include <arch/host.h>

#include <string.h>

#include <hal/guest.h>
#include <septum/info.h>

#define GRANULE 4096u

static void read_piece(const struct hal_space *space, uintptr_t address,
                       const struct host_mapping *mapping, void *to, uint32_t size)
{
    if (host.threads || (mapping->flags & (SEP_AREA_UNCACHED | SEP_AREA_DEVICE)) != 0u) {
        memcpy(to, host_memory(mapping->physical, size), size);
    } else {
        host_cache_read(space, address, mapping->physical, to, size);
    }
}

static void write_piece(const struct hal_space *space, uintptr_t address,
                        const struct host_mapping *mapping, const void *from, uint32_t size)
{
    if (host.threads || (mapping->flags & (SEP_AREA_UNCACHED | SEP_AREA_DEVICE)) != 0u) {
        memcpy(host_memory(mapping->physical, size), from, size);
    } else {
        host_cache_write(space, address, mapping->physical, from, size);
    }
}

/// The longest piece of a range within one granule.
static uint32_t piece_of(uintptr_t address, uint32_t size)
{
    uint32_t rest = GRANULE - (uint32_t)(address % GRANULE);

    return size < rest ? size : rest;
}

static bool read_range(const struct hal_space *space, uintptr_t from, void *to, uint32_t size,
                       uint32_t rights)
{
    uint8_t *out = to;

    if (from + size < from) {
        return false;
    }
    while (size != 0u) {
        struct host_mapping mapping;
        uint32_t piece = piece_of(from, size);

        if (!host_space_translate(space, from, rights, &mapping)) {
            return false;
        }
        read_piece(space, from, &mapping, out, piece);
        out += piece;
        from += piece;
        size -= piece;
    }
    return true;
}

bool host_space_read(const struct hal_space *space, uintptr_t from, void *to, uint32_t size)
{
    return read_range(space, from, to, size, SEP_AREA_READ);
}

bool host_space_fetch(const struct hal_space *space, uintptr_t from, void *to, uint32_t size)
{
    return read_range(space, from, to, size, SEP_AREA_EXECUTE);
}

bool host_space_write(const struct hal_space *space, uintptr_t to, const void *from, uint32_t size)
{
    const uint8_t *in = from;

    if (to + size < to) {
        return false;
    }
    while (size != 0u) {
        struct host_mapping mapping;
        uint32_t piece = piece_of(to, size);

        if (!host_space_translate(space, to, SEP_AREA_WRITE, &mapping)) {
            return false;
        }
        write_piece(space, to, &mapping, in, piece);
        in += piece;
        to += piece;
        size -= piece;
    }
    return true;
}

bool hal_guest_read(void *to, hal_guest_t from, uint32_t size)
{
    host_work(size);
    return host_space_read(host.cpu[host_cpu].space, from.value, to, size);
}

bool hal_guest_write(hal_guest_t to, const void *from, uint32_t size)
{
    host_work(size);
    return host_space_write(host.cpu[host_cpu].space, to.value, from, size);
}
