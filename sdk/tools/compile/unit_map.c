// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a partition sees: its areas and device ranges, its files and its information block.

#include "compile/unit.h"

#include <inttypes.h>
#include <stdlib.h>

#include <septum/info.h>

#include "base/units.h"
#include "model/vdevices.h"

struct span {
    uint64_t first, last;
};

static struct span guest_range(const struct compile *c)
{
    uint64_t granule = c->target.granule;

    return (struct span){c->target.guest_first * granule,
                         c->target.guest_last * granule + (granule - 1)};
}

static struct unit_mapping *add(struct compile *c, struct unit *u, const char *name, size_t blob)
{
    struct unit_mapping *m = POOL_PUSH(c->pool, u->mappings, u->mapping_count);

    m->name = name;
    m->blob = blob;
    return m;
}

static void check_range(struct compile *c, const struct unit *u, const struct unit_mapping *m,
                        unsigned line)
{
    struct span guest = guest_range(c);

    if (m->virtual < guest.first || m->virtual > guest.last ||
        m->size - 1 > guest.last - m->virtual) {
        diag_add(&c->s->diags, RULE_GUEST_RANGE, line,
                 "'%s' of partition '%s' is mapped at [0x%08" PRIx64 ", 0x%08" PRIx64 "]" MEND
                 "partitions have [0x%08" PRIx64 ", 0x%08" PRIx64 "], choose mappedAt inside it",
                 m->name, u->p->name.text, m->virtual, m->virtual + m->size - 1, guest.first,
                 guest.last);
    }
}

static void add_areas(struct compile *c, struct unit *u, const struct sys_area *areas, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct unit_mapping *m = add(c, u, areas[i].name.text, NO_BLOB);

        m->virtual = areas[i].mapped.value;
        m->physical = areas[i].start.value;
        m->size = areas[i].size.value;
        m->flags = areas[i].flags;
        check_range(c, u, m, areas[i].mapped.line);
    }
}

static const struct unit_mapping *taken(const struct unit *u, uint64_t start, uint64_t size)
{
    for (size_t i = 0; i < u->mapping_count; i++) {
        const struct unit_mapping *m = &u->mappings[i];

        if (m->size != 0 && start < m->virtual + m->size && m->virtual < start + size) {
            return m;
        }
    }
    return NULL;
}

// The first free address from where the search begins.
static bool search(const struct compile *c, const struct unit *u, uint64_t from, uint64_t size,
                   uint64_t *found)
{
    struct span guest = guest_range(c);
    const struct unit_mapping *m;

    for (*found = from; (m = taken(u, *found, size)) != NULL; *found = m->virtual + m->size) {
    }
    return *found >= guest.first && *found <= guest.last && size - 1 <= guest.last - *found;
}

// Above the partition's memory, so that no further page table is needed; below it when all is full.
static uint64_t choose(struct compile *c, const struct unit *u, const char *name, uint64_t size)
{
    uint64_t top = guest_range(c).first;
    uint64_t found = 0;

    for (size_t i = 0; i < u->p->area_count; i++) {
        uint64_t end = u->p->areas[i].mapped.value + u->p->areas[i].size.value;

        top = end > top ? end : top;
    }
    if (!search(c, u, top, size, &found) && !search(c, u, guest_range(c).first, size, &found)) {
        diag_add(&c->s->diags, RULE_NO_ADDRESS, u->p->line,
                 "partition '%s' has no free address for '%s' (%s)" MEND
                 "map its areas closer together with mappedAt",
                 u->p->name.text, name, units_print_size(c->pool, size));
    }
    return found;
}

static void check_free(struct compile *c, const struct unit *u, const struct sys_file *file,
                       uint64_t size)
{
    const struct unit_mapping *m = taken(u, file->mapped.value, size);

    if (m != NULL) {
        diag_add(&c->s->diags, RULE_VIRTUAL_OVERLAP, file->mapped.line,
                 "partition '%s' sees file '%s' at [0x%08" PRIx64 ", 0x%08" PRIx64
                 "] and '%s' at [0x%08" PRIx64 ", 0x%08" PRIx64 "]" MEND
                 "map one of them elsewhere with mappedAt, or leave it out of File",
                 u->p->name.text, file->name.text, file->mapped.value,
                 file->mapped.value + size - 1, m->name, m->virtual, m->virtual + m->size - 1);
    }
}

// Files with an address first, so that the others are put where room is left.
static void add_file(struct compile *c, struct unit *u, size_t index, bool with_address)
{
    const struct sys_file *file = &u->p->files[index];
    uint64_t length = u->files[index].size;
    uint64_t size = target_round(length == 0 ? 1 : length, c->target.granule);
    uint64_t address;
    struct unit_mapping *m;

    if (file->mapped.given != with_address) {
        return;
    }
    if (with_address) {
        check_free(c, u, file, size);
        address = file->mapped.value;
    } else {
        address = choose(c, u, file->name.text, size);
    }
    m = add(c, u, file->name.text, index + 1);
    m->virtual = address;
    m->size = size;
    m->length = length;
    m->flags = SEP_AREA_READ | SEP_AREA_FILE;
    check_range(c, u, m, file->mapped.line);
}

static void add_info(struct compile *c, struct unit *u)
{
    uint64_t size = target_round(unit_info_size(u), c->target.granule);
    uint64_t address = choose(c, u, "information block", size);
    struct unit_mapping *m = add(c, u, ".info", u->p->file_count + 1);

    m->virtual = address;
    m->size = size;
    m->flags = SEP_AREA_READ | SEP_AREA_INFO;
    u->start_argument = address;
}

// Registers of the hardware that a virtual device begins with. Who runs has them to himself.
static void add_hardware(struct compile *c, struct unit *u)
{
    struct vdevices devices = vdevices_of(c->s->board, u->p);

    for (size_t i = 0; i < devices.count; i++) {
        if (devices.list[i].mapped != 0) {
            struct unit_mapping *m = add(c, u, ".interface", NO_BLOB);

            m->virtual = devices.list[i].start;
            m->physical = devices.list[i].hardware;
            m->size = devices.list[i].mapped;
            m->flags = SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_DEVICE | SEP_AREA_UNCACHED |
                       SEP_AREA_SHARED;
        }
    }
}

static int compare(const void *left, const void *right)
{
    uint64_t a = ((const struct unit_mapping *)left)->virtual;
    uint64_t b = ((const struct unit_mapping *)right)->virtual;

    return (a > b) - (a < b);
}

void unit_map(struct compile *c, struct unit *u)
{
    add_areas(c, u, u->p->areas, u->p->area_count);
    add_areas(c, u, u->p->ranges, u->p->range_count);
    add_hardware(c, u);
    for (size_t i = 0; i < 2 * u->p->file_count; i++) {
        add_file(c, u, i % u->p->file_count, i < u->p->file_count);
    }
    if (u->p->os.line == 0) {
        add_info(c, u);
    }
    qsort(u->mappings, u->mapping_count, sizeof *u->mappings, compare);
}
