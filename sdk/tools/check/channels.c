// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Channels and ports: every end names a port, every port is the end of one channel, and both say the
// same.

#include "check/check.h"

#include <inttypes.h>
#include <string.h>

#include <septum/port.h>

#include "base/suggest.h"
#include "base/units.h"

static const char *const kind_words[] = {"sampling", "queuing"};
static const char *const direction_words[] = {"source", "destination"};

// Index of the port that an end names, or probably means; -1: none.
static int find_port(struct check *c, const struct sys_channel *channel, const struct sys_end *end,
                     int direction)
{
    const struct sys_partition *p = &c->sys->partitions[end->index];
    struct suggest suggest = suggest_begin(end->port.text);
    int best = -1;

    for (size_t i = 0; i < p->port_count; i++) {
        const char *known = p->ports[i].name.text;

        if (strcmp(known, end->port.text) == 0) {
            return (int)i;
        }
        suggest_word(&suggest, known);
        best = suggest.best == known ? (int)i : best;
    }
    diag_add(c->diags, RULE_END_PORT, end->port.line,
             "channel '%s' names port '%s' of partition '%s', which does not exist" MEND "%s",
             channel->name.text, end->port.text, p->name.text,
             suggest_text(&suggest, c->pool,
                          pool_printf(c->pool,
                                      "add <Port name=\"%s\" type=\"%s\" direction=\"%s\"/> to the "
                                      "partition (line %u)",
                                      end->port.text, kind_words[channel->kind],
                                      direction_words[direction], p->line)));
    return best;
}

static void check_size(struct check *c, const struct sys_channel *channel,
                       const struct sys_partition *p, const struct sys_port *port)
{
    if (port->size.ok && channel->size.ok && port->size.value != channel->size.value) {
        diag_add(c->diags, RULE_PORT_SIZE, port->size.line,
                 "port '%s' of partition '%s' has messages of %s, its channel '%s' of %s (line "
                 "%u)" MEND "make them equal, or leave 'messageSize' of the port out",
                 port->name.text, p->name.text, units_print_size(c->pool, port->size.value),
                 channel->name.text, units_print_size(c->pool, channel->size.value),
                 channel->size.line);
    }
    if (port->depth.ok && channel->kind == SEP_PORT_SAMPLING && port->depth.value != 0) {
        diag_add(c->diags, RULE_PORT_SIZE, port->depth.line,
                 "port '%s' of partition '%s' has a depth of %" PRIu64
                 ", its channel '%s' is a sampling channel, which has none (line %u)" MEND
                 "leave 'depth' of the port out",
                 port->name.text, p->name.text, port->depth.value, channel->name.text,
                 channel->line);
    } else if (port->depth.ok && channel->depth.ok && port->depth.value != channel->depth.value) {
        diag_add(c->diags, RULE_PORT_SIZE, port->depth.line,
                 "port '%s' of partition '%s' has a depth of %" PRIu64
                 ", its channel '%s' of %" PRIu64 " (line %u)" MEND
                 "make them equal, or leave 'depth' of the port out",
                 port->name.text, p->name.text, port->depth.value, channel->name.text,
                 channel->depth.value, channel->depth.line);
    }
}

static void check_fit(struct check *c, const struct sys_channel *channel, const struct sys_end *end,
                      const struct sys_partition *p, const struct sys_port *port, int direction)
{
    if (port->kind >= 0 && port->kind != channel->kind) {
        diag_add(c->diags, RULE_PORT_KIND, end->line,
                 "channel '%s' is a %s channel, but port '%s' of partition '%s' has the type '%s' "
                 "(line %u)" MEND "make them equal",
                 channel->name.text, kind_words[channel->kind], port->name.text, p->name.text,
                 kind_words[port->kind], port->line);
    }
    if (port->direction >= 0 && port->direction != direction) {
        diag_add(
            c->diags, RULE_PORT_DIRECTION, end->line,
            "channel '%s' has port '%s' of partition '%s' as its %s, but that port's direction "
            "is '%s' (line %u)" MEND "name another port, or turn this one round",
            channel->name.text, port->name.text, p->name.text, direction_words[direction],
            direction_words[port->direction], port->line);
    }
}

static void connect(struct check *c, int index, struct sys_end *end, int direction)
{
    const struct sys_channel *channel = &c->sys->channels[index];
    const char *where = pool_printf(c->pool, "channel '%s'", channel->name.text);
    struct sys_partition *p;
    struct sys_port *port;

    if (end->partition.given) {
        end->index =
            check_partition(c, end->partition.text, RULE_END_PARTITION, end->partition.line, where);
    }
    if (end->index < 0 || !end->port.given) {
        return;
    }
    end->port_index = find_port(c, channel, end, direction);
    if (end->port_index < 0) {
        return;
    }
    p = &c->sys->partitions[end->index];
    port = &p->ports[end->port_index];
    if (port->channel >= 0) {
        diag_add(c->diags, RULE_PORT_TWICE, end->line,
                 "channel '%s' names port '%s' of partition '%s', which is an end of channel '%s' "
                 "already (line %u)" MEND "give the partition another port for it",
                 channel->name.text, port->name.text, p->name.text,
                 c->sys->channels[port->channel].name.text, port->end_line);
        return;
    }
    port->channel = index;
    port->end_line = end->line;
    check_fit(c, channel, end, p, port, direction);
    check_size(c, channel, p, port);
}

static void check_limits(struct check *c, const struct sys_channel *channel)
{
    if (channel->size.ok && channel->size.value > SEP_MESSAGE_MAX) {
        diag_add(c->diags, RULE_MESSAGE_SIZE, channel->size.line,
                 "messages of channel '%s' have up to %s" MEND
                 "write at most %s, which the hypervisor copies in one piece",
                 channel->name.text, units_print_size(c->pool, channel->size.value),
                 units_print_size(c->pool, SEP_MESSAGE_MAX));
    }
    if (channel->kind == SEP_PORT_QUEUING && channel->depth.ok &&
        (channel->depth.value == 0 || channel->depth.value > SEP_QUEUE_MAX)) {
        diag_add(c->diags, RULE_QUEUE_DEPTH, channel->depth.line,
                 "channel '%s' holds %" PRIu64 " messages" MEND "write a depth from 1 to %u",
                 channel->name.text, channel->depth.value, SEP_QUEUE_MAX);
    }
}

// A second source has been reported with its line; its port is not to be reported as unconnected.
static void excuse(struct check *c, int index, const struct sys_end *end)
{
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        const struct sys_partition *p = &c->sys->partitions[i];

        for (size_t k = 0; k < p->port_count; k++) {
            if (strcmp(p->name.text, end->partition.text) == 0 &&
                strcmp(p->ports[k].name.text, end->port.text) == 0 && p->ports[k].channel < 0) {
                p->ports[k].channel = index;
            }
        }
    }
}

static void check_channel(struct check *c, int index)
{
    struct sys_channel *channel = &c->sys->channels[index];

    check_limits(c, channel);
    if (channel->source_count != 0) {
        connect(c, index, &channel->sources[0], SEP_PORT_SOURCE);
    }
    for (size_t i = 0; i < channel->destination_count; i++) {
        connect(c, index, &channel->destinations[i], SEP_PORT_DESTINATION);
    }
    for (size_t i = 1; i < channel->source_count; i++) {
        excuse(c, index, &channel->sources[i]);
    }
}

// Of two of one name channels find the first; that there are two is told otherwise.
static bool first_of_name(const struct check *c, const struct sys_partition *p, size_t port)
{
    size_t i = 0;

    while (strcmp(c->sys->partitions[i].name.text, p->name.text) != 0) {
        i++;
    }
    if (&c->sys->partitions[i] != p) {
        return false;
    }
    for (i = 0; strcmp(p->ports[i].name.text, p->ports[port].name.text) != 0;) {
        i++;
    }
    return i == port;
}

static void check_ports(struct check *c, const struct sys_partition *p)
{
    for (size_t i = 0; i < p->port_count; i++) {
        const struct sys_port *port = &p->ports[i];

        if (port->channel < 0 && port->name.given && first_of_name(c, p, i)) {
            diag_add(c->diags, RULE_PORT_UNCONNECTED, port->line,
                     "port '%s' of partition '%s' is the end of no channel" MEND
                     "name it in one, or remove it",
                     port->name.text, p->name.text);
        }
    }
}

void check_channels(struct check *c)
{
    for (size_t i = 0; i < c->sys->channel_count; i++) {
        check_channel(c, (int)i);
    }
    for (size_t i = 0; i < c->sys->partition_count; i++) {
        check_ports(c, &c->sys->partitions[i]);
    }
}
