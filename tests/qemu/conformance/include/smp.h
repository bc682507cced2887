// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What partitions on two processors share: messages of which each word says which one it is, and a doorbell.

#ifndef CONFORMANCE_SMP_H
#define CONFORMANCE_SMP_H

#include <check.h>

#define SMP_ROUNDS 100u
#define SMP_MESSAGES 100u
#define SMP_WORDS 8u

struct smp_message {
    uint64_t words[SMP_WORDS];
};

static inline void smp_fill(struct smp_message *message, uint64_t number)
{
    for (unsigned i = 0; i < SMP_WORDS; i++) {
        message->words[i] = number;
    }
}

/// Whether all of it is of one message.
static inline bool smp_is_whole(const struct smp_message *message)
{
    for (unsigned i = 1; i < SMP_WORDS; i++) {
        if (message->words[i] != message->words[0]) {
            return false;
        }
    }
    return true;
}

static volatile uint32_t smp_rings;

static inline void smp_ring_handler(uint32_t irq)
{
    (void)irq;
    smp_rings++;
}

/// Idles until the doorbell has rung that often. Delivery is disabled.
static inline void smp_wait_for_ring(uint32_t count)
{
    while (smp_rings < count) {
        (void)sep_idle_self();
        rt_irq_on();
        rt_irq_off();
    }
}

static inline uint32_t smp_frame(void)
{
    struct sep_plan_status status = {0};

    (void)sep_plan_status(&status);
    return status.frame_count;
}

#endif
