// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the tool knows of health-monitor events beyond their words.

#ifndef SEPTUM_TOOL_EVENT_H
#define SEPTUM_TOOL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

/// Whether an event (enum sep_event) can be one of a partition.
bool event_is_raised(uint32_t event);

/// Whether an event can be one of the hypervisor itself.
bool event_is_own(uint32_t event);

#endif
