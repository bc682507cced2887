// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Power calls of a partition: decoded here, done by the caller, on the partition and never on the board.
//
// Source: Arm Power State Coordination Interface (DEN 0022), 5; SMC Calling Convention (DEN 0028), 7.

#ifndef VM_VPSCI_H
#define VM_VPSCI_H

#include <septum/types.h>

/// Answers.
#define VPSCI_OK 0
#define VPSCI_NOT_SUPPORTED (-1)
#define VPSCI_INVALID_PARAMETERS (-2)
#define VPSCI_ALREADY_ON (-4)

/// What a call wants done besides its answer.
enum vpsci_action {
    VPSCI_NOTHING,
    VPSCI_SHUTDOWN, ///< the partition ends: its only processor does
    VPSCI_RESET,    ///< the partition begins again
};

struct vpsci_call {
    uint64_t function; ///< x0: a call of 32 bits ignores the upper half, and those of its arguments
    uint64_t argument[3];
};

struct vpsci_answer {
    int64_t value; ///< x0, where the action comes back at all
    enum vpsci_action action;
};

/// Answers a call of a partition whose one processor has affinity 0. Everything unknown is not supported. Bound:
/// constant.
struct vpsci_answer vpsci_call(const struct vpsci_call *call);

#endif
