// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Looks for damage of the hypervisor's own code and constants.

#ifndef KERNEL_SCRUB_H
#define KERNEL_SCRUB_H

/// Bytes of a step.
#define SCRUB_STEP 256u

/// Sums up what is there. Boot only.
void scrub_init(void);

/// Looks at the next bytes; behind the last ones an event follows if something has changed. In idle
/// time.
void scrub_step(void);

#endif
