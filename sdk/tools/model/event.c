// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Which events exist only as words.

#include "model/event.h"

#include <septum/event.h>

bool event_is_raised(uint32_t event)
{
    return event != SEP_EVENT_INTERNAL_ERROR && event != SEP_EVENT_PARTITION_ERROR &&
           event != SEP_EVENT_OVERRUN && event != SEP_EVENT_ILLEGAL_HYPERCALL;
}
