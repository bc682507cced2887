// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Health-monitor events and actions. Names are the same on every architecture; the architecture's
// own code stands beside them in the record.

#ifndef SEPTUM_EVENT_H
#define SEPTUM_EVENT_H

/// X(name, word in descriptions and messages)
#define SEP_ACTION_LIST(X)                                                                         \
    X(SEP_ACTION_IGNORE, "ignore")                                                                 \
    X(SEP_ACTION_PROPAGATE, "propagate")                                                           \
    X(SEP_ACTION_SUSPEND, "suspend")                                                               \
    X(SEP_ACTION_HALT, "halt")                                                                     \
    X(SEP_ACTION_COLD_RESET, "cold-reset")                                                         \
    X(SEP_ACTION_WARM_RESET, "warm-reset")                                                         \
    X(SEP_ACTION_HYPERVISOR_HALT, "hypervisor-halt")                                               \
    X(SEP_ACTION_MAINTENANCE_PLAN, "maintenance-plan")                                             \
    X(SEP_ACTION_HYPERVISOR_COLD_RESET, "hypervisor-cold-reset")                                   \
    X(SEP_ACTION_HYPERVISOR_WARM_RESET, "hypervisor-warm-reset")

enum sep_action {
#define SEP_ACTION_ENUM(name, word) name,
    SEP_ACTION_LIST(SEP_ACTION_ENUM)
#undef SEP_ACTION_ENUM
        SEP_ACTION_COUNT
};

/// The plan that the action maintenance-plan switches to.
#define SEP_PLAN_MAINTENANCE 1u

/// What an event leaves behind besides its action, in descriptions: log="no", "yes", "registers".
#define SEP_LOG_LEVEL_LIST(X)                                                                      \
    X(SEP_LOG_NO, "no")                                                                            \
    X(SEP_LOG_YES, "yes")                                                                          \
    X(SEP_LOG_DUMP, "registers")

enum sep_log_level {
#define SEP_LOG_LEVEL_ENUM(name, word) name,
    SEP_LOG_LEVEL_LIST(SEP_LOG_LEVEL_ENUM)
#undef SEP_LOG_LEVEL_ENUM
        SEP_LOG_LEVEL_COUNT
};

/// Sets of actions, a bit each: what an event allows depends on whose it is.
#define SEP_ACTION_BIT(name) (1u << (name))
/// The event cannot be raised there.
#define SEP_ACTIONS_NONE 0u
/// What the monitor may do with a partition.
#define SEP_ACTIONS_PARTITION                                                                      \
    (SEP_ACTION_BIT(SEP_ACTION_IGNORE) | SEP_ACTION_BIT(SEP_ACTION_SUSPEND) |                      \
     SEP_ACTION_BIT(SEP_ACTION_HALT) | SEP_ACTION_BIT(SEP_ACTION_COLD_RESET) |                     \
     SEP_ACTION_BIT(SEP_ACTION_WARM_RESET) | SEP_ACTION_BIT(SEP_ACTION_MAINTENANCE_PLAN))
/// A fault that the process running in the partition can be told of, too.
#define SEP_ACTIONS_PROCESS (SEP_ACTIONS_PARTITION | SEP_ACTION_BIT(SEP_ACTION_PROPAGATE))
/// The end of the hypervisor, with all partitions.
#define SEP_ACTIONS_HYPERVISOR                                                                     \
    (SEP_ACTION_BIT(SEP_ACTION_HYPERVISOR_HALT) |                                                  \
     SEP_ACTION_BIT(SEP_ACTION_HYPERVISOR_COLD_RESET) |                                            \
     SEP_ACTION_BIT(SEP_ACTION_HYPERVISOR_WARM_RESET))
/// A partition whose image is damaged cannot run.
#define SEP_ACTIONS_IMAGE                                                                          \
    (SEP_ACTION_BIT(SEP_ACTION_SUSPEND) | SEP_ACTION_BIT(SEP_ACTION_HALT) |                        \
     SEP_ACTION_BIT(SEP_ACTION_MAINTENANCE_PLAN) | SEP_ACTIONS_HYPERVISOR)
/// The hypervisor may go on: at its user's risk where its own memory is damaged.
#define SEP_ACTIONS_GOING_ON                                                                       \
    (SEP_ACTION_BIT(SEP_ACTION_IGNORE) | SEP_ACTION_BIT(SEP_ACTION_MAINTENANCE_PLAN) |             \
     SEP_ACTIONS_HYPERVISOR)

/// X(name, word in descriptions and messages, default action of a partition's event, default log, what
/// a partition's event allows, default action of the hypervisor's own event, what that allows)
#define SEP_EVENT_LIST(X)                                                                          \
    X(SEP_EVENT_INTERNAL_ERROR, "internal-error", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_NONE,  \
      SEP_ACTION_HYPERVISOR_HALT, SEP_ACTIONS_HYPERVISOR)                                          \
    X(SEP_EVENT_MEM_PROTECTION, "mem-protection", SEP_ACTION_SUSPEND, SEP_LOG_YES,                 \
      SEP_ACTIONS_PROCESS, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                    \
    X(SEP_EVENT_MEM_ALIGNMENT, "mem-alignment", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS, \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_BUS_ERROR, "bus-error", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS,         \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_ILLEGAL_INSTRUCTION, "illegal-instruction", SEP_ACTION_HALT, SEP_LOG_YES,          \
      SEP_ACTIONS_PROCESS, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                    \
    X(SEP_EVENT_PRIVILEGED_INSTRUCTION, "privileged-instruction", SEP_ACTION_HALT, SEP_LOG_YES,    \
      SEP_ACTIONS_PROCESS, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                    \
    X(SEP_EVENT_FP_DISABLED, "fp-disabled", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS,     \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_FP_ERROR, "fp-error", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS,           \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_NUMERIC_ERROR, "numeric-error", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS, \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_STACK, "stack", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PROCESS,                 \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_UNEXPECTED_TRAP, "unexpected-trap", SEP_ACTION_HALT, SEP_LOG_YES,                  \
      SEP_ACTIONS_PROCESS, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                    \
    X(SEP_EVENT_WATCHDOG, "watchdog", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_PARTITION,         \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_PARTITION_ERROR, "partition-error", SEP_ACTION_HALT, SEP_LOG_YES,                  \
      SEP_ACTIONS_PARTITION, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                  \
    X(SEP_EVENT_INTEGRITY, "integrity", SEP_ACTION_HALT, SEP_LOG_YES, SEP_ACTIONS_IMAGE,           \
      SEP_ACTION_HYPERVISOR_HALT, SEP_ACTIONS_GOING_ON)                                            \
    X(SEP_EVENT_OVERRUN, "overrun", SEP_ACTION_IGNORE, SEP_LOG_NO, SEP_ACTIONS_PARTITION,          \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_ILLEGAL_HYPERCALL, "illegal-hypercall", SEP_ACTION_IGNORE, SEP_LOG_NO,             \
      SEP_ACTIONS_PARTITION, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                  \
    X(SEP_EVENT_MESSAGE_OVERFLOW, "message-overflow", SEP_ACTION_IGNORE, SEP_LOG_NO,               \
      SEP_ACTIONS_PARTITION, SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                  \
    X(SEP_EVENT_CAPACITY, "capacity", SEP_ACTION_IGNORE, SEP_LOG_YES, SEP_ACTIONS_PARTITION,       \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_DEADLINE, "deadline", SEP_ACTION_IGNORE, SEP_LOG_YES, SEP_ACTIONS_PARTITION,       \
      SEP_ACTION_IGNORE, SEP_ACTIONS_NONE)                                                         \
    X(SEP_EVENT_FRAME_SYNC, "frame-sync", SEP_ACTION_IGNORE, SEP_LOG_YES, SEP_ACTIONS_NONE,        \
      SEP_ACTION_IGNORE, SEP_ACTIONS_GOING_ON)

enum sep_event {
#define SEP_EVENT_ENUM(name, ...) name,
    SEP_EVENT_LIST(SEP_EVENT_ENUM)
#undef SEP_EVENT_ENUM
        SEP_EVENT_COUNT
};

#endif
