// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Trace points: where something happens that a trace may hold. Each asks a mask of classes (load, test,
// branch) and calls out of line only if the description wants the class; without the service nothing
// is left of it.
//
// A partition's stream holds what concerns the partition, the hypervisor's what concerns all.

#ifndef KERNEL_TRACE_H
#define KERNEL_TRACE_H

#include <hal/kconfig.h>
#include <kernel/cpu.h>
#include <kernel/partition.h>
#include <septum/log.h>

/// Takes the streams that the configuration describes from the arena. False if it is too small.
/// Boot only.
bool trace_init(void);

/// Records an event of a vCPU in its partition's stream, which there must be.
void trace_vcpu(const struct vcpu *vcpu, enum sep_trace_event event, uint32_t a, uint32_t b,
                uint32_t c);

/// Records an event of nobody's in the hypervisor's stream, if that wants the class.
void trace_system(enum sep_trace_class class, enum sep_trace_event event, uint32_t a, uint32_t b,
                  uint32_t c);

/// A slot or a gap has begun: records it for the hypervisor and for the slot's partition, if they want
/// the class.
void trace_slot(const struct sched *sched);

/// Records state and mode of a partition that has a trace.
void trace_partition_state(const struct partition *partition);

/// Whether a mask asks for a class.
static inline bool trace_wants(uint32_t mask, enum sep_trace_class class)
{
    return IS_ENABLED(CONFIG_SERVICE_TRACE) && HAL_ANY(mask, (uint32_t)class);
}

/// An event of the vCPU that has the processor.
static inline void trace_running(const struct cpu *cpu, enum sep_trace_class class,
                                 enum sep_trace_event event, uint32_t a, uint32_t b, uint32_t c)
{
    if (trace_wants(cpu->hal.trace, class)) {
        trace_vcpu(cpu->running, event, a, b, c);
    }
}

/// A partition's state or mode has changed.
static inline void trace_state(const struct partition *partition)
{
    if (trace_wants(partition->trace_mask, SEP_TRACE_SCHEDULING)) {
        trace_partition_state(partition);
    }
}

/// An event of the hypervisor's.
static inline void trace_own(const struct cpu *cpu, enum sep_trace_class class,
                             enum sep_trace_event event, uint32_t a, uint32_t b, uint32_t c)
{
    if (trace_wants(cpu->trace, class)) {
        trace_system(class, event, a, b, c);
    }
}

#endif
