// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Words that another processor reads while they are written: never by half, and in no order to others but where
// a lock or a fence says so. On a machine with one processor nothing is left of it.

#ifndef KERNEL_SHARED_H
#define KERNEL_SHARED_H

#include <stdint.h>

#define shared_read(word) __atomic_load_n((word), __ATOMIC_RELAXED)
#define shared_write(word, value) __atomic_store_n((word), (value), __ATOMIC_RELAXED)

/// What was written before the word was is seen by who reads the word.
#define shared_read_after(word)                                                                    \
    (CONFIG_CPUS_MAX > 1 ? __atomic_load_n((word), __ATOMIC_ACQUIRE) : *(word))
#define shared_publish(word, value)                                                                \
    __atomic_store_n((word), (value), CONFIG_CPUS_MAX > 1 ? __ATOMIC_RELEASE : __ATOMIC_RELAXED)

/// Of two processors that each write a word, then this, then read the other's, one at least sees the other's word.
static inline void shared_fence(void)
{
    if (CONFIG_CPUS_MAX > 1) {
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    }
}

/// 64-bit words: architectures with several processors have them.
static inline uint64_t shared_read64(const uint64_t *word)
{
    return CONFIG_CPUS_MAX > 1 ? __atomic_load_n(word, __ATOMIC_RELAXED) : *word;
}

static inline void shared_add64(uint64_t *word, uint64_t value)
{
    if (CONFIG_CPUS_MAX > 1) {
        __atomic_store_n(word, *word + value, __ATOMIC_RELAXED);
    } else {
        *word += value;
    }
}

/// Adds to a count that several processors keep; answers the sum.
static inline uint32_t shared_add(uint32_t *word, uint32_t value)
{
    if (CONFIG_CPUS_MAX > 1) {
        return __atomic_add_fetch(word, value, __ATOMIC_RELAXED);
    }
    *word += value;
    return *word;
}

/// A count that one processor keeps.
static inline void shared_count(uint32_t *word)
{
    shared_write(word, *word + 1u);
}

#endif
