// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the tool knows of health-monitor events beyond their words.

#ifndef SEPTUM_TOOL_EVENT_H
#define SEPTUM_TOOL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

/// Whether this hypervisor raises an event (enum sep_event); the others are words that later
/// versions give a meaning.
bool event_is_raised(uint32_t event);

#endif
