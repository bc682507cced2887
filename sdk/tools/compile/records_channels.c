// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Records of channels and of those who are told of their messages.

#include "compile/records.h"

#include <septum/port.h>

// What a port's interrupts go to: its partition's vCPU 0.
static uint32_t vcpu_of(const struct compile *c, const struct sys_end *end)
{
    return records_first_vcpu(c, c->s->sys->partitions[end->index].id.value);
}

static void add_channel(struct records *r, const struct compile *c,
                        const struct sys_channel *channel)
{
    bool queuing = channel->kind == SEP_PORT_QUEUING;
    struct sep_cfg_channel record = {.max_age = channel->age.value,
                                     .name = record_text(r, channel->name.text),
                                     .kind = (uint32_t)channel->kind,
                                     .message_size = (uint32_t)channel->size.value,
                                     .depth = (uint32_t)channel->depth.value,
                                     .sender = {SEP_CFG_NONE},
                                     .receivers = RECORD_LIST_BEGIN(r, channel_end)};

    if (queuing) {
        record.sender.index = vcpu_of(c, &channel->sources[0]);
    }
    for (size_t i = 0; i < channel->destination_count; i++) {
        RECORD_ADD(r, channel_end)->vcpu.index = vcpu_of(c, &channel->destinations[i]);
    }
    RECORD_LIST_END(r, channel_end, &record.receivers);
    *RECORD_ADD(r, channel) = record;
}

void records_channels(struct records *r, const struct compile *c)
{
    for (size_t i = 0; i < c->s->sys->channel_count; i++) {
        add_channel(r, c, &c->s->sys->channels[i]);
    }
}
