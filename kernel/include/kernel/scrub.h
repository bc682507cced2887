// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Looks for damage of what the hypervisor only reads: its own code with its constants, and the compiled
// configuration.

#ifndef KERNEL_SCRUB_H
#define KERNEL_SCRUB_H

#include <stdbool.h>
#include <stdint.h>

/// Bytes of a step.
#define SCRUB_STEP 256u

/// Regions that are looked at; the number is the code of the event.
enum scrub_region { SCRUB_CODE = 0, SCRUB_CONFIGURATION = 1, SCRUB_REGIONS = 2 };

/// Two sums, the second over the states of the first: every change of one word shows, and so does an
/// exchange of two. Against damage, not against intent.
struct scrub_sums {
    uint32_t words;
    uint32_t states;
};

/// Sums up what is there. That is right where it was just loaded; after a reset of the hypervisor's own
/// making (again), which mends nothing, what was right is in the boot record. Boot only.
void scrub_init(bool again);

/// Raises an event for each region in which something has changed since it was right. Boot only, when events
/// can be raised and nobody runs.
void scrub_judge(void);

/// Looks at the next bytes; behind the last ones of a region an event follows if something there has
/// changed. In idle time.
void scrub_step(void);

#endif
