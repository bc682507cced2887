// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a partition gets of the board's devices.

#include "model/system.h"

#include <septum/info.h>

#include "xml/document.h"
#include "xml/positions.h"

static void read_range(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_area *range = POOL_PUSH(r->pool, p->ranges, p->range_count);

    range->line = position_of(node);
    range->name = read_name(r, node, "name");
    range->start = read_address(r, node, "start");
    range->size = read_size(r, node, "size", ZERO_FORBIDDEN);
    range->mapped = read_address(r, node, "mappedAt");
    if (!range->mapped.given) {
        range->mapped = range->start;
    }
    range->flags = SEP_AREA_READ | SEP_AREA_WRITE | SEP_AREA_DEVICE | SEP_AREA_UNCACHED;
}

static void read_register(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_register *reg = POOL_PUSH(r->pool, p->registers, p->register_count);

    reg->line = position_of(node);
    reg->address = read_address(r, node, "address");
    reg->width = num_or(read_count(r, node, "width", UINT16_MAX), 4);
    reg->read = num_or(read_count(r, node, "read", UINT32_MAX), UINT32_MAX);
    reg->write = num_or(read_count(r, node, "write", UINT32_MAX), 0);
}

// In the order of enum sep_delivery.
static const char *const delivery_words[] = {"deferred", "recycle", "reset", NULL};

static void read_line(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_line *line = POOL_PUSH(r->pool, p->lines, p->line_count);

    line->number = read_count(r, node, "line", UINT32_MAX);
    line->delivery = read_word(r, node, "delivery", delivery_words);
    if (line->delivery < 0) {
        line->delivery = 0;
    }
}

void partition_devices_read(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        if (document_is(c, "Range")) {
            read_range(r, p, c);
        } else if (document_is(c, "Register")) {
            read_register(r, p, c);
        } else if (document_is(c, "Interrupt")) {
            read_line(r, p, c);
        }
    }
}
