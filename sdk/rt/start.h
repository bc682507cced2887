// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What the architecture's start-up and trap code calls.

#ifndef SEPTUM_RT_START_H
#define SEPTUM_RT_START_H

#include <rt/irq.h>

/// First C function of vCPU 0 and of the others. They do not return.
_Noreturn void rt_start(const struct sep_info *info);
_Noreturn void rt_start_vcpu(uint32_t vcpu);

/// A virtual interrupt, a propagated fault. Delivery is disabled.
void rt_irq_dispatch(uint32_t irq);
void rt_trap_dispatch(struct rt_trap *trap);

/// The partition's trap table, in the architecture's form.
extern const char rt_trap_table[];

/// First instruction of the partition.
void _start(void);

#endif
