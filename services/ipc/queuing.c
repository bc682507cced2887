// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Queuing ports: every message once, in order, unless it becomes too old.

#include "channel.h"

#include <kernel/cold.h>
#include <kernel/events.h>
#include <kernel/guest.h>
#include <kernel/hypercall.h>

// The message (or place) n behind the oldest one, n at most depth.
static inline message_t *message_at(struct channel *channel, uint32_t n)
{
    uint32_t place = channel->first + n;

    if (place >= channel->depth) {
        place -= channel->depth;
    }
    return (message_t *)(void *)(channel->buffers + place * channel->room);
}

static inline bool is_old(const struct channel *channel, const message_t *message, sep_time_t now)
{
    return !time_within(now - message->time, channel->max_age);
}

// Takes n messages out, at least one. Whoever makes room in a full queue tells the sender.
static inline void drop(struct channel *channel, uint32_t n)
{
    bool was_full = channel->waiting == channel->depth;

    channel->first += n;
    if (channel->first >= channel->depth) {
        channel->first -= channel->depth;
    }
    channel->waiting -= n;
    if (was_full) {
        virq_raise(channel->sender, SEP_IRQ_QUEUING);
    }
}

// Drops the oldest message, which is too old, and all that are. They lie in the order of their times,
// so the first that is not is found by halving: the bound is the number of digits of the depth.
__attribute__((noinline)) static void drop_old(struct channel *channel, sep_time_t now)
{
    uint32_t old = 1; // at least
    uint32_t end = channel->waiting;

    while (old < end) {
        uint32_t middle = old + (end - old) / 2u;

        if (is_old(channel, message_at(channel, middle), now)) {
            old = middle + 1u;
        } else {
            end = middle;
        }
    }
    channel->expired += old;
    drop(channel, old);
}

// What nobody can receive any more is not in the queue.
static inline void expire(struct channel *channel, sep_time_t now)
{
    if (channel->waiting != 0u && is_old(channel, message_at(channel, 0), now)) {
        drop_old(channel, now);
    }
}

static inline __attribute__((always_inline)) sep_status_t send(struct channel *channel,
                                                               sep_word_t from, uint32_t size)
{
    sep_time_t now = time_read(&cpu_this()->clock);

    if (channel->waiting == channel->depth) {
        expire(channel, now);
    }
    if (channel->waiting == channel->depth) {
        channel->refused++;
        return SEP_NOT_AVAILABLE;
    }
    if (!message_take(message_at(channel, channel->waiting), from, size, now)) {
        return SEP_INVALID_ADDRESS;
    }
    channel->waiting++;
    channel->count++;
    channel_trace(channel, SEP_TRACE_EVENT_PORT_WRITE, size, channel->count);
    return SEP_OK;
}

// With ends on several processors. Apart, so that a channel without pays for nothing of this.
__attribute__((noinline)) static sep_status_t send_apart(struct channel *channel, sep_word_t from,
                                                         uint32_t size)
{
    sep_status_t result;

    lock_take(&channel->lock);
    result = send(channel, from, size);
    lock_give(&channel->lock);
    if (result == SEP_OK) {
        channel_tell(channel, SEP_IRQ_QUEUING);
    }
    return result;
}

static inline sep_status_t send_here(struct channel *channel, sep_word_t from, uint32_t size)
{
    sep_status_t result = send(channel, from, size);

    if (result == SEP_OK) {
        channel_tell_here(channel, SEP_IRQ_QUEUING);
    }
    return result;
}

HYPERCALL(queuing_send)
{
    const struct sep_cfg_port *port;
    sep_status_t result = message_port(a0, SEP_PORT_QUEUING, a1, a2, &port);
    struct channel *channel;

    if (result != SEP_OK || !port_is_connected(port)) {
        return result;
    }
    channel = port_channel(port);
    if (channel_is_apart(channel)) {
        result = send_apart(channel, a1, (uint32_t)a2);
    } else {
        result = send_here(channel, a1, (uint32_t)a2);
    }
    if (result == SEP_NOT_AVAILABLE) {
        event_raise_plain(cpu_caller(), SEP_EVENT_MESSAGE_OVERFLOW, (uint32_t)a0);
    }
    return result;
}

// Works out again what receive() would have to keep.
COLD static void trace_received(struct channel *channel)
{
    channel_trace(channel, SEP_TRACE_EVENT_PORT_READ, message_at(channel, 0)->size,
                  channel->count - channel->waiting + 1u);
}

static sep_status_t receive(struct channel *channel, sep_word_t to, sep_word_t room,
                            sep_word_t info)
{
    sep_time_t now = time_read(&cpu_this()->clock);
    const message_t *message;

    expire(channel, now);
    if (channel->waiting == 0u) {
        return SEP_NOT_AVAILABLE;
    }
    message = message_at(channel, 0);
    if (room < message->size) {
        return SEP_INVALID_PARAM;
    }
    if (!message_give(message, to, info, now - message->time, true)) {
        return SEP_INVALID_ADDRESS;
    }
    if (trace_wants(cpu_this()->hal.trace, SEP_TRACE_PORTS)) {
        trace_received(channel);
    }
    drop(channel, 1);
    return SEP_OK;
}

HYPERCALL(queuing_receive)
{
    const struct sep_cfg_partition *caller = cpu_caller()->partition->config;
    const struct sep_cfg_port *port = port_to(caller, a0, SEP_PORT_QUEUING, SEP_PORT_DESTINATION);
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
    result = receive(channel, a1, a2, a3);
    channel_unlock(channel);
    return result;
}

static void describe(struct channel *channel, struct sep_queuing_status *status)
{
    channel_lock(channel);
    expire(channel, time_now(&cpu_this()->clock));
    status->max_age = channel->config->max_age;
    status->waiting = channel->waiting;
    status->count = channel->count;
    status->refused = channel->refused;
    status->expired = channel->expired;
    status->cleared = channel->cleared;
    channel_unlock(channel);
}

COLD HYPERCALL(queuing_status)
{
    const struct sep_cfg_port *port =
        port_of(cpu_caller()->partition->config, a0, SEP_PORT_QUEUING);
    struct sep_queuing_status status = {0};

    if (port == NULL) {
        return SEP_INVALID_PARAM;
    }
    status.message_size = port->message_size;
    status.depth = port->depth;
    status.direction = port->direction;
    if (port_is_connected(port)) {
        describe(port_channel(port), &status);
    }
    return guest_write(a1, &status, sizeof(status), 8);
}

COLD HYPERCALL(queuing_clear)
{
    const struct sep_cfg_port *port =
        port_to(cpu_caller()->partition->config, a0, SEP_PORT_QUEUING, SEP_PORT_DESTINATION);
    struct channel *channel;

    if (port == NULL) {
        return SEP_INVALID_PARAM;
    }
    if (!port_is_connected(port)) {
        return SEP_OK;
    }
    channel = port_channel(port);
    channel_lock(channel);
    expire(channel, time_now(&cpu_this()->clock));
    if (channel->waiting != 0u) {
        channel->cleared += channel->waiting;
        drop(channel, channel->waiting);
    }
    channel_unlock(channel);
    return SEP_OK;
}
