// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Channels are carved from the arena at boot, all structures first, then buffers channel by channel.

#include "channel.h"

#include <kernel/arena.h>
#include <kernel/config.h>
#include <kernel/events.h>
#include <septum/build_info.h>

struct channel *channels;

__attribute__((section(SEP_BUILD_INFO_SECTION),
               used)) static const struct sep_build_info build_info[] = {
    {.key = "sizeof_channel", .value = sizeof(struct channel)},
};

static bool has_port_of(const struct sep_cfg_partition *partition, uint32_t channel)
{
    CONFIG_EACH (port, port, partition->ports) {
        if (port->channel.index == channel) {
            return true;
        }
    }
    return false;
}

// Whether a channel's ports lie on several processors. Its record does not name the sender of samples: all
// partitions are looked at.
static bool is_apart(const struct sep_cfg_channel *record)
{
    uint32_t on = 0; // processors, a bit each

    for (uint32_t i = 0; i < config.system->partitions.count; i++) {
        const struct sep_cfg_partition *p = &config.partition[i];

        if (has_port_of(p, (uint32_t)(record - config.channel))) {
            on |= 1u << config.vcpu[p->vcpus.first].cpu;
        }
    }
    return (on & (on - 1u)) != 0u;
}

static bool channel_init(struct channel *channel, const struct sep_cfg_channel *record)
{
    uint32_t room = sep_arena_message_room(record->message_size);
    uint8_t *buffers = arena_take(sep_arena_channel_buffers(record->message_size, record->depth));

    if (buffers == NULL) {
        return false;
    }
    channel->config = record;
    channel->max_age = record->max_age != 0u ? record->max_age : CHANNEL_EVER;
    channel->sender = record->sender.index != SEP_CFG_NONE ? vcpu_at(record->sender.index) : NULL;
    channel->buffers = buffers;
    channel->apart = CONFIG_CPUS_MAX > 1 && is_apart(record);
    channel->newest = (message_t *)(void *)buffers;
    channel->spare = (message_t *)(void *)(buffers + room);
    channel->room = room;
    channel->depth = record->depth;
    return true;
}

const char *ipc_init(void)
{
    static const char too_small[] = "the arena is too small for the channels";
    uint32_t count = config.header->sections[SEP_CFG_TYPE_channel].count;

    channels = arena_take(count * (uint32_t)sizeof(struct channel));
    if (channels == NULL) {
        return too_small;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!channel_init(&channels[i], &config.channel[i])) {
            return too_small;
        }
    }
    return NULL;
}
