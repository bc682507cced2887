// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Giving a processor to a vCPU and taking it away; the background work in between.

#ifndef KERNEL_RESUME_H
#define KERNEL_RESUME_H

#include <kernel/cpu.h>
#include <kernel/vcpu.h>

/// Whether a timer of the running vCPU is armed: cpu->deadline is the next one's time.
static inline bool resume_has_timer(const struct cpu *cpu)
{
    return cpu->running != NULL && cpu->running->armed != 0u;
}

/// The running vCPU's execution clock stops: it idles, or loses the processor.
void resume_pause(struct cpu *cpu);

/// The running vCPU, if any, loses the processor: its timers and devices are quiet.
void resume_stop(struct cpu *cpu);

/// Arms the one-shot for the next boundary or timer, if that has changed.
void resume_arm_timer(struct cpu *cpu);

/// Waits for an interrupt and takes it: a boundary reaches the next slot as fast as if it had
/// interrupted a partition.
void resume_wait(struct cpu *cpu);

/// Nothing may run: takes an interrupt if one is pending, or does one piece of what waits in the
/// background where it delays nobody, or sleeps until an interrupt.
void background_idle(struct cpu *cpu);

/// The partition that has the slot is being loaded: takes an interrupt, or does one step, or sleeps
/// where a step might not fit.
void background_load(struct cpu *cpu, struct partition *partition);

#endif
