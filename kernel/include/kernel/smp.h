// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Several processors: their start, what they have to agree on, and their end. smp_absent.c where there is one.

#ifndef KERNEL_SMP_H
#define KERNEL_SMP_H

#include <kernel/time.h>

#include <stdbool.h>

struct cpu;

/// Starts the processors of the configuration but the first, with its clock; each begins its plan 0 at start.
/// False: one does not answer. Boot only, first processor.
bool smp_start(const struct hal_clock *clock, sep_time_t start);

/// Another processor's share of the boot: its interrupts, its timer, its plan.
void smp_enter(struct cpu *cpu);

/// The plan of a frame. The processor that comes to it first decides, by sched_next_plan; all others follow,
/// whatever is asked for meanwhile. Frames are counted from 1.
uint32_t smp_plan_of(uint32_t frame);

/// The system ends: no other processor does anything any more when it returns. Does not return where another
/// processor is already about to end it.
void smp_end(void);

/// Another processor has kicked this one. Does not return if that ends the system.
void smp_kicked(void);

/// Starts the hypervisor again, after smp_end(): on the first processor, whoever calls.
_Noreturn void smp_restart(void);

#endif
