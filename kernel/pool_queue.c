// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A queue of times.

#include <kernel/pool_queue.h>

void pool_queue_init(struct pool_queue *queue, void *memory, uint32_t leaves)
{
    queue->key = memory;
    queue->node = (sep_time_t **)(void *)(queue->key + leaves);
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
    pool_queue_put(queue, entry, time);
}
