// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Sampling ports: the last message, and how old it is.

#include "channel.h"

#include <kernel/cold.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>

// The message is written to the spare buffer, which then becomes the newest one: a copy that fails
// leaves the message before as it was.
static inline __attribute__((always_inline)) sep_status_t write_message(struct channel *channel,
                                                                        sep_word_t from,
                                                                        uint32_t size)
{
    message_t *message = channel->spare;

    if (!message_take(message, from, size, time_read(&cpu_this()->clock))) {
        return SEP_INVALID_ADDRESS;
    }
    channel->spare = channel->newest;
    channel->newest = message;
    channel->count++;
    channel_trace(channel, SEP_TRACE_EVENT_PORT_WRITE, size, channel->count);
    return SEP_OK;
}

// With ends on several processors. Apart, so that a channel without pays for nothing of this.
__attribute__((noinline)) static sep_status_t write_apart(struct channel *channel, sep_word_t from,
                                                          uint32_t size)
{
    sep_status_t result;

    lock_take(&channel->lock);
    result = write_message(channel, from, size);
    lock_give(&channel->lock);
    if (result == SEP_OK) {
        channel_tell(channel, SEP_IRQ_SAMPLING);
    }
    return result;
}

HYPERCALL(sampling_write)
{
    const struct sep_cfg_port *port;
    sep_status_t result = message_port(a0, SEP_PORT_SAMPLING, a1, a2, &port);
    struct channel *channel;

    if (result != SEP_OK || !port_is_connected(port)) {
        return result;
    }
    channel = port_channel(port);
    if (channel_is_apart(channel)) {
        return write_apart(channel, a1, (uint32_t)a2);
    }
    result = write_message(channel, a1, (uint32_t)a2);
    if (result == SEP_OK) {
        channel_tell_here(channel, SEP_IRQ_SAMPLING);
    }
    return result;
}

// Works out again what read_message() would have to keep.
COLD static sep_status_t trace_read_message(const struct channel *channel)
{
    channel_trace(channel, SEP_TRACE_EVENT_PORT_READ, channel->newest->size, channel->count);
    return SEP_OK;
}

static sep_status_t read_message(const struct channel *channel, sep_word_t to, sep_word_t room,
                                 sep_word_t info)
{
    const message_t *message = channel->newest;
    sep_time_t age;

    if (message->size == 0u) {
        return SEP_NOT_AVAILABLE;
    }
    if (room < message->size) {
        return SEP_INVALID_PARAM;
    }
    age = time_read(&cpu_this()->clock) - message->time;
    if (!message_give(message, to, info, age, time_within(age, channel->max_age))) {
        return SEP_INVALID_ADDRESS;
    }
    if (trace_wants(cpu_this()->hal.trace, SEP_TRACE_PORTS)) {
        return trace_read_message(channel);
    }
    return SEP_OK;
}

HYPERCALL(sampling_read)
{
    const struct sep_cfg_partition *caller = cpu_caller()->partition->config;
    const struct sep_cfg_port *port = port_to(caller, a0, SEP_PORT_SAMPLING, SEP_PORT_DESTINATION);
    struct channel *channel;
    sep_status_t result;

    if (port == NULL) {
        return SEP_INVALID_PARAM;
    }
    if (!message_place(caller, a1, a2, port->message_size, a3)) {
        return SEP_INVALID_ADDRESS;
    }
    if (!port_is_connected(port)) {
        return SEP_NOT_AVAILABLE;
    }
    channel = port_channel(port);
    channel_lock(channel);
    result = read_message(channel, a1, a2, a3);
    channel_unlock(channel);
    return result;
}

static void describe(struct channel *channel, struct sep_sampling_status *status)
{
    sep_time_t now = time_now(&cpu_this()->clock);
    const message_t *message;
    sep_time_t age;

    channel_lock(channel);
    message = channel->newest;
    age = now - message->time;
    status->time = message->time;
    status->max_age = channel->config->max_age;
    status->count = channel->count;
    status->valid = message->size != 0u && time_within(age, channel->max_age) ? 1u : 0u;
    channel_unlock(channel);
}

COLD HYPERCALL(sampling_status)
{
    const struct sep_cfg_port *port =
        port_of(cpu_caller()->partition->config, a0, SEP_PORT_SAMPLING);
    struct sep_sampling_status status = {0};

    if (port == NULL) {
        return SEP_INVALID_PARAM;
    }
    status.message_size = port->message_size;
    status.direction = port->direction;
    if (port_is_connected(port)) {
        describe(port_channel(port), &status);
    }
    return guest_write(a1, &status, sizeof(status), 8);
}
