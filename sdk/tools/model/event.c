// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Which events a partition can have, and the hypervisor itself.

#include "model/event.h"

#include <septum/event.h>

bool event_is_raised(uint32_t event)
{
    static const unsigned allowed[SEP_EVENT_COUNT] = {
#define ALLOWED(name, word, action, log, partition, standard, own) [name] = (partition),
        SEP_EVENT_LIST(ALLOWED)
#undef ALLOWED
    };

    return event < SEP_EVENT_COUNT && allowed[event] != SEP_ACTIONS_NONE;
}

bool event_is_own(uint32_t event)
{
    static const unsigned allowed[SEP_EVENT_COUNT] = {
#define ALLOWED(name, word, action, log, partition, standard, own) [name] = (own),
        SEP_EVENT_LIST(ALLOWED)
#undef ALLOWED
    };

    return event < SEP_EVENT_COUNT && allowed[event] != SEP_ACTIONS_NONE;
}
