// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The hypervisor's own code and constants, summed up at boot and again in idle time: a word that has
// changed is an event.

#include <hal/boot.h>
#include <hal/phys.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/scrub.h>

// Two sums, the second over the states of the first: every change of one word shows, and so does an
// exchange of two. Against damage, not against intent.
struct sums {
    uint32_t words;
    uint32_t states;
};

static struct {
    uint32_t size;   ///< bytes of code and constants
    uint32_t offset; ///< of the next step
    struct sums sums;
    struct sums wanted;
} scrub;

// One step; true when it was the last one.
static bool add(void)
{
    uint32_t words[SCRUB_STEP / sizeof(uint32_t)];
    uint32_t left = scrub.size - scrub.offset;
    uint32_t bytes = left < SCRUB_STEP ? left : SCRUB_STEP;

    // Past the caches' and tables' view of it.
    hal_phys_read(words, hal_phys(hal_boot_start() + scrub.offset), bytes);
    for (uint32_t i = 0; i < bytes / sizeof(uint32_t); i++) {
        scrub.sums.words += words[i];
        scrub.sums.states += scrub.sums.words;
    }
    scrub.offset += bytes;
    return scrub.offset == scrub.size;
}

static void begin(void)
{
    scrub.offset = 0;
    scrub.sums = (struct sums){1, 0};
}

void scrub_init(void)
{
    uint32_t data;

    hal_boot_sizes(&scrub.size, &data);
    scrub.size &= ~(uint32_t)(sizeof(uint32_t) - 1u);
    begin();
    while (!add()) {
    }
    scrub.wanted = scrub.sums;
    begin();
}

void scrub_step(void)
{
    const struct hal_fault fault = {.event = SEP_EVENT_INTEGRITY};
    struct sums found;

    if (!add()) {
        return;
    }
    found = scrub.sums;
    begin();
    if (found.words != scrub.wanted.words || found.states != scrub.wanted.states) {
        scrub.wanted = found; // one event for one change
        event_raise_own(&fault, "hypervisor damaged", SYSTEM_STATUS_EVENT);
    }
}
