// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// A write-through cache of 32-byte lines, tagged by space and virtual address. What guests write
// reaches memory at once and other spaces' copies of it are dropped, as a snooping cache does; what
// the hypervisor writes past the cache (hal/phys.h) is seen by nobody who holds an old line, until
// the hypervisor says so.
//
// Two things make it a bad-tempered cache, so that every call of hal/cache.h is needed. A line that
// was dropped is fetched again just before the hypervisor writes past the cache (a processor may
// prefetch at any time), so that hal_cache_written() is missed; and a line that is still held then
// is counted as a conflict (another cache might write it back later), so that hal_cache_forget() is.

#include <arch/host.h>

#include <string.h>

#include <hal/cache.h>

#define LINE 32u
#define LINES 512u

struct line {
    const struct hal_space *space; ///< NULL: empty
    bool dropped;                  ///< holds nothing, but may be fetched again
    uintptr_t address;
    uint64_t physical;
    uint8_t data[LINE];
};

static struct line cache[LINES];

void host_cache_reset(void)
{
    memset(cache, 0, sizeof(cache));
}

static struct line *line_of(uintptr_t address)
{
    return &cache[(address / LINE) % LINES];
}

static bool line_holds(const struct line *line, const struct hal_space *space, uintptr_t address)
{
    return line->space == space && !line->dropped && line->address == address - address % LINE;
}

static uint32_t piece_size(uintptr_t address, uint32_t size)
{
    uint32_t rest = LINE - (uint32_t)(address % LINE);

    return size < rest ? size : rest;
}

void host_cache_read(const struct hal_space *space, uintptr_t address, uint64_t physical, void *to,
                     uint32_t size)
{
    uint8_t *out = to;

    while (size != 0u) {
        struct line *line = line_of(address);
        uint32_t piece = piece_size(address, size);
        uint32_t offset = (uint32_t)(address % LINE);

        if (!line_holds(line, space, address)) {
            line->space = space;
            line->dropped = false;
            line->address = address - offset;
            line->physical = physical - offset;
            memcpy(line->data, host_memory(line->physical, LINE), LINE);
        }
        memcpy(out, line->data + offset, piece);
        out += piece;
        address += piece;
        physical += piece;
        size -= piece;
    }
}

/// Other spaces' copies of what a guest writes.
static void snoop(const struct hal_space *space, uint64_t physical)
{
    for (uint32_t i = 0; i < LINES; i++) {
        if (cache[i].space != space && cache[i].physical == physical - physical % LINE) {
            cache[i].dropped = true;
        }
    }
}

void host_cache_write(const struct hal_space *space, uintptr_t address, uint64_t physical,
                      const void *from, uint32_t size)
{
    const uint8_t *in = from;

    while (size != 0u) {
        struct line *line = line_of(address);
        uint32_t piece = piece_size(address, size);

        if (line_holds(line, space, address)) {
            memcpy(line->data + address % LINE, in, piece);
        }
        memcpy(host_memory(physical, piece), in, piece);
        snoop(space, physical);
        in += piece;
        address += piece;
        physical += piece;
        size -= piece;
    }
}

uint32_t host_cache_lines(const struct hal_space *space)
{
    uint32_t count = 0;

    for (uint32_t i = 0; i < LINES; i++) {
        count += cache[i].space == space && !cache[i].dropped ? 1u : 0u;
    }
    return count;
}

static bool line_in(const struct line *line, uint64_t start, uint64_t size)
{
    return line->space != NULL && line->physical + LINE > start && line->physical < start + size;
}

void host_cache_bypassed(uint64_t start, uint64_t size)
{
    for (uint32_t i = 0; i < LINES; i++) {
        if (line_in(&cache[i], start, size)) {
            host.count.cache_conflicts += cache[i].dropped ? 0u : 1u;
            cache[i].dropped = false;
            memcpy(cache[i].data, host_memory(cache[i].physical, LINE), LINE);
        }
    }
}

void hal_cache_written(const struct hal_space *space, hal_phys_t start, uint32_t size)
{
    for (uint32_t i = 0; i < LINES; i++) {
        if (cache[i].space == space && line_in(&cache[i], start.value, size)) {
            cache[i].dropped = true;
        }
    }
}

void hal_cache_forget(const struct hal_space *space)
{
    for (uint32_t i = 0; i < LINES; i++) {
        if (cache[i].space == space) {
            cache[i].dropped = true;
        }
    }
}

void hal_cache_mapped(const struct hal_space *space)
{
    // The one place where the simulated hardware learns of new tables; the kernel's handle is
    // const because translations, not the space, belong to the hardware.
    ((struct hal_space *)(uintptr_t)space)->unannounced = false;
}
