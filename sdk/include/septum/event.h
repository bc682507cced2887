// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Health-monitor events and actions. Names are the same on every architecture; the architecture's
// own code stands beside them in the record.

#ifndef SEPTUM_EVENT_H
#define SEPTUM_EVENT_H

#include <septum/types.h>

/// X(name, word in descriptions and messages, default action)
#define SEP_EVENT_LIST(X)                                                                          \
    X(SEP_EVENT_INTERNAL_ERROR, "internal-error", SEP_ACTION_HYPERVISOR_HALT)                      \
    X(SEP_EVENT_MEM_PROTECTION, "mem-protection", SEP_ACTION_SUSPEND)                              \
    X(SEP_EVENT_MEM_ALIGNMENT, "mem-alignment", SEP_ACTION_HALT)                                   \
    X(SEP_EVENT_BUS_ERROR, "bus-error", SEP_ACTION_HALT)                                           \
    X(SEP_EVENT_ILLEGAL_INSTRUCTION, "illegal-instruction", SEP_ACTION_HALT)                       \
    X(SEP_EVENT_PRIVILEGED_INSTRUCTION, "privileged-instruction", SEP_ACTION_HALT)                 \
    X(SEP_EVENT_FP_DISABLED, "fp-disabled", SEP_ACTION_HALT)                                       \
    X(SEP_EVENT_FP_ERROR, "fp-error", SEP_ACTION_HALT)                                             \
    X(SEP_EVENT_NUMERIC_ERROR, "numeric-error", SEP_ACTION_HALT)                                   \
    X(SEP_EVENT_STACK, "stack", SEP_ACTION_HALT)                                                   \
    X(SEP_EVENT_UNEXPECTED_TRAP, "unexpected-trap", SEP_ACTION_HALT)                               \
    X(SEP_EVENT_WATCHDOG, "watchdog", SEP_ACTION_HALT)                                             \
    X(SEP_EVENT_PARTITION_ERROR, "partition-error", SEP_ACTION_HALT)                               \
    X(SEP_EVENT_INTEGRITY, "integrity", SEP_ACTION_HALT)                                           \
    X(SEP_EVENT_OVERRUN, "overrun", SEP_ACTION_IGNORE)                                             \
    X(SEP_EVENT_ILLEGAL_HYPERCALL, "illegal-hypercall", SEP_ACTION_IGNORE)

enum sep_event {
#define SEP_EVENT_ENUM(name, word, action) name,
    SEP_EVENT_LIST(SEP_EVENT_ENUM)
#undef SEP_EVENT_ENUM
        SEP_EVENT_COUNT
};

/// Whether an event is a fault of a guest's instruction, which can be propagated to it.
static inline _Bool sep_event_is_fault(uint32_t event)
{
    return event - SEP_EVENT_MEM_PROTECTION <=
           (uint32_t)SEP_EVENT_UNEXPECTED_TRAP - SEP_EVENT_MEM_PROTECTION;
}

/// X(name, word in descriptions and messages)
#define SEP_ACTION_LIST(X)                                                                         \
    X(SEP_ACTION_IGNORE, "ignore")                                                                 \
    X(SEP_ACTION_PROPAGATE, "propagate")                                                           \
    X(SEP_ACTION_SUSPEND, "suspend")                                                               \
    X(SEP_ACTION_HALT, "halt")                                                                     \
    X(SEP_ACTION_COLD_RESET, "cold-reset")                                                         \
    X(SEP_ACTION_WARM_RESET, "warm-reset")                                                         \
    X(SEP_ACTION_HYPERVISOR_HALT, "hypervisor-halt")

enum sep_action {
#define SEP_ACTION_ENUM(name, word) name,
    SEP_ACTION_LIST(SEP_ACTION_ENUM)
#undef SEP_ACTION_ENUM
        SEP_ACTION_COUNT
};

#endif
