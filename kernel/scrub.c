// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the hypervisor only reads, summed up at boot and again in idle time: a word that has changed is
// an event.

#include <hal/boot.h>
#include <hal/phys.h>
#include <kernel/boot.h>
#include <kernel/config.h>
#include <kernel/events.h>
#include <kernel/panic.h>
#include <kernel/scrub.h>

struct region {
    uintptr_t start; ///< physical
    uint32_t size;   ///< a multiple of words
    struct scrub_sums wanted;
    struct scrub_sums found; ///< when it was looked at last
};

static struct {
    struct region regions[SCRUB_REGIONS];
    uint32_t region; ///< of the next step
    uint32_t offset;
    struct scrub_sums sums; ///< up to there
} scrub;

// One step; true when it was the last one of its region, whose sums are found then.
static bool add(void)
{
    struct region *region = &scrub.regions[scrub.region];
    uint32_t words[SCRUB_STEP / sizeof(uint32_t)];
    uint32_t left = region->size - scrub.offset;
    uint32_t bytes = left < SCRUB_STEP ? left : SCRUB_STEP;

    // Past the caches' and tables' view of it.
    hal_phys_read(words, hal_phys(region->start + scrub.offset), bytes);
    for (uint32_t i = 0; i < bytes / sizeof(uint32_t); i++) {
        scrub.sums.words += words[i];
        scrub.sums.states += scrub.sums.words;
    }
    scrub.offset += bytes;
    if (scrub.offset != region->size) {
        return false;
    }
    region->found = scrub.sums;
    return true;
}

static void begin(uint32_t region)
{
    scrub.region = region;
    scrub.offset = 0;
    scrub.sums = (struct scrub_sums){1, 0};
}

static void judge(uint32_t number)
{
    const struct hal_fault fault = {.event = SEP_EVENT_INTEGRITY, .code = number};
    struct region *region = &scrub.regions[number];

    if (region->found.words != region->wanted.words ||
        region->found.states != region->wanted.states) {
        region->wanted = region->found; // one event for one change, until the next start
        event_raise_own(&fault, "hypervisor damaged", SYSTEM_STATUS_EVENT);
    }
}

void scrub_init(bool again)
{
    uint32_t code;
    uint32_t data;

    hal_boot_sizes(&code, &data);
    scrub.regions[SCRUB_CODE].start = hal_boot_start();
    scrub.regions[SCRUB_CODE].size = code & ~(uint32_t)(sizeof(uint32_t) - 1u);
    scrub.regions[SCRUB_CONFIGURATION].start = hal_boot_end();
    scrub.regions[SCRUB_CONFIGURATION].size = config.header->size;
    for (uint32_t i = 0; i < SCRUB_REGIONS; i++) {
        begin(i);
        while (!add()) {
        }
        if (!again) {
            boot_record.sums[i] = scrub.regions[i].found;
        }
        scrub.regions[i].wanted = boot_record.sums[i];
    }
    begin(SCRUB_CODE);
}

void scrub_judge(void)
{
    for (uint32_t i = 0; i < SCRUB_REGIONS; i++) {
        judge(i);
    }
}

void scrub_step(void)
{
    uint32_t region = scrub.region;

    if (add()) {
        begin(region == SCRUB_CODE ? SCRUB_CONFIGURATION : SCRUB_CODE);
        judge(region);
    }
}
