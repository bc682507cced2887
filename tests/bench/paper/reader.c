// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The last slot of every plan: reads the ports, and at the addresses that they hold how far everybody
// has counted; after some frames goes on to the next plan. It prints at the end, so that no text waits
// for the console while others count.

#include <septum/septum.h>

#include <stdio.h>

#define COUNTERS 8u
#define PLANS 6u
#define FRAMES 12u ///< at most, in one plan
#define MESSAGE 4u

// The first frame of a plan is not shown: there may be images to load in it.
static const uint32_t frames[PLANS] = {2, 2, 2, 2, 11, 11};
static uint32_t counts[PLANS][FRAMES][COUNTERS];
static uint32_t ports[COUNTERS];
static uint32_t before[COUNTERS];

static uint32_t counter(uint32_t port)
{
    struct sep_message_info info;
    uint32_t address;

    if (sep_sampling_read(port, &address, MESSAGE, &info) != SEP_OK) {
        return 0; // it has not started yet
    }
    return *(volatile uint32_t *)(uintptr_t)address;
}

// What was counted since the last call.
static void take(uint32_t taken[COUNTERS])
{
    for (uint32_t i = 0; i < COUNTERS; i++) {
        uint32_t now = counter(ports[i]);

        taken[i] = now - before[i];
        before[i] = now;
    }
}

static void print_all(void)
{
    for (uint32_t plan = 0; plan < PLANS; plan++) {
        for (uint32_t frame = 1; frame < frames[plan]; frame++) {
            printf("case %u", (unsigned)plan + 1u);
            for (uint32_t i = 0; i < COUNTERS; i++) {
                printf(" %u", (unsigned)counts[plan][frame][i]);
            }
            printf("\n");
        }
    }
}

int main(void)
{
    char name[] = "p1";

    for (uint32_t i = 0; i < COUNTERS; i++) {
        name[1] = (char)('1' + i);
        if (sep_sampling_create(name, SEP_PORT_DESTINATION, MESSAGE, &ports[i]) != SEP_OK) {
            return 1;
        }
    }
    // Its own image is loaded: from here on it runs once in a frame, behind everybody else.
    for (uint32_t plan = 0; plan < PLANS; plan++) {
        for (uint32_t frame = 0; frame < frames[plan]; frame++) {
            take(counts[plan][frame]);
            if (frame + 1u == frames[plan] && plan + 1u < PLANS) {
                (void)sep_plan_switch(plan + 1u, SEP_PLAN_AT_FRAME_END);
            }
            (void)sep_idle_self();
        }
    }
    print_all();
    (void)sep_system_halt();
    return 1;
}
