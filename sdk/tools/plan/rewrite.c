// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A plan written into the text of a description: the frame and the slots of plan 0 of each processor are
// replaced, every other byte stays.

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "plan/synthesis.h"
#include "xml/positions.h"

// The blanks in front of a tag on its line.
static const char *indentation(struct pool *pool, const char *text, size_t begin)
{
    size_t from = begin;

    while (from > 0 && (text[from - 1] == ' ' || text[from - 1] == '\t')) {
        from--;
    }
    return pool_copy(pool, text + from, begin - from);
}

static void put_slots(struct pool *pool, FILE *out, const struct sys_plan *plan, const char *indent)
{
    for (size_t i = 0; i < plan->slot_count; i++) {
        const struct sys_slot *s = &plan->slots[i];

        (void)fprintf(out, "\n%s  <Slot start=\"%s\" duration=\"%s\" partition=\"%s\"/>", indent,
                      units_print_time(pool, s->start.value),
                      units_print_time(pool, s->duration.value), s->partition.text);
    }
    (void)fprintf(out, "\n%s", indent);
}

// A start tag with another frame; answers the offset behind it, or behind an element without an end tag.
static size_t put_start(struct pool *pool, FILE *out, const char *text, const struct tag *tag,
                        const struct sys_plan *plan)
{
    size_t at = tag->begin;

    for (size_t i = 0; i < tag->count; i++) {
        const struct tag_attribute *a = &tag->attributes[i];

        if (strcmp(a->name, "majorFrame") == 0) {
            (void)fwrite(text + at, 1, a->value - at, out);
            (void)fputs(units_print_time(pool, plan->frame.value), out);
            at = a->value_end;
        }
    }
    if (tag->close == tag->end) {
        (void)fwrite(text + at, 1, tag->end - 2 - at, out); // without "/>"
        (void)fputs(">", out);
    } else {
        (void)fwrite(text + at, 1, tag->end - at, out);
    }
    return tag->close;
}

static void put_plan(struct pool *pool, FILE *out, const char *text, const struct tag *tag,
                     const struct sys_plan *plan)
{
    const char *indent = indentation(pool, text, tag->begin);

    (void)put_start(pool, out, text, tag, plan);
    put_slots(pool, out, plan, indent);
    if (tag->close == tag->end) {
        (void)fputs("</Plan>", out);
    }
}

struct bytes synthesis_text(struct pool *pool, struct bytes text, const struct sys *sys)
{
    struct bytes result = {NULL, 0};
    const char *bytes = (const char *)text.data;
    char *buffer = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&buffer, &size);
    size_t count = 0;
    const struct tag *tags = positions_scan(pool, bytes, text.size, &count);
    size_t at = 0;
    size_t cpu = 0;
    bool first = false; // the next plan is a processor's first

    if (out == NULL) {
        return result;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(tags[i].name, "Processor") == 0) {
            first = true;
        } else if (strcmp(tags[i].name, "Plan") == 0 && first && cpu < sys->cpu_count) {
            (void)fwrite(bytes + at, 1, tags[i].begin - at, out);
            put_plan(pool, out, bytes, &tags[i], &sys->cpus[cpu++].plans[0]);
            at = tags[i].close;
            first = false;
        }
    }
    (void)fwrite(bytes + at, 1, text.size - at, out);
    if (fclose(out) == 0) {
        result.data = (uint8_t *)pool_copy(pool, buffer, size);
        result.size = size;
    }
    free(buffer);
    return result;
}
