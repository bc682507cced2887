// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition's image: what is copied where at a cold reset.

#include "compile/unit.h"

#include <inttypes.h>

#include <septum/info.h>

#include "image/sha256.h"

#define BLOB_ALIGN 8u

const struct sys_area *unit_area(const struct unit *u, uint64_t address)
{
    for (size_t i = 0; i < u->p->area_count; i++) {
        const struct sys_area *a = &u->p->areas[i];

        if (a->mapped.ok && a->start.ok && a->size.ok && address >= a->mapped.value &&
            address - a->mapped.value < a->size.value) {
            return a;
        }
    }
    return NULL;
}

static void outside(struct compile *c, const struct unit *u, const struct elf_segment *segment,
                    uint64_t address)
{
    diag_add(&c->s->diags, RULE_IMAGE_OUTSIDE, u->p->image.line,
             "image '%s' of partition '%s' loads [0x%08" PRIx64 ", 0x%08" PRIx64
             "], but no memory area holds 0x%08" PRIx64 MEND
             "link it with the addresses of 'septum link', or enlarge the area",
             u->p->image.text, u->p->name.text, segment->virtual,
             segment->virtual + segment->memory_size - 1, address);
}

// Each cold reset would write it under the other partitions' hands, even of one that may only read.
static void shared(struct compile *c, const struct unit *u, const struct elf_segment *segment,
                   const struct sys_area *area)
{
    diag_add(&c->s->diags, RULE_IMAGE_SHARED, u->p->image.line,
             "image '%s' of partition '%s' loads [0x%08" PRIx64 ", 0x%08" PRIx64
             "], but area '%s' there is shared (line %u)" MEND
             "link it into areas that are not shared",
             u->p->image.text, u->p->name.text, segment->virtual,
             segment->virtual + segment->memory_size - 1, area->name.text, area->line);
}

// Cuts a segment where one area ends and the next begins.
static void add_segment(struct compile *c, struct unit *u, const struct elf_segment *segment,
                        uint64_t source)
{
    uint64_t done = 0;

    while (done < segment->memory_size) {
        uint64_t address = segment->virtual + done;
        const struct sys_area *area = unit_area(u, address);
        uint64_t copied = done < segment->content.size ? segment->content.size - done : 0;
        uint64_t room;
        uint64_t part = segment->memory_size - done;

        if (area == NULL) {
            outside(c, u, segment, address);
            return;
        }
        if ((area->flags & SEP_AREA_SHARED) != 0u) {
            shared(c, u, segment, area);
            return;
        }
        room = area->mapped.value + area->size.value - address;
        part = part < room ? part : room;
        *POOL_PUSH(c->pool, u->segments, u->segment_count) = (struct unit_segment){
            area->start.value + (address - area->mapped.value), 0, copied != 0 ? source + done : 0,
            copied < part ? copied : part, part};
        done += part;
    }
}

static void check_entry(struct compile *c, const struct unit *u)
{
    const struct sys_area *area = unit_area(u, u->image.entry);

    if (area == NULL || (area->flags & SEP_AREA_EXECUTE) == 0u) {
        diag_add(&c->s->diags, RULE_IMAGE_ENTRY, u->p->image.line,
                 "image '%s' of partition '%s' starts at 0x%08" PRIx64
                 ", which is in no executable area" MEND
                 "link it with the addresses of 'septum link', or give the area the right 'x'",
                 u->p->image.text, u->p->name.text, u->image.entry);
    }
}

size_t unit_add_blob(struct compile *c, struct unit *u, const char *name,
                     enum sep_cfg_blob_kind kind, struct bytes content)
{
    struct unit_blob *blob = POOL_PUSH(c->pool, u->blobs, u->blob_count);

    blob->name = name;
    blob->kind = kind;
    blob->content = content;
    sha256_two(content.data, content.size, NULL, 0, blob->sha256);
    return u->blob_count - 1;
}

void unit_load_image(struct compile *c, struct unit *u)
{
    struct target_bytes blob = {.pool = c->pool};

    for (size_t i = 0; i < u->image.segment_count; i++) {
        const struct elf_segment *segment = &u->image.segments[i];

        target_align(&blob, BLOB_ALIGN);
        add_segment(c, u, segment, blob.size);
        target_put_bytes(&blob, segment->content.data, segment->content.size);
    }
    unit_add_blob(c, u, u->p->image.text, SEP_CFG_BLOB_IMAGE, (struct bytes){blob.data, blob.size});
    check_entry(c, u);
}
