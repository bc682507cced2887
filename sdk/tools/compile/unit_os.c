// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition that is an unmodified operating system: where its image, ramdisk and device tree lie in
// its memory.

#include "compile/unit.h"

#include <elf.h>
#include <string.h>

#include <septum/info.h>

#include "base/units.h"
#include "compile/tree.h"

// The header of an arm64 Image, as Documentation/arm64/booting.rst of Linux has it: little-endian words.
#define HEADER_BYTES 64u
#define AT_TEXT_OFFSET 8u
#define AT_IMAGE_SIZE 16u
#define AT_FLAG_WORD 24u
#define AT_MAGIC 56u
#define FLAG_BIG_ENDIAN 1u
#define IMAGE_ALIGN 0x200000u
#define IMAGE_SIZE_MAX ((uint64_t)1 << 40)

static uint64_t word64(const uint8_t *at)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < 8; i++) {
        value |= (uint64_t)at[i] << (8 * i);
    }
    return value;
}

static void wrong(struct compile *c, const struct unit *u, const char *what, const char *mend)
{
    diag_add(&c->s->diags, RULE_IMAGE_HEADER, u->p->image.line,
             "image '%s' of the operating system '%s' %s" MEND "%s", u->p->image.text,
             u->p->name.text, what, mend);
}

static bool header_ok(struct compile *c, const struct unit *u, struct bytes file)
{
    static const char *const rebuild = "use an arm64 Image of Linux 3.17 or later";

    if (file.size >= 2 && file.data[0] == 0x1f && file.data[1] == 0x8b) {
        wrong(c, u, "is compressed", "unpack it with gunzip");
    } else if (file.size < HEADER_BYTES || memcmp(file.data + AT_MAGIC, "ARM\x64", 4) != 0) {
        wrong(c, u, "is neither an executable ELF file nor an arm64 Image", rebuild);
    } else if ((word64(file.data + AT_FLAG_WORD) & FLAG_BIG_ENDIAN) != 0) {
        wrong(c, u, "is big-endian", rebuild);
    } else if (word64(file.data + AT_IMAGE_SIZE) < file.size ||
               word64(file.data + AT_IMAGE_SIZE) > IMAGE_SIZE_MAX ||
               word64(file.data + AT_TEXT_OFFSET) >= IMAGE_ALIGN) {
        wrong(c, u, "has a senseless size or offset in its header", rebuild);
    } else {
        return true;
    }
    return false;
}

static bool is_memory(const struct sys_area *area)
{
    return area->mapped.ok && area->size.ok && (area->flags & SEP_AREA_SHARED) == 0u;
}

static uint64_t largest(const struct sys_partition *p)
{
    uint64_t size = 0;

    for (size_t i = 0; i < p->area_count; i++) {
        const struct sys_area *area = &p->areas[i];

        size = is_memory(area) && area->size.value > size ? area->size.value : size;
    }
    return size;
}

// The first area with room at its lowest address that is right for an Image.
static bool place_image(struct compile *c, const struct unit *u, uint64_t offset, uint64_t size,
                        uint64_t *base)
{
    for (size_t i = 0; i < u->p->area_count; i++) {
        const struct sys_area *area = &u->p->areas[i];

        if (is_memory(area)) {
            uint64_t skipped;

            *base = target_round(area->mapped.value, IMAGE_ALIGN) + offset;
            skipped = *base - area->mapped.value;
            if (skipped <= area->size.value && size <= area->size.value - skipped) {
                return true;
            }
        }
    }
    diag_add(&c->s->diags, RULE_OS_MEMORY, u->p->image.line,
             "image '%s' needs %s at a multiple of 2MiB, but the largest area of the operating "
             "system '%s' has %s" MEND "enlarge it",
             u->p->image.text, units_print_size(c->pool, target_round(offset + size, 4096)),
             u->p->name.text, units_print_size(c->pool, largest(u->p)));
    return false;
}

bool unit_os_image(struct compile *c, struct unit *u, struct bytes file)
{
    struct elf_segment *segment;
    uint64_t size, base;

    if (!header_ok(c, u, file)) {
        return false;
    }
    size = word64(file.data + AT_IMAGE_SIZE);
    if (!place_image(c, u, word64(file.data + AT_TEXT_OFFSET), size, &base)) {
        return false;
    }
    u->image = (struct elf_file){.file = file, .machine = EM_AARCH64, .entry = base};
    segment = POOL_PUSH(c->pool, u->image.segments, u->image.segment_count);
    *segment = (struct elf_segment){
        .virtual = base, .physical = base, .memory_size = size, .content = file};
    return true;
}

// Behind everything of the image that lies in the area of the entry point.
static uint64_t image_end(const struct unit *u, const struct sys_area *area)
{
    uint64_t end = area->mapped.value;

    for (size_t i = 0; i < u->image.segment_count; i++) {
        const struct elf_segment *segment = &u->image.segments[i];
        uint64_t segment_end = segment->virtual + segment->memory_size;

        if (unit_area(u, segment->virtual) == area && segment_end > end) {
            end = segment_end;
        }
    }
    return end;
}

// A blob becomes a segment at the next granule of the area.
static uint64_t load(struct compile *c, struct unit *u, const struct sys_area *area, uint64_t *end,
                     size_t blob)
{
    uint64_t start = target_round(*end, c->target.granule);
    uint64_t size = u->blobs[blob].content.size;

    *end = start + size;
    *POOL_PUSH(c->pool, u->segments, u->segment_count) = (struct unit_segment){
        area->start.value + (start - area->mapped.value), blob, 0, size, size};
    return start;
}

static void check_room(struct compile *c, const struct unit *u, const struct sys_area *area,
                       uint64_t end)
{
    uint64_t used = end - area->mapped.value;

    if (used > area->size.value) {
        diag_add(&c->s->diags, RULE_OS_MEMORY, area->size.line,
                 "area '%s' of the operating system '%s' has %s, too small for its image, ramdisk "
                 "and device tree" MEND "make it at least %s",
                 area->name.text, u->p->name.text, units_print_size(c->pool, area->size.value),
                 units_print_size(c->pool, target_round(used, c->target.granule)));
    }
}

void unit_os_load(struct compile *c, struct unit *u)
{
    const struct sys_area *area = u->p->os.line != 0 ? unit_area(u, u->image.entry) : NULL;
    struct tree_ramdisk ramdisk = {0, 0};
    uint64_t end;

    if (area == NULL) {
        return;
    }
    end = image_end(u, area);
    if (u->p->os.ramdisk.given) {
        size_t blob = unit_add_blob(c, u, u->p->os.ramdisk.text, SEP_CFG_BLOB_RAMDISK, u->ramdisk);

        ramdisk.start = load(c, u, area, &end, blob);
        ramdisk.end = end;
    }
    u->start_argument =
        load(c, u, area, &end,
             unit_add_blob(c, u, ".dtb", SEP_CFG_BLOB_DEVICE_TREE, tree_make(c, u, ramdisk)));
    check_room(c, u, area, end);
}
