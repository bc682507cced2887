// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// A vCPU's timers: hardware clock, execution clock, watchdog. They are looked at when their vCPU
// runs or begins to: a timer of a vCPU that does not run delivers at its next slot.

#ifndef KERNEL_VTIMER_H
#define KERNEL_VTIMER_H

#include <septum/hypercall.h>
#include <septum/types.h>

struct cpu;
struct vcpu;

/// No deadline.
#define VTIMER_NEVER ((sep_time_t)INT64_MAX)

struct vtimer {
    sep_time_t expiry;   ///< on its own clock; VTIMER_NEVER: disarmed
    sep_time_t interval; ///< 0: one-shot
};

/// Disarms all timers.
void vtimer_reset(struct vcpu *vcpu);

/// Arms a timer; expiry VTIMER_NEVER disarms. Call vtimer_schedule() afterwards.
void vtimer_set(struct vcpu *vcpu, enum sep_clock clock, sep_time_t expiry, sep_time_t interval);

/// Recomputes cpu->deadline, the hardware-clock time at which the running vCPU's next timer expires.
void vtimer_schedule(struct cpu *cpu);

/// Handles every timer of the running vCPU that has expired at cpu->now.
void vtimer_expire(struct cpu *cpu);

#endif
