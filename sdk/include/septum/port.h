// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Ports: how partitions send each other messages. A channel of the description connects one source
// with its destinations. A sampling channel keeps the last message, a queuing channel all of them in
// order until they are received.

#ifndef SEPTUM_PORT_H
#define SEPTUM_PORT_H

#include <septum/types.h>

/// Longest message that a channel may be described for, in bytes: it is copied in one section.
#define SEP_MESSAGE_MAX 4096u
/// Most messages that a queuing channel may hold.
#define SEP_QUEUE_MAX 1024u

enum sep_port_kind { SEP_PORT_SAMPLING = 0, SEP_PORT_QUEUING = 1, SEP_PORT_KIND_COUNT = 2 };
enum sep_port_direction { SEP_PORT_SOURCE = 0, SEP_PORT_DESTINATION = 1 };

/// What a partition believes of a port that it opens; it must be what the description says.
struct sep_port_request {
    char name[SEP_NAME_MAX]; ///< zero-terminated
    uint32_t kind;           ///< enum sep_port_kind
    uint32_t direction;      ///< enum sep_port_direction
    uint32_t message_size;   ///< longest message, bytes
    uint32_t depth;          ///< messages that the queue holds; sampling: 0
};

/// What comes with a message.
struct sep_message_info {
    uint64_t time;  ///< hardware clock at which it was written
    uint64_t age;   ///< ns since then
    uint32_t size;  ///< bytes
    uint32_t valid; ///< 1: not older than the channel's maximum age
};

struct sep_sampling_status {
    uint64_t time;         ///< of the message in the channel, 0: none yet
    uint64_t max_age;      ///< ns; 0: a message is valid for ever
    uint32_t message_size; ///< longest message, bytes
    uint32_t direction;    ///< enum sep_port_direction
    uint32_t valid;        ///< 1: there is a message, and it is not older than that
    uint32_t count;        ///< messages ever written
};

struct sep_queuing_status {
    uint64_t max_age;      ///< ns that a message is kept for; 0: for ever
    uint32_t message_size; ///< longest message, bytes
    uint32_t depth;        ///< messages that the queue holds
    uint32_t direction;    ///< enum sep_port_direction
    uint32_t waiting;      ///< messages in the queue now
    uint32_t count;        ///< messages ever sent
    uint32_t refused;      ///< sends ever refused because the queue was full
    uint32_t expired;      ///< messages ever dropped because they were too old
    uint32_t cleared;      ///< messages ever dropped by sep_queuing_clear()
};

_Static_assert(sizeof(struct sep_port_request) == SEP_NAME_MAX + 16u, "ABI");
_Static_assert(sizeof(struct sep_message_info) == 24, "ABI");
_Static_assert(sizeof(struct sep_sampling_status) == 32, "ABI");
_Static_assert(sizeof(struct sep_queuing_status) == 40, "ABI");

#endif
