// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A lock among processors, first come, first served: who waits, waits for one section of each other processor
// at most. Interrupts are off, so sections are short. On a machine with one processor nothing is left of it.
//
// Order, where two are held at once: a channel's or the health monitor's, then a partition's, then a trace's.

#ifndef KERNEL_LOCK_H
#define KERNEL_LOCK_H

#include <stdbool.h>
#include <stdint.h>

struct lock {
    uint32_t next; ///< number of who comes next
    uint32_t serving;
};

/// One turn of waiting for another processor. Does not return where the system ends meanwhile.
void lock_wait(void);

static inline void lock_take(struct lock *lock)
{
    if (CONFIG_CPUS_MAX > 1) {
        uint32_t mine = __atomic_fetch_add(&lock->next, 1u, __ATOMIC_RELAXED);

        while (__atomic_load_n(&lock->serving, __ATOMIC_ACQUIRE) != mine) {
            lock_wait();
        }
    }
}

/// False: somebody has it.
static inline bool lock_try(struct lock *lock)
{
    if (CONFIG_CPUS_MAX > 1) {
        uint32_t mine = __atomic_load_n(&lock->serving, __ATOMIC_ACQUIRE);

        return __atomic_compare_exchange_n(&lock->next, &mine, mine + 1u, false, __ATOMIC_RELAXED,
                                           __ATOMIC_RELAXED);
    }
    return true;
}

static inline void lock_give(struct lock *lock)
{
    if (CONFIG_CPUS_MAX > 1) {
        __atomic_store_n(&lock->serving, lock->serving + 1u, __ATOMIC_RELEASE);
    }
}

/// Nobody else is left who could have it.
static inline void lock_break(struct lock *lock)
{
    lock->next = 0;
    lock->serving = 0;
}

#endif
