// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ports and channels of a description.

#include "model/system.h"

#include <septum/port.h>

#include "xml/document.h"
#include "xml/positions.h"

static const char *const kind_words[] = {"sampling", "queuing", NULL};
static const char *const direction_words[] = {"source", "destination", NULL};

_Static_assert(SEP_PORT_SAMPLING == 0 && SEP_PORT_QUEUING == 1 && SEP_PORT_SOURCE == 0 &&
                   SEP_PORT_DESTINATION == 1,
               "words are in the order of the numbers");

void partition_port_read(const struct reader *r, struct sys_partition *p, xmlNode *node)
{
    struct sys_port *port = POOL_PUSH(r->pool, p->ports, p->port_count);

    port->line = position_of(node);
    port->name = read_name(r, node, "name");
    port->kind = read_word(r, node, "type", kind_words);
    port->direction = read_word(r, node, "direction", direction_words);
    port->size = read_size(r, node, "messageSize", ZERO_FORBIDDEN);
    port->depth = read_count(r, node, "depth", UINT32_MAX);
    port->channel = -1;
}

static struct sys_end read_end(const struct reader *r, xmlNode *node)
{
    return (struct sys_end){.line = position_of(node),
                            .partition = read_text(r, node, "partition"),
                            .port = read_text(r, node, "port"),
                            .index = -1,
                            .port_index = -1};
}

static void read_channel(const struct reader *r, struct sys *sys, xmlNode *node)
{
    struct sys_channel *channel = POOL_PUSH(r->pool, sys->channels, sys->channel_count);
    bool queuing = document_is(node, "QueuingChannel");

    channel->line = position_of(node);
    channel->name = read_name(r, node, "name");
    channel->kind = queuing ? SEP_PORT_QUEUING : SEP_PORT_SAMPLING;
    channel->size = read_size(r, node, "messageSize", ZERO_FORBIDDEN);
    channel->depth = read_count(r, node, "depth", UINT32_MAX);
    channel->age = read_time(r, node, queuing ? "maxAge" : "refreshPeriod", ZERO_FORBIDDEN);
    for (xmlNode *c = document_first(node); c != NULL; c = document_next(c)) {
        if (document_is(c, "Source")) {
            *POOL_PUSH(r->pool, channel->sources, channel->source_count) = read_end(r, c);
        } else if (document_is(c, "Destination")) {
            *POOL_PUSH(r->pool, channel->destinations, channel->destination_count) = read_end(r, c);
        }
    }
}

void channels_read(const struct reader *r, struct sys *sys, xmlNode *channels)
{
    for (xmlNode *c = document_first(channels); c != NULL; c = document_next(c)) {
        read_channel(r, sys, c);
    }
}
