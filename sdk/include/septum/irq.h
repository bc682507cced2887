// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts: 32 per vCPU, each with a pending and a mask bit.

#ifndef SEPTUM_IRQ_H
#define SEPTUM_IRQ_H

enum sep_irq {
    SEP_IRQ_TIMER_HW = 0,      ///< hardware-clock timer expired
    SEP_IRQ_TIMER_EXEC = 1,    ///< execution-clock timer expired
    SEP_IRQ_SHUTDOWN = 2,      ///< somebody asks this partition to shut down
    SEP_IRQ_SLOT_START = 3,    ///< a slot of this vCPU has begun
    SEP_IRQ_SAMPLING = 4,      ///< a message has been written to a sampling port
    SEP_IRQ_QUEUING = 5,       ///< a message has come, or a full queue has room
    SEP_IRQ_HM = 6,            ///< a record of the health monitor that somebody looked for has come
    SEP_IRQ_IPVI_FIRST = 8,    ///< 8 … 15: inter-partition virtual interrupts 0 … 7
    SEP_IRQ_DEVICE_FIRST = 16, ///< 16 … 31: the partition's own lines, in the description's order
    SEP_IRQ_COUNT = 32,
};

#define SEP_IPVI_COUNT 8u
#define SEP_IRQ_DEVICE_COUNT 16u

/// The bit of a virtual interrupt in pending and mask words.
#define SEP_IRQ_BIT(irq) (1u << (irq))

#endif
