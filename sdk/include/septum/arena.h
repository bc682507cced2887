// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How much run-time memory a configuration takes. The kernel carves its arena with these functions
// and the host tool predicts it with the same ones, so that there is one formula. Sizes come from
// sizeof in the kernel and from the hypervisor binary's build information in the tool.

#ifndef SEPTUM_ARENA_H
#define SEPTUM_ARENA_H

#include <septum/log.h>
#include <septum/types.h>

#define SEP_TABLE_LEVELS_MAX 4u
#define SEP_ARENA_ALIGN 8u

/// Geometry of the page tables of one partition. Entry n of a level covers 2^shift bytes.
struct sep_table_levels {
    uint32_t levels; ///< 0: the architecture keeps no tables in the arena
    struct {
        uint32_t shift;
        uint32_t bytes; ///< size and alignment of one table
        uint32_t leaf;  ///< 1: an entry may map memory; the last level's always may
    } level[SEP_TABLE_LEVELS_MAX];
};

/// Whether an entry of a level maps the piece of [va, va + size) that begins at va, or else one of the
/// levels below: the largest does for which va and pa are aligned and the piece is long enough. The
/// same rule everywhere. (uintptr_t: as wide as addresses are in the kernel; in the host tool that is
/// never less.)
static inline bool sep_table_is_leaf(const struct sep_table_levels *t, uint32_t level, uintptr_t va,
                                     uintptr_t pa, uintptr_t size)
{
    uintptr_t span = (uintptr_t)1 << t->level[level].shift;

    return level + 1u >= t->levels ||
           (t->level[level].leaf != 0u && ((va | pa) & (span - 1u)) == 0u && size >= span);
}

/// That level.
static inline uint32_t sep_table_leaf_level(const struct sep_table_levels *t, uintptr_t va,
                                            uintptr_t pa, uintptr_t size)
{
    uint32_t level = 0;

    while (!sep_table_is_leaf(t, level, va, pa, size)) {
        level++;
    }
    return level;
}

/// State of a count over one partition's areas; start with {0}.
struct sep_table_count {
    uint64_t last[SEP_TABLE_LEVELS_MAX]; ///< 1 + number of the last block that got a table
    uint32_t tables[SEP_TABLE_LEVELS_MAX];
};

/// Counts the tables below the top one that an area needs. Areas come sorted by virtual address.
static inline void sep_table_count_area(const struct sep_table_levels *t, struct sep_table_count *c,
                                        uint64_t va, uint64_t pa, uint64_t size)
{
    while (t->levels != 0u && size != 0u) {
        uint32_t leaf = sep_table_leaf_level(t, (uintptr_t)va, (uintptr_t)pa, (uintptr_t)size);
        uint64_t span = (uint64_t)1 << t->level[leaf].shift;

        for (uint32_t level = 1; level <= leaf; level++) {
            uint64_t block = (va >> t->level[level - 1u].shift) + 1u;

            if (c->last[level] != block) {
                c->last[level] = block;
                c->tables[level]++;
            }
        }
        span = size < span ? size : span;
        va += span;
        pa += span;
        size -= span;
    }
}

/// Rounds up to the arena's alignment.
static inline uint64_t sep_arena_round(uint64_t size)
{
    return (size + (SEP_ARENA_ALIGN - 1u)) & ~(uint64_t)(SEP_ARENA_ALIGN - 1u);
}

/// What stands before each message in a channel's buffers.
struct sep_arena_message {
    uint64_t time; ///< hardware clock at which it was written
    uint32_t size;
    uint32_t reserved;
};

/// Room for one message.
static inline uint32_t sep_arena_message_room(uint32_t message_size)
{
    return (uint32_t)(sizeof(struct sep_arena_message) + sep_arena_round(message_size));
}

/// Buffers of a channel: a sampling channel (depth 0) has the last message and room for the next.
static inline uint32_t sep_arena_channel_buffers(uint32_t message_size, uint32_t depth)
{
    return (depth == 0u ? 2u : depth) * sep_arena_message_room(message_size);
}

/// Room for a trace's stream: its head and its records.
static inline uint32_t sep_arena_trace(uint32_t records)
{
    return records == 0u
               ? 0u
               : (uint32_t)(sizeof(struct sep_log) + records * sizeof(struct sep_trace_record));
}

/// A logbook: its head and its records; none takes nothing.
static inline uint64_t sep_arena_log(uint32_t record_size, uint32_t records)
{
    return records == 0u ? 0u : sizeof(struct sep_log) + (uint64_t)record_size * records;
}

/// Leaves of a pool's queues: a power of two, at least one pair.
static inline uint32_t sep_arena_pool_leaves(uint32_t real_time)
{
    uint32_t leaves = 2;

    while (leaves < real_time) {
        leaves *= 2u;
    }
    return leaves;
}

/// A pool: its struct, one for each of its real-time vCPUs, and its two queues, in each of which a leaf has two words.
static inline uint32_t sep_arena_pool(uint32_t pool_size, uint32_t task_size, uint32_t word,
                                      uint32_t real_time)
{
    return pool_size + real_time * task_size + 2u * sep_arena_pool_leaves(real_time) * 2u * word;
}

/// What the arena holds. Tables lie at its front, the top tables of all partitions first, each
/// aligned to its size (lower levels have one size and the top one is no smaller, so nothing is lost
/// to alignment); the health monitor's log lies at its very end, where a restart finds it again.
/// From there down: partitions, vCPUs, pools, channels with their buffers, traces (the hypervisor's, then
/// those of the partitions in their order), consoles (the hypervisor's and one for each partition that
/// has a console, each a struct and a ring).
struct sep_arena_need {
    uint64_t tables; ///< bytes of all page tables
    uint64_t partitions;
    uint64_t vcpus;
    uint64_t pools;
    uint64_t consoles;
    uint64_t channels;
    uint64_t traces;
    uint64_t logs;
};

static inline uint64_t sep_arena_total(const struct sep_arena_need *n)
{
    return sep_arena_round(n->tables) + n->partitions + n->vcpus + n->pools + n->consoles +
           n->channels + n->traces + n->logs;
}

/// Bytes between the end of the traces and that of the arena.
static inline uint64_t sep_arena_behind_traces(const struct sep_arena_need *n)
{
    return n->channels + n->pools + n->vcpus + n->partitions + n->logs;
}

#endif
