// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// How punctual the slots of a real-time partition are: how far behind its time in the plan each one has begun, while
// Linux runs; and the reports that the two real-time partitions exchange.

#ifndef SLOTS_H
#define SLOTS_H

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdbool.h>
#include <stdio.h>

struct report {
    uint32_t number; ///< counts up
    uint32_t answered;
    uint32_t last;       ///< not 0: there will be no other
    uint32_t linux_runs; ///< its image is loaded
};

static struct {
    sep_time_t offset; ///< of the slot in the frame, ns
    sep_time_t least, most;
    volatile sep_time_t begun;
    uint32_t count;
} slots;

// The first thing that a slot does.
static inline void slots_begin(uint32_t irq)
{
    sep_time_t now = 0;

    (void)irq;
    (void)sep_get_time(SEP_CLOCK_HW, &now);
    slots.begun = now;
}

static inline void slots_init(sep_time_t offset)
{
    slots.offset = offset;
    slots.least = INT64_MAX;
    (void)rt_irq_handler(SEP_IRQ_SLOT_START, slots_begin);
    rt_irq_on();
}

// Computes, as a partition would, until the next slot has begun, and notes how it did.
static inline void slots_next(bool note)
{
    struct sep_plan_status plan = {0};
    sep_time_t before = slots.begun;
    sep_time_t behind;

    while (slots.begun == before) {
    }
    if (!note) {
        return;
    }
    (void)sep_plan_status(&plan);
    behind = slots.begun - plan.frame_start - slots.offset;
    slots.least = behind < slots.least ? behind : slots.least;
    slots.most = behind > slots.most ? behind : slots.most;
    slots.count++;
}

static inline void slots_print(void)
{
    printf("%u slots, begun %lld to %lld ns behind their time\n", (unsigned)slots.count,
           (long long)slots.least, (long long)slots.most);
}

#endif
