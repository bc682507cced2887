// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The two queues of times of a pool: of up to 128 entries which is the earliest, in each. Each queue is a tree of
// matches: a node names the entry with the earlier one of its two children's times, so that a change costs one
// comparison per level. The two trees have one shape and lie side by side, so that whoever changes in both goes up
// once.

#ifndef KERNEL_POOL_QUEUE_H
#define KERNEL_POOL_QUEUE_H

#include <hal/timer.h>
#include <septum/types.h>

/// The time of an entry that is not in the queue.
#define POOL_QUEUE_NEVER ((sep_time_t)INT64_MAX)

/// One that can be in a queue; a part of what it stands for.
struct pool_queue_entry {
    sep_time_t time;
    int32_t place; ///< bytes from the nodes to the pair of leaves that it is one of
};

enum pool_queue { POOL_RELEASES, POOL_DEADLINES, POOL_QUEUES };

struct pool_queues {
    struct pool_queue_entry *
        *node; ///< winners, queue by queue: 1 is the root, 2n and 2n + 1 are below n
    struct pool_queue_entry nobody; ///< at leaves without an entry
};

/// Bytes of the nodes for so many entries (a power of two, at least 2).
#define POOL_QUEUE_BYTES(leaves)                                                                   \
    ((leaves) * 2u * (uint32_t)POOL_QUEUES * (uint32_t)sizeof(struct pool_queue_entry *))

/// Empty queues with their nodes in POOL_QUEUE_BYTES(leaves) at memory. Boot only.
void pool_queue_init(struct pool_queues *queues, void *memory, uint32_t leaves);

/// A leaf of a queue (number of leaves + index) is this entry from now on, which is not in the queue. Boot only.
void pool_queue_add(struct pool_queues *queues, enum pool_queue which,
                    struct pool_queue_entry *entry, uint32_t leaf);

/// Gives an entry a time; POOL_QUEUE_NEVER takes it out. Bound: the binary digits of the number of leaves.
void pool_queue_set(struct pool_queues *queues, enum pool_queue which,
                    struct pool_queue_entry *entry, sep_time_t time);

// On the way up there are offsets in place of indices: of a pair of nodes, and half of it of the node above them.
// They are far below 2^31; signed, for then the mask is an immediate operand on every machine.
#define POOL_QUEUE_PAIR (2 * (int32_t)POOL_QUEUES * (int32_t)sizeof(struct pool_queue_entry *))

static inline struct pool_queue_entry **pool_queue_node(char *nodes, enum pool_queue which,
                                                        int32_t at)
{
    return (struct pool_queue_entry **)(void *)(nodes + at) + which;
}

/// Whether a time comes before another one; of equal times the one comes first whose owner stands first. Below
/// POOL_QUEUE_NEVER both.
/*@ requires time < 0x7fffffffffffffff && other < 0x7fffffffffffffff;
    assigns \nothing;
    ensures \result <==> time < other || (time == other && stands_first); */
static inline bool pool_queue_is_earlier(sep_time_t time, sep_time_t other, bool stands_first)
{
    return !HAL_REACHED(time, other + (stands_first ? 1u : 0u));
}

// Of two entries the one with the earlier time; a if the times are the same.
/*@ requires \valid_read(a) && \valid_read(b);
    requires a->time < 0x8000000000000000 && b->time < 0x8000000000000000;
    assigns \result \from a, b, *a, *b;
    ensures \result == (b->time < a->time ? b : a); */
static inline struct pool_queue_entry *pool_queue_winner(struct pool_queue_entry *a,
                                                         struct pool_queue_entry *b)
{
    return HAL_EARLIER(a, a->time, b, b->time);
}

// The match of the pair at an offset, for the node at half of it. Answers who wins.
static inline struct pool_queue_entry *pool_queue_match(char *nodes, enum pool_queue which,
                                                        int32_t at)
{
    struct pool_queue_entry *a = pool_queue_node(nodes, which, at)[0];
    struct pool_queue_entry *b = pool_queue_node(nodes, which, at)[POOL_QUEUES];
    struct pool_queue_entry *winner = pool_queue_winner(a, b);

    *pool_queue_node(nodes, which, at >> 1) = winner;
    return winner;
}

/// pool_queue_set(), inline. Answers the queue's first entry.
static inline struct pool_queue_entry *pool_queue_put(struct pool_queues *queues,
                                                      enum pool_queue which,
                                                      struct pool_queue_entry *entry,
                                                      sep_time_t time)
{
    struct pool_queue_entry *winner;
    char *nodes = (char *)queues->node;
    int32_t at = entry->place;

    entry->time = time;
    do {
        winner = pool_queue_match(nodes, which, at);
        at = (at >> 1) & -POOL_QUEUE_PAIR;
    } while (at != 0);
    return winner;
}

/// The same for two entries of one number at once. Answers the first release.
static inline struct pool_queue_entry *pool_queue_put_both(struct pool_queues *queues,
                                                           struct pool_queue_entry *release,
                                                           sep_time_t release_time,
                                                           struct pool_queue_entry *deadline,
                                                           sep_time_t deadline_time)
{
    struct pool_queue_entry *winner;
    char *nodes = (char *)queues->node;
    int32_t at = release->place;

    release->time = release_time;
    deadline->time = deadline_time;
    do {
        winner = pool_queue_match(nodes, POOL_RELEASES, at);
        (void)pool_queue_match(nodes, POOL_DEADLINES, at);
        at = (at >> 1) & -POOL_QUEUE_PAIR;
    } while (at != 0);
    return winner;
}

/// The same for an entry that comes before all others of its queue: nothing to compare.
static inline void pool_queue_put_first(struct pool_queues *queues, enum pool_queue which,
                                        struct pool_queue_entry *entry, sep_time_t time)
{
    char *nodes = (char *)queues->node;
    int32_t at = entry->place;

    entry->time = time;
    do {
        *pool_queue_node(nodes, which, at >> 1) = entry;
        at = (at >> 1) & -POOL_QUEUE_PAIR;
    } while (at != 0);
}

/// The entry with the earliest time, the lowest of those that have it; if there is none, one with POOL_QUEUE_NEVER.
static inline struct pool_queue_entry *pool_queue_first(const struct pool_queues *queues,
                                                        enum pool_queue which)
{
    return queues->node[(uint32_t)POOL_QUEUES + which];
}

#endif
