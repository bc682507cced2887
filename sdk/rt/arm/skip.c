// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Skipping the instruction that faulted.

#include <rt/irq.h>

void rt_trap_skip(struct rt_trap *trap)
{
    trap->pc = trap->next_pc;
    trap->next_pc += 4u;
}
