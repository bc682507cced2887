// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The two queues of times of a pool.

#include <kernel/cold.h>
#include <kernel/pool_queue.h>

void pool_queue_init(struct pool_queues *queues, void *memory, uint32_t leaves)
{
    queues->node = memory;
    queues->nobody.time = POOL_QUEUE_NEVER;
    for (uint32_t i = 0; i < 2u * leaves * (uint32_t)POOL_QUEUES; i++) {
        queues->node[i] = &queues->nobody;
    }
}

COLD void pool_queue_add(struct pool_queues *queues, enum pool_queue which,
                         struct pool_queue_entry *entry, uint32_t leaf)
{
    entry->place = (int32_t)(leaf / 2u) * POOL_QUEUE_PAIR;
    queues->node[leaf * (uint32_t)POOL_QUEUES + which] = entry;
    (void)pool_queue_put(queues, which, entry, POOL_QUEUE_NEVER);
}

void pool_queue_set(struct pool_queues *queues, enum pool_queue which,
                    struct pool_queue_entry *entry, sep_time_t time)
{
    (void)pool_queue_put(queues, which, entry, time);
}
