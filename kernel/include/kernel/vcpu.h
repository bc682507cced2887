// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A virtual processor: a context that the scheduler gives slots to.

#ifndef KERNEL_VCPU_H
#define KERNEL_VCPU_H

#include <hal/context.h>
#include <kernel/vtimer.h>
#include <septum/config.h>
#include <septum/irq.h>

struct partition;
struct pool_task;

/// What another processor wants of a real-time vCPU of a pool.
enum vcpu_period { VCPU_PERIOD_AS_IS, VCPU_PERIOD_START, VCPU_PERIOD_STOP };

/// Owned by the processor on which its slots lie: no other one changes it but where it says so.
struct vcpu {
    struct hal_context context;
    struct partition *partition;
    const struct sep_cfg_vcpu *config;
    uint32_t state;   ///< enum sep_state
    uint32_t pending; ///< virtual interrupts, a bit each
    uint32_t masked;
    uint32_t lines; ///< device interrupts of this vCPU, as a mask of virtual interrupts
    uint32_t
        handling;   ///< traps since the last propagated fault, that among them, not returned from
    uint32_t armed; ///< timers that are armed, a bit per enum sep_clock
    sep_time_t executed; ///< execution clock up to the last time it stopped running
    sep_time_t deadline; ///< earlier of hardware-clock timer and watchdog
    struct vtimer timers[SEP_CLOCK_COUNT];
    struct pool_task *task; ///< NULL: it is no real-time vCPU of a pool
    // What other processors ask for, under the partition's lock.
    uint32_t posted;        ///< virtual interrupts
    uint32_t posted_period; ///< enum vcpu_period
};

/// All vCPUs, in the configuration's order; set once at boot.
extern struct vcpu *vcpus;

/// The vCPU of a configuration record. (Takes the index: a one-word struct passed by value is loaded
/// byte by byte.)
static inline struct vcpu *vcpu_at(uint32_t index)
{
    return &vcpus[index];
}

/// Device lines off, no pending interrupts, all masked, timers disarmed.
void vcpu_quiet(struct vcpu *vcpu);

/// Sets the vCPU to its start: no pending interrupts, all masked, timers disarmed, registers fresh.
void vcpu_reset(struct vcpu *vcpu, uintptr_t entry, uintptr_t argument);

/// Changes the state and has the scheduler look.
void vcpu_set_state(struct vcpu *vcpu, enum sep_state state);

/// Execution clock now; of a vCPU on another processor, when that last began to do something else.
sep_time_t vcpu_executed(const struct vcpu *vcpu);

#endif
