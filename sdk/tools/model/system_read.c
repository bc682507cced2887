// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The tree of a system description becomes the model.

#include "model/system.h"

#include <septum/config.h>

#include "xml/document.h"
#include "xml/positions.h"

static void read_hypervisor(const struct reader *r, struct sys *sys, xmlNode *node)
{
    sys->hypervisor_line = position_of(node);
    sys->start = read_address(r, node, "start");
    sys->size = read_size(r, node, "size", ZERO_FORBIDDEN);
    sys->ring = num_or(read_size(r, node, "consoleRing", ZERO_FORBIDDEN), RING_DEFAULT);
    sys->log = num_or(read_count(r, node, "log", UINT32_MAX), SEP_LOG_RECORDS_DEFAULT);
    sys->console = read_text(r, node, "console");
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        if (document_is(c, "HealthMonitor")) {
            health_read(r, &sys->health, c);
        }
        if (document_is(c, "Trace")) {
            sys->trace = trace_read(r, c);
        }
    }
}

static void read_board_name(const struct reader *r, struct sys *sys, xmlNode *node)
{
    sys->board_name = read_text(r, node, "name");
}

static void read_processors(const struct reader *r, struct sys *sys, xmlNode *node)
{
    sys->processors_line = position_of(node);
    plans_read(r, sys, node);
}

static void read_partitions(const struct reader *r, struct sys *sys, xmlNode *node)
{
    sys->partitions_line = position_of(node);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        partition_read(r, sys, c);
    }
}

static const struct part {
    const char *name;
    void (*read)(const struct reader *r, struct sys *sys, xmlNode *node);
} parts[] = {
    {"Board", read_board_name},      {"Hypervisor", read_hypervisor},
    {"Processors", read_processors}, {"Partitions", read_partitions},
    {"Pools", pools_read},           {"Channels", channels_read},
    {"Chains", chains_read},
};

struct sys *system_read(const struct reader *r, xmlNode *root)
{
    struct sys *sys = pool_alloc(r->pool, sizeof *sys);

    sys->line = position_of(root);
    sys->board_name = sys->console = (struct text){"", sys->line, false};
    sys->name = read_name(r, root, "name");
    sys->version = read_text(r, root, "version");
    for (xmlNode *c = document_first(root); c != NULL; c = document_next(c)) {
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
            if (document_is(c, parts[i].name)) {
                parts[i].read(r, sys, c);
            }
        }
    }
    return sys;
}
