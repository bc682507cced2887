// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ports and channels of a compiled configuration. A channel's ends are found among the ports that
// name it.

#include "image/ports.h"

#include <septum/arena.h>
#include <septum/port.h>

const struct sep_cfg_port *ports_record(const struct cfgfile *cfg, struct port_end end)
{
    return &cfg->ports[cfg->partitions[end.partition].ports.first + end.port];
}

bool ports_next(const struct cfgfile *cfg, uint32_t channel, uint32_t direction,
                struct port_end *end)
{
    while (end->partition < cfg->partition_count) {
        end->port++; // UINT32_MAX becomes 0
        if (end->port >= cfg->partitions[end->partition].ports.count) {
            *end = (struct port_end){end->partition + 1u, UINT32_MAX};
            continue;
        }
        const struct sep_cfg_port *port = ports_record(cfg, *end);

        if (port->channel.index == channel && port->direction == direction) {
            return true;
        }
    }
    return false;
}

struct port_end ports_source(const struct cfgfile *cfg, uint32_t channel)
{
    struct port_end end = PORT_END_BEGIN;

    (void)ports_next(cfg, channel, SEP_PORT_SOURCE, &end);
    return end;
}

const char *ports_name(const struct cfgfile *cfg, struct port_end end)
{
    return cfgfile_text(cfg, ports_record(cfg, end)->name);
}

const char *ports_partition(const struct cfgfile *cfg, struct port_end end)
{
    return cfgfile_text(cfg, cfg->partitions[end.partition].name);
}

const char *ports_channel(const struct cfgfile *cfg, const struct sep_cfg_port *port)
{
    return port->channel.index == SEP_CFG_NONE
               ? ""
               : cfgfile_text(cfg, cfg->channels[port->channel.index].name);
}

const char *ports_kind(uint32_t kind)
{
    return kind == SEP_PORT_SAMPLING ? "sampling" : "queuing";
}

const char *ports_direction(uint32_t direction)
{
    return direction == SEP_PORT_SOURCE ? "source" : "destination";
}

uint32_t ports_buffers(const struct sep_cfg_channel *channel)
{
    return sep_arena_channel_buffers(channel->message_size, channel->depth);
}

void ports_json(struct json *j, const struct cfgfile *cfg, const struct sep_cfg_partition *p)
{
    json_open(j, "ports", '[');
    for (uint32_t i = 0; i < p->ports.count; i++) {
        const struct sep_cfg_port *port = &cfg->ports[p->ports.first + i];

        json_open(j, NULL, '{');
        json_number(j, "id", i);
        json_text(j, "name", cfgfile_text(cfg, port->name));
        json_text(j, "type", ports_kind(port->kind));
        json_text(j, "direction", ports_direction(port->direction));
        json_number(j, "message_size", port->message_size);
        json_number(j, "depth", port->depth);
        if (port->channel.index == SEP_CFG_NONE) {
            json_null(j, "channel");
        } else {
            json_text(j, "channel", ports_channel(cfg, port));
        }
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void put_end(struct json *j, const struct cfgfile *cfg, const char *key, struct port_end end)
{
    json_open(j, key, '{');
    json_text(j, "partition", ports_partition(cfg, end));
    json_text(j, "port", ports_name(cfg, end));
    json_close(j, '}');
}

void ports_channels_json(struct json *j, const struct cfgfile *cfg)
{
    json_open(j, "channels", '[');
    for (uint32_t i = 0; i < cfg->channel_count; i++) {
        const struct sep_cfg_channel *channel = &cfg->channels[i];
        struct port_end end = PORT_END_BEGIN;

        json_open(j, NULL, '{');
        json_text(j, "name", cfgfile_text(cfg, channel->name));
        json_text(j, "type", ports_kind(channel->kind));
        json_number(j, "message_size", channel->message_size);
        json_number(j, "depth", channel->depth);
        json_number(j, "max_age", channel->max_age);
        json_number(j, "buffer_bytes", ports_buffers(channel));
        put_end(j, cfg, "source", ports_source(cfg, i));
        json_open(j, "destinations", '[');
        while (ports_next(cfg, i, SEP_PORT_DESTINATION, &end)) {
            put_end(j, cfg, NULL, end);
        }
        json_close(j, ']');
        json_close(j, '}');
    }
    json_close(j, ']');
}
