// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Checks of conformance partitions: each prints "PASS name", or "FAIL name: …" with what was wrong.

#ifndef CONFORMANCE_CHECK_H
#define CONFORMANCE_CHECK_H

#include <rt/irq.h>
#include <septum/septum.h>
#include <stdio.h>

#define MS ((sep_time_t)1000000)
#define US ((sep_time_t)1000)

/// A condition that must hold.
#define CHECK(name, condition) check((name), (condition), #condition)

/// A call that must answer a certain status.
#define CHECK_STATUS(name, call, want) check_status((name), (call), (want))

/// Two unsigned numbers that must be equal.
#define CHECK_EQUAL(name, got, want) check_equal((name), (got), (want))

static inline bool check(const char *name, bool ok, const char *condition)
{
    if (ok) {
        printf("PASS %s\n", name);
    } else {
        printf("FAIL %s: %s\n", name, condition);
    }
    return ok;
}

static inline bool check_status(const char *name, sep_status_t got, sep_status_t want)
{
    if (got == want) {
        printf("PASS %s\n", name);
    } else {
        printf("FAIL %s: %s instead of %s\n", name, sep_status_name(got), sep_status_name(want));
    }
    return got == want;
}

static inline bool check_equal(const char *name, uint64_t got, uint64_t want)
{
    if (got == want) {
        printf("PASS %s\n", name);
    } else {
        printf("FAIL %s: %llu instead of %llu\n", name, (unsigned long long)got,
               (unsigned long long)want);
    }
    return got == want;
}

/// What a clock says now.
static inline sep_time_t now(enum sep_clock clock)
{
    sep_time_t time = 0;

    (void)sep_get_time(clock, &time);
    return time;
}

/// Gives up the processor n times.
static inline void idle(unsigned n)
{
    while (n-- != 0u) {
        (void)sep_idle_self();
    }
}

/// Idles until the system's frame of that number: everybody is loaded after some, and does what follows in
/// the order of the slots.
static inline void wait_for_frame(uint32_t frame)
{
    struct sep_plan_status status = {0};

    for (;;) {
        (void)sep_plan_status(&status);
        if (status.frame_count >= frame) {
            return;
        }
        (void)sep_idle_self();
    }
}

/// Where the partition's memory area of a name begins and ends.
static inline uintptr_t area_start(const char *name)
{
    return (uintptr_t)sep_info_area(name)->address;
}

static inline uintptr_t area_end(const char *name)
{
    return (uintptr_t)(sep_info_area(name)->address + sep_info_area(name)->size);
}

#endif
