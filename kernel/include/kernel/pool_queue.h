// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A queue of times: which of up to 128 entries has the earliest. A tree of matches: each node holds the earlier
// of its two children's times, so that a change costs one comparison per level, always the same number.

#ifndef KERNEL_POOL_QUEUE_H
#define KERNEL_POOL_QUEUE_H

#include <septum/types.h>

/// The time of an entry that is not in the queue.
#define POOL_QUEUE_NEVER ((sep_time_t)INT64_MAX)

struct pool_queue {
    sep_time_t *key;   ///< of each entry
    sep_time_t **node; ///< the entry that wins below each node; 1 is the root, leaves the entries
    uint32_t leaves;   ///< entries, a power of two
};

/// Bytes that a queue of so many entries (a power of two) takes.
#define POOL_QUEUE_BYTES(leaves)                                                                   \
    ((leaves) * (uint32_t)(sizeof(sep_time_t) + 2u * sizeof(sep_time_t *)))

/// An empty queue in POOL_QUEUE_BYTES(leaves) at memory. Boot only.
void pool_queue_init(struct pool_queue *queue, void *memory, uint32_t leaves);

/// Gives an entry a time; POOL_QUEUE_NEVER takes it out. Bound: the binary digits of leaves.
void pool_queue_set(struct pool_queue *queue, uint32_t entry, sep_time_t time);

/// The same, inline.
static inline void pool_queue_put(struct pool_queue *queue, uint32_t entry, sep_time_t time)
{
    // Offsets in place of indices: of a node's two children, and half of it of the node.
    const uint32_t pair = 2u * (uint32_t)sizeof(sep_time_t *);
    char *nodes = (char *)queue->node;

    queue->key[entry] = time;
    for (uint32_t at = (queue->leaves + entry) / 2u * pair; at != 0u;
         at = at / (2u * pair) * pair) {
        sep_time_t **child = (sep_time_t **)(void *)(nodes + at);
        uint64_t difference = *child[1] - *child[0];

        // Its sign: both are below 2^63.
        *(sep_time_t **)(void *)(nodes + at / 2u) = child[difference >> 63];
    }
}

/// The earliest time, POOL_QUEUE_NEVER if there is none; the lowest entry of those that have it.
static inline sep_time_t pool_queue_time(const struct pool_queue *queue)
{
    return *queue->node[1];
}

static inline uint32_t pool_queue_first(const struct pool_queue *queue)
{
    return (uint32_t)(queue->node[1] - queue->key);
}

#endif
