// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A queue of times.

#include <kernel/pool_queue.h>

void pool_queue_init(struct pool_queue *queue, void *memory, uint32_t leaves)
{
    queue->key = memory;
    queue->node = (const sep_time_t **)(void *)(queue->key + leaves);
    queue->leaves = leaves;
    for (uint32_t i = 0; i < leaves; i++) {
        queue->key[i] = POOL_QUEUE_NEVER;
        queue->node[leaves + i] = &queue->key[i];
    }
    for (uint32_t i = leaves - 1u; i != 0u; i--) {
        queue->node[i] = queue->node[2u * i];
    }
}

void pool_queue_set(struct pool_queue *queue, uint32_t entry, sep_time_t time)
{
    // Offsets in place of indices: of a node's two children, and half of it of the node.
    const uint32_t pair = 2u * (uint32_t)sizeof(const sep_time_t *);
    char *nodes = (char *)queue->node;

    queue->key[entry] = time;
    for (uint32_t at = (queue->leaves + entry) / 2u * pair; at != 0u;
         at = at / (2u * pair) * pair) {
        const sep_time_t **child = (const sep_time_t **)(void *)(nodes + at);
        uint64_t difference = *child[1] - *child[0];

        // Its sign: both are below 2^63.
        *(const sep_time_t **)(void *)(nodes + at / 2u) = child[difference >> 63];
    }
}
