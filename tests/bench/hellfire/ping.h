// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Pings: interrupts of a line at times of a fixed seed, 20 in a second, each at any time within its 50 ms. Who
// computes when one is due raises the line (tests/qemu/board), so everybody looks at the clock now and then.

#ifndef HELLFIRE_PING_H
#define HELLFIRE_PING_H

#include <interrupt_source.h>
#include <septum/septum.h>

#define PING_MAX 4000u
#define PING_SEED 20261120u
#define PING_PERIOD 50000u ///< us
/// By then everybody is loaded, in us.
#define PING_FIRST 2000000u

/// Memory of all partitions; zero at first.
struct mail {
    volatile uint32_t due;                ///< pings that were due
    volatile uint32_t sent;               ///< of them, whose line was raised
    volatile uint32_t answered;           ///< of them
    volatile uint32_t reserved;           ///< alignment
    volatile sep_time_t next;             ///< when the next one is due; 0: none ever is
    volatile sep_time_t raised[PING_MAX]; ///< when each was found to be due
};

static inline struct mail *mail(void)
{
    return (struct mail *)(uintptr_t)sep_info_area("mail")->address;
}

static inline sep_time_t ping_clock(void)
{
    sep_time_t time = 0;

    (void)sep_get_time(SEP_CLOCK_HW, &time);
    return time;
}

/// When a ping is due.
static inline sep_time_t ping_time(uint32_t number)
{
    uint32_t random = PING_SEED + number * 2654435761u;

    random ^= random >> 15;
    random *= 2246822519u;
    random ^= random >> 13;
    return ((sep_time_t)PING_FIRST + (sep_time_t)number * PING_PERIOD + random % PING_PERIOD) *
           1000u;
}

/// Sends the ping that is due, if any. Who loses the processor before the line is raised leaves that to the next one.
static inline void ping_look(void)
{
    struct mail *m = mail();
    sep_time_t now = ping_clock();
    uint32_t due = m->due;

    if (m->next != 0u && now >= m->next && due < PING_MAX) {
        if (m->raised[due] == 0u) {
            m->raised[due] = now;
        }
        due++;
        m->next = ping_time(due);
        m->due = due;
    }
    if (m->sent < due && m->answered < due) {
        (void)source_raise(sep_info()->partition, SOURCE_LINE(0));
        m->sent = m->sent < due ? due : m->sent;
    }
}

/// Computes for a while between two looks.
static inline void ping_compute(void)
{
    for (volatile uint32_t i = 0; i < 500u; i++) {
    }
    ping_look();
}

#endif
