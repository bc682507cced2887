// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Channels at run time: what lies in the arena, and what the calls of sampling and of queuing ports
// share.

#ifndef IPC_CHANNEL_H
#define IPC_CHANNEL_H

#include <hal/guest.h>
#include <kernel/cpu.h>
#include <kernel/lock.h>
#include <kernel/partition.h>
#include <kernel/trace.h>
#include <kernel/virq.h>
#include <septum/arena.h>
#include <septum/port.h>

/// A message with its bytes behind it.
typedef struct sep_arena_message message_t;

/// A channel. The ends may run on several processors: everything but what is set at boot belongs to
/// who has the lock. A sampling channel has two buffers, the newest message and the one that the next
/// is written to; a queuing channel has a ring of `depth`.
struct channel {
    sep_time_t max_age; ///< ns that a message lives; CHANNEL_EVER, not 0, where it never ends
    const struct sep_cfg_channel *config;
    struct vcpu *sender; ///< queuing: told when a full queue has room again
    uint8_t *buffers;
    message_t *newest; ///< sampling: its size is 0 before the first message
    message_t *spare;  ///< sampling: is not seen by anybody but the writer
    uint32_t room;     ///< bytes from one buffer to the next
    uint32_t depth;
    uint32_t first;   ///< queuing: place of the oldest message
    uint32_t waiting; ///< queuing: messages in the ring
    uint32_t count;   ///< messages ever taken in
    uint32_t refused; ///< what struct sep_queuing_status shows
    uint32_t expired;
    uint32_t cleared;
    struct lock lock;
    bool apart; ///< its ends lie on several processors; set once at boot
} __attribute__((aligned(SEP_ARENA_ALIGN)));

/// Longer than any age.
#define CHANNEL_EVER ((sep_time_t)1 << 62)

/// All channels, in the configuration's order; set once at boot.
extern struct channel *channels;

/// A message went in or out: for the caller's trace. Messages are numbered from 1.
static inline void channel_trace(const struct channel *channel, enum sep_trace_event event,
                                 uint32_t size, uint32_t number)
{
    trace_running(cpu_this(), SEP_TRACE_PORTS, event, (uint32_t)(channel - channels), size, number);
}

/// Whether ends of the channel lie on another processor.
static inline bool channel_is_apart(const struct channel *channel)
{
    return CONFIG_CPUS_MAX > 1 && channel->apart;
}

/// Begins and ends a section in which nobody else looks at the channel. Interrupts are off, and the
/// longest section is one copy of a message; so no message is ever seen by half. Where all ends lie on one
/// processor there is nobody else.
static inline void channel_lock(struct channel *channel)
{
    if (channel_is_apart(channel)) {
        lock_take(&channel->lock);
    }
}

static inline void channel_unlock(struct channel *channel)
{
    if (channel_is_apart(channel)) {
        lock_give(&channel->lock);
    }
}

/// A partition's port of a kind; NULL if it has none of that number or it is of the other kind.
static inline const struct sep_cfg_port *port_of(const struct sep_cfg_partition *partition,
                                                 sep_word_t id, enum sep_port_kind kind)
{
    const struct sep_cfg_port *port;

    if (id >= partition->ports.count) {
        return NULL;
    }
    port = &config.port[partition->ports.first + id];
    return port->kind == (uint32_t)kind ? port : NULL;
}

/// The same for an end that messages go into, or come out of.
static inline const struct sep_cfg_port *port_to(const struct sep_cfg_partition *partition,
                                                 sep_word_t id, enum sep_port_kind kind,
                                                 enum sep_port_direction direction)
{
    const struct sep_cfg_port *port = port_of(partition, id, kind);

    return port != NULL && port->direction == (uint32_t)direction ? port : NULL;
}

/// Whether a port has a channel.
static inline bool port_is_connected(const struct sep_cfg_port *port)
{
    return port->channel.index != SEP_CFG_NONE;
}

/// The channel of a port that has one.
static inline struct channel *port_channel(const struct sep_cfg_port *port)
{
    return &channels[port->channel.index];
}

/// The port of a kind through which a call of the caller's sends a message, if it may.
static inline sep_status_t message_port(sep_word_t id, enum sep_port_kind kind, sep_word_t from,
                                        sep_word_t size, const struct sep_cfg_port **port)
{
    const struct sep_cfg_partition *caller = cpu_caller()->partition->config;

    *port = port_to(caller, id, kind, SEP_PORT_SOURCE);
    if (*port == NULL || size - 1u >= (*port)->message_size) { // a size of 0 wraps
        return SEP_INVALID_PARAM;
    }
    return config_area(caller, from, size, SEP_AREA_READ) != NULL ? SEP_OK : SEP_INVALID_ADDRESS;
}

/// Copies a message of the caller in. False if that failed: the buffer is undefined then.
static inline bool message_take(message_t *message, sep_word_t from, uint32_t size, sep_time_t now)
{
    message->time = now;
    message->size = size;
    return hal_guest_read(message + 1, hal_guest(from), size);
}

/// What is known of a message, as three words: each goes out in one instruction.
union message_about {
    struct sep_message_info info;
    uint64_t words[3];
};
_Static_assert(sizeof(struct sep_message_info) == 3u * sizeof(uint64_t), "nothing is left out");

/// Copies a message out to the caller, and what is known of it. False if that failed.
static inline bool message_give(const message_t *message, sep_word_t to, sep_word_t info,
                                sep_time_t age, bool valid)
{
    union message_about about;

    if (!hal_guest_write(hal_guest(to), message + 1, message->size)) {
        return false;
    }
    about.info.time = message->time;
    about.info.age = age;
    about.info.size = message->size;
    about.info.valid = valid ? 1u : 0u;
    return hal_guest_write64(hal_guest(info), about.words[0]) &&
           hal_guest_write64(hal_guest(info + 8u), about.words[1]) &&
           hal_guest_write64(hal_guest(info + 16u), about.words[2]);
}

/// Whether a call's message and the information on it may be written: to holds at most `room` bytes
/// of a message of at most `longest`.
static inline bool message_place(const struct sep_cfg_partition *caller, sep_word_t to,
                                 sep_word_t room, uint32_t longest, sep_word_t info)
{
    const struct sep_cfg_area *area;
    sep_word_t size = longest;

    if (room < size) {
        size = room;
    }
    area = config_area(caller, to, size, SEP_AREA_WRITE);
    if (area == NULL || (info & 7u) != 0u) {
        return false;
    }
    // Mostly it lies beside the message, in the same area: then that is all. No area is as short as it.
    return info - (uintptr_t)area->virtual_start <=
               (uintptr_t)area->size - sizeof(union message_about) ||
           config_area(caller, info, sizeof(union message_about), SEP_AREA_WRITE) != NULL;
}

/// Tells everybody who receives from a channel of this processor alone.
static inline void channel_tell_here(const struct channel *channel, uint32_t irq)
{
    CONFIG_EACH (channel_end, end, channel->config->receivers) {
        virq_take(vcpu_at(end->vcpu.index), SEP_IRQ_BIT(irq));
    }
}

/// Tells everybody who receives from the channel.
static inline void channel_tell(const struct channel *channel, uint32_t irq)
{
    CONFIG_EACH (channel_end, end, channel->config->receivers) {
        virq_raise(vcpu_at(end->vcpu.index), irq);
    }
}

#endif
