// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the partitions tell each other.

#ifndef SMP_PARTITION_SHARED_H
#define SMP_PARTITION_SHARED_H

#include <check.h>

struct shared {
    volatile uint64_t turns;    ///< of the target's loop, since its start
    volatile uint64_t slots;    ///< of the partition beside it
    volatile uint64_t shutdown; ///< times that the target was asked to
    volatile uint64_t order;    ///< what the target is to do: 1: fault
    volatile uint64_t restart;  ///< 1: the other system partition is to reset the hypervisor
};

static inline struct shared *shared(void)
{
    return (struct shared *)area_start("count");
}

#endif
