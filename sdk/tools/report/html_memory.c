// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Memory maps. A box grows with the logarithm of its area's size, so that a page and a mebibyte are
// both legible; what lies between two areas is a gap with its size.

#include <inttypes.h>
#include <stdio.h>

#include <septum/info.h>

#include "image/list.h"
#include "report/html.h"

// Geometry of a map, in the picture's units.
#define WIDTH 440u
#define BOX_X 104u
#define BOX_WIDTH (WIDTH - BOX_X - 2u)
#define BOX_MIN 46u
#define GAP 26u

/// An area as it is drawn.
struct box {
    const char *owner;
    const char *name;
    const char *css;
    const char *detail;
    uint64_t address; ///< in the map that is drawn
    uint64_t size;
};

static unsigned box_height(uint64_t size)
{
    unsigned height = BOX_MIN;

    for (uint64_t s = size; s > 16384u && height < 110u; s /= 2u) {
        height += 5u;
    }
    return height;
}

static void put_gap(FILE *out, uint64_t size, const char *what, unsigned y)
{
    char text[REPORT_NUMBER_MAX];

    (void)fprintf(out,
                  "<line class=\"gap\" x1=\"%u\" x2=\"%u\" y1=\"%u\" y2=\"%u\"/>"
                  "<text class=\"gap\" x=\"%u\" y=\"%u\">%s %s</text>\n",
                  BOX_X + 12u, BOX_X + 12u, y + 4u, y + GAP - 4u, BOX_X + 24u, y + 17u,
                  report_size(text, size), what);
}

static void put_box(FILE *out, const struct box *b, unsigned y)
{
    char size[REPORT_NUMBER_MAX];
    unsigned height = box_height(b->size);

    (void)fprintf(out, "<g class=\"area %s\" data-kind=\"area\" data-partition=\"", b->css);
    html_text(out, b->owner);
    (void)fputs("\" data-name=\"", out);
    html_text(out, b->name);
    (void)fprintf(out, "\" data-start=\"0x%" PRIx64 "\" data-size=\"%" PRIu64 "\"><title>",
                  b->address, b->size);
    html_text(out, b->name);
    (void)fprintf(out, ": %" PRIu64 " bytes, 0x%" PRIx64 " to 0x%" PRIx64 ", %s</title>", b->size,
                  b->address, b->address + (b->size == 0u ? 0u : b->size - 1u), b->detail);
    (void)fprintf(out,
                  "<text class=\"address\" x=\"%u\" y=\"%u\">0x%08" PRIx64 "</text>"
                  "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"4\"/>",
                  BOX_X - 10u, y + 13u, b->address, BOX_X, y + 1u, BOX_WIDTH, height - 2u);
    html_label(out, "name", BOX_X + 12u, y + 20u, BOX_WIDTH - 110u, b->name);
    html_label(out, "detail", BOX_X + 12u, y + 37u, BOX_WIDTH - 24u, b->detail);
    (void)fprintf(out, "<text class=\"size\" x=\"%u\" y=\"%u\">%s</text></g>\n", WIDTH - 14u,
                  y + 20u, report_size(size, b->size));
}

static unsigned map_height(const struct box *boxes, uint32_t count)
{
    unsigned y = 16;

    for (uint32_t i = 0; i < count; i++) {
        bool gap = i != 0u && boxes[i - 1u].address + boxes[i - 1u].size < boxes[i].address;

        y += box_height(boxes[i].size) + (gap ? GAP : 0u);
    }
    return y;
}

/// A whole map; boxes come sorted. `gap` says what lies between two of them.
static void put_map(FILE *out, const struct box *boxes, uint32_t count, const char *title,
                    const char *gap)
{
    unsigned y = 0;

    (void)fprintf(out,
                  "<svg class=\"map\" viewBox=\"0 0 %u %u\" role=\"img\" aria-label=\"Memory of ",
                  WIDTH, map_height(boxes, count));
    html_text(out, title);
    (void)fputs("\">\n", out);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t before = i == 0u ? 0u : boxes[i - 1u].address + boxes[i - 1u].size;

        if (i != 0u && before < boxes[i].address) {
            put_gap(out, boxes[i].address - before, gap, y);
            y += GAP;
        }
        put_box(out, &boxes[i], y);
        y += box_height(boxes[i].size);
    }
    if (count != 0u) {
        (void)fprintf(out, "<text class=\"address\" x=\"%u\" y=\"%u\">0x%08" PRIx64 "</text>\n",
                      BOX_X - 10u, y + 12u, boxes[count - 1u].address + boxes[count - 1u].size);
    }
    (void)fputs("</svg>\n", out);
}

static const char *area_css(uint32_t flags)
{
    static const struct {
        uint32_t mask, value;
        const char *css;
    } kinds[] = {
        {SEP_AREA_DEVICE, SEP_AREA_DEVICE, "device"},
        {SEP_AREA_SHARED, SEP_AREA_SHARED, "shared"},
        {SEP_AREA_INFO, SEP_AREA_INFO, "constant"},
        {SEP_AREA_FILE, SEP_AREA_FILE, "constant"},
        {SEP_AREA_WRITE | SEP_AREA_EXECUTE, SEP_AREA_WRITE | SEP_AREA_EXECUTE, "mixed"},
        {SEP_AREA_EXECUTE, SEP_AREA_EXECUTE, "code"},
        {SEP_AREA_WRITE, SEP_AREA_WRITE, "data"},
    };

    for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if ((flags & kinds[i].mask) == kinds[i].value) {
            return kinds[i].css;
        }
    }
    return "constant";
}

#define BOXES_MAX 64u
#define DETAIL_MAX 96u

static void describe(char detail[DETAIL_MAX], const struct sep_cfg_area *a)
{
    char rights[LIST_RIGHTS_MAX];

    list_rights(a->flags, rights);
    if (a->virtual_start == a->physical_start) {
        (void)snprintf(detail, DETAIL_MAX, "%s", rights);
    } else {
        (void)snprintf(detail, DETAIL_MAX, "%s, physical 0x%08" PRIx64, rights, a->physical_start);
    }
}

/// One map per BOXES_MAX areas, so that no memory has to be taken.
static void put_partition(const struct report *r, const struct sep_cfg_partition *p, FILE *out)
{
    struct box boxes[BOXES_MAX];
    char details[BOXES_MAX][DETAIL_MAX];
    const char *name = cfgfile_text(r->cfg, p->name);

    for (uint32_t done = 0; done < p->areas.count; done += BOXES_MAX) {
        uint32_t left = p->areas.count - done;
        uint32_t count = left < BOXES_MAX ? left : BOXES_MAX;

        for (uint32_t i = 0; i < count; i++) {
            const struct sep_cfg_area *a = &r->cfg->areas[p->areas.first + done + i];

            describe(details[i], a);
            boxes[i] = (struct box){name,
                                    cfgfile_text(r->cfg, a->name),
                                    area_css(a->flags),
                                    details[i],
                                    a->virtual_start,
                                    a->size};
        }
        put_map(out, boxes, count, name, "not mapped");
    }
}

static void put_hypervisor(const struct report *r, FILE *out)
{
    static const char *const css[] = {"code", "constant", "data", "constant"};
    static const char *const details[] = {
        "code, tables and data of the binary", "compiled description, read-only",
        "run-time state, carved at boot", "images, files, information blocks"};
    struct box boxes[REPORT_OWN_COUNT];

    for (unsigned i = 0; i < REPORT_OWN_COUNT; i++) {
        boxes[i] = (struct box){"septum",   r->own[i].name,  css[i],
                                details[i], r->own[i].start, r->own[i].size};
    }
    put_map(out, boxes, REPORT_OWN_COUNT, "the hypervisor", "free");
}

void html_memory(const struct report *report, FILE *out)
{
    char size[REPORT_NUMBER_MAX];

    (void)fprintf(out,
                  "<section id=\"memory\"><h2>Memory</h2>\n<p class=\"legend\">"
                  "<i class=\"code\"></i>code<i class=\"data\"></i>data<i class=\"mixed\"></i>code "
                  "and data<i class=\"constant\"></i>read-only<i class=\"shared\"></i>shared"
                  "<i class=\"device\"></i>device registers</p>\n<div class=\"maps two\">"
                  "<article class=\"card\"><h3>Septum <small>%s reserved, physical "
                  "addresses</small></h3>\n",
                  report_size(size, report->system->hypervisor_size));
    put_hypervisor(report, out);
    (void)fputs("</article>\n", out);
    for (uint32_t i = 0; i < report->cfg->partition_count; i++) {
        const struct sep_cfg_partition *p = &report->cfg->partitions[i];

        (void)fprintf(out, "<article class=\"card\"><h3><b class=\"dot c%u\"></b>",
                      i % HTML_COLOURS);
        html_text(out, cfgfile_text(report->cfg, p->name));
        (void)fputs(" <small>as the partition sees it</small></h3>\n", out);
        put_partition(report, p, out);
        (void)fputs("</article>\n", out);
    }
    (void)fputs("</div></section>\n", out);
}
