// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A neighbour that computes until its slot ends and is told of the next by interrupt. It watches over
// the attacker: one that has stopped is started again. It ends the system.

#include "neighbour.h"

#include <rt/irq.h>

#define ATTACKER 2u
#define PATIENCE 4u ///< frames without any execution
#define MORE_FRAMES 100u
#ifndef LIFE
#define LIFE 0u ///< frames that the attacker is left alone; 0: for ever
#endif

static volatile sep_time_t slot_time;
static volatile uint32_t slot_count;

static void slot_start(uint32_t irq)
{
    sep_time_t time;

    (void)irq;
    (void)sep_get_time(SEP_CLOCK_HW, &time);
    slot_time = time;
    slot_count++;
}

// The same thing twice, in registers that nobody else may change.
static void wait_computing(void)
{
    uint32_t count = slot_count;
    uint32_t x = count;
    uint32_t y = count;

    while (slot_count == count) {
        x = x * 1664525u + 1013904223u;
        __asm__ volatile("" : "+r"(x));
        y = y * 1664525u + 1013904223u;
        __asm__ volatile("" : "+r"(y));
    }
    if (x != y) {
        printf("MY REGISTERS HAVE CHANGED\n");
    }
}

// The number of the revival is the attacker's reset code, from which it may take its seed.
static void revive(void)
{
    static uint32_t revivals;

    revivals++;
    if (sep_partition_reset(ATTACKER, SEP_MODE_WARM, revivals) != SEP_OK) {
        (void)sep_partition_reset(ATTACKER, SEP_MODE_COLD, revivals);
    }
}

static void watch(void)
{
    static sep_time_t executed;
    static uint32_t still;
    static uint32_t life;
    struct sep_partition_status status;

    (void)sep_partition_status(ATTACKER, &status);
    if (status.state == SEP_STATE_LOADING) {
        still = 0;
        return;
    }
    still = status.exec_clock == executed ? still + 1u : 0u;
    executed = status.exec_clock;
    life++;
    if (status.state != SEP_STATE_READY || still == PATIENCE || life == LIFE) {
        revive();
        still = 0;
        life = 0;
    }
}

int main(void)
{
    struct lateness lateness = {0, 0, 0};
    struct sep_partition_status status;

    (void)rt_irq_handler(SEP_IRQ_SLOT_START, slot_start);
    canary_fill();
    rt_irq_on();
    while (lateness.count < FRAMES + MORE_FRAMES) {
        wait_computing();
        lateness_take(&lateness, slot_time);
        watch();
    }
    lateness_print(&lateness);
    canary_check();
    (void)sep_partition_status(ATTACKER, &status);
    printf("the attacker was reset %u times, %u events\n", (unsigned)status.reset_count,
           (unsigned)status.event_count);
    (void)sep_system_halt();
    return 1;
}
