// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A partition that takes a time stamp at the first instruction it runs in each of its slots, and
// prints it as "stamp <frame> <frame start> <ns>". Where the frame began, by the plan and not by the
// partition's own clock, is the hypervisor's word: with the plan it says when the slot was to start.
// The virtual interrupt of the slot's start comes before anything else; its handler takes the stamp,
// whatever was interrupted when the slot before ended.

#ifndef DEMO_STAMP_H
#define DEMO_STAMP_H

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

static volatile sep_time_t stamp_time;
static volatile uint32_t stamp_count;

static void stamp_take(uint32_t irq)
{
    sep_time_t now = 0;

    (void)irq;
    (void)sep_get_time(SEP_CLOCK_HW, &now);
    stamp_time = now;
    stamp_count++;
}

// Computes something, as a partition would: never idle, so that every slot's end interrupts it.
static inline void stamp_compute(void)
{
    static volatile uint32_t result = 1;
    uint32_t x = result;

    for (int round = 0; round < 200; round++) {
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
    }
    result = x;
}

// Computes until the next slot has started; returns how many have since the first call.
static inline uint32_t stamp_next(void)
{
    uint32_t count = stamp_count;

    if (count == 0u) {
        (void)rt_irq_handler(SEP_IRQ_SLOT_START, stamp_take);
        rt_irq_on();
    }
    while (stamp_count == count) {
        stamp_compute();
    }
    return stamp_count;
}

static inline void stamp_print(void)
{
    struct sep_plan_status plan;

    (void)sep_plan_status(&plan);
    printf("stamp %u %llu %llu\n", (unsigned)plan.frame_count, (unsigned long long)plan.frame_start,
           (unsigned long long)stamp_time);
}

#endif
