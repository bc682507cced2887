// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A board's description becomes a struct board.

#include "model/board.h"

#include "model/reader.h"
#include "xml/document.h"
#include "xml/schema.h"

static const char *const region_words[] = {"ram", "rom", "device", NULL};

static void read_region(const struct reader *r, struct board *b, xmlNode *node)
{
    struct region *region = POOL_PUSH(r->pool, b->regions, b->region_count);
    int kind = read_word(r, node, "type", region_words);

    region->name = read_name(r, node, "name").text;
    region->kind = kind < 0 ? REGION_ROM : (enum region_kind)kind;
    region->start = read_address(r, node, "start").value;
    region->size = read_size(r, node, "size", ZERO_FORBIDDEN).value;
}

static void read_device(const struct reader *r, struct board *b, xmlNode *node)
{
    struct device *device = POOL_PUSH(r->pool, b->devices, b->device_count);
    struct num line = read_count(r, node, "line", UINT32_MAX);

    device->name = read_name(r, node, "name").text;
    device->start = read_address(r, node, "start").value;
    device->size = read_size(r, node, "size", ZERO_FORBIDDEN).value;
    device->line = line.value;
    device->has_line = line.ok;
    device->console = read_yes(r, node, "console", false);
    device->compatible = read_text(r, node, "compatible").text;
    device->clocks = read_text(r, node, "clocks").text;
}

static void read_reserved_range(const struct reader *r, struct board *b, xmlNode *node)
{
    struct reserved_range *range = POOL_PUSH(r->pool, b->ranges, b->range_count);

    range->start = read_address(r, node, "start").value;
    range->size = read_size(r, node, "size", ZERO_FORBIDDEN).value;
    range->by = read_text(r, node, "by").text;
}

static void read_devices(const struct reader *r, struct board *b, xmlNode *node)
{
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        if (document_is(c, "Device")) {
            read_device(r, b, c);
        } else {
            read_reserved_range(r, b, c);
        }
    }
}

static void read_interrupts(const struct reader *r, struct board *b, xmlNode *node)
{
    b->line_first = read_count(r, node, "first", UINT32_MAX).value;
    b->line_last = read_count(r, node, "last", UINT32_MAX).value;
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        struct reserved_line *line = POOL_PUSH(r->pool, b->lines, b->line_count);

        line->line = read_count(r, c, "line", UINT32_MAX).value;
        line->by = read_text(r, c, "by").text;
    }
}

static void read_emulator(const struct reader *r, struct board *b, xmlNode *node)
{
    b->emulator.program = read_text(r, node, "program").text;
    b->emulator.arguments = read_text(r, node, "arguments").text;
    b->emulator.elf = read_text(r, node, "elf").text;
    b->emulator.rom = read_text(r, node, "rom").text;
    b->emulator.icount = read_text(r, node, "icount").text;
    b->emulator.processors = read_text(r, node, "processors").text;
    b->emulator.monitor = read_text(r, node, "monitor").text;
    b->emulator.shift = read_count(r, node, "shift", 10).value;
}

static void read_memory(const struct reader *r, struct board *b, xmlNode *node)
{
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        read_region(r, b, c);
    }
}

static void read_processors(const struct reader *r, struct board *b, xmlNode *node)
{
    b->cpus = read_count(r, node, "count", 64).value;
}

static void read_protection(const struct reader *r, struct board *b, xmlNode *node)
{
    struct num granule = read_size(r, node, "granule", ZERO_FORBIDDEN);

    b->granule = granule.value;
    if (granule.ok && (granule.value & (granule.value - 1)) != 0) {
        diag_add(r->diags, RULE_VALUE_SYNTAX, granule.line,
                 "granule of 'Protection' is not a power of two" MEND "write 4KiB, for example");
    }
}

static const struct part {
    const char *name;
    void (*read)(const struct reader *r, struct board *b, xmlNode *node);
} parts[] = {
    {"Memory", read_memory},         {"Processors", read_processors},
    {"Protection", read_protection}, {"Interrupts", read_interrupts},
    {"Devices", read_devices},       {"VirtualDevices", board_virtual_read},
    {"Emulator", read_emulator},
};

static void read_parts(const struct reader *r, struct board *b, xmlNode *root)
{
    b->name = read_name(r, root, "name").text;
    b->arch = read_text(r, root, "arch").text;
    for (xmlNode *c = document_first(root); c != NULL; c = document_next(c)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (document_is(c, parts[i].name)) {
                parts[i].read(r, b, c);
            }
        }
    }
}

const struct board *board_read(struct diags *diags, const char *path, struct bytes text)
{
    struct board *board = pool_alloc(diags->pool, sizeof *board);
    struct reader reader = {diags->pool, diags, NULL};
    const char *file = diags->file;
    size_t errors = diags->count;
    xmlDoc *doc;

    diags->file = path;
    board->path = path;
    doc = document_parse(diags, text);
    if (doc != NULL && shape_check(diags, doc, SCHEMA_BOARD)) {
        read_parts(&reader, board, xmlDocGetRootElement(doc));
        schema_validate(diags, doc, SCHEMA_BOARD);
    }
    xmlFreeDoc(doc);
    diags->file = file;
    return diags->count == errors ? board : NULL;
}

const struct region *board_region(const struct board *board, enum region_kind kind, uint64_t start,
                                  uint64_t size)
{
    for (size_t i = 0; i < board->region_count; i++) {
        const struct region *r = &board->regions[i];

        if (r->kind == kind && start >= r->start && start - r->start < r->size &&
            size <= r->size - (start - r->start)) {
            return r;
        }
    }
    return NULL;
}
