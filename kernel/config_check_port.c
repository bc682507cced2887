// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the configuration's records say against each other: channels and the ports at their ends.

#include <kernel/config.h>
#include <septum/port.h>

#include <stddef.h>

// One sender and one receiver of a queuing channel, at least one receiver of a sampling channel, which
// has no queue.
static bool channel_is_sound(const struct sep_cfg_channel *channel)
{
    if (channel->message_size == 0u || channel->message_size > SEP_MESSAGE_MAX) {
        return false;
    }
    if (channel->kind == SEP_PORT_SAMPLING) {
        return channel->depth == 0u && channel->receivers.count != 0u;
    }
    return channel->kind == SEP_PORT_QUEUING && channel->depth != 0u &&
           channel->depth <= SEP_QUEUE_MAX && channel->receivers.count == 1u &&
           channel->sender.index != SEP_CFG_NONE;
}

const char *config_check_channels(void)
{
    const struct sep_cfg_channel *end =
        config.channel + config.header->sections[SEP_CFG_TYPE_channel].count;

    for (const struct sep_cfg_channel *channel = config.channel; channel != end; channel++) {
        if (!channel_is_sound(channel)) {
            return "a channel is wrong";
        }
    }
    return NULL;
}

// The kernel takes kind and size from the port, and the buffers have the channel's.
static bool port_is_sound(const struct sep_cfg_port *port)
{
    const struct sep_cfg_channel *channel;

    if (port->direction > SEP_PORT_DESTINATION) {
        return false;
    }
    if (port->channel.index == SEP_CFG_NONE) {
        return true;
    }
    channel = &config.channel[port->channel.index];
    return port->kind == channel->kind && port->message_size == channel->message_size &&
           port->depth == channel->depth;
}

bool config_check_ports(const struct sep_cfg_partition *p)
{
    CONFIG_EACH (port, port, p->ports) {
        if (!port_is_sound(port)) {
            return false;
        }
    }
    return true;
}
