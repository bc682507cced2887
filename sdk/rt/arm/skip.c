// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Where a partition goes on behind a fault: past the instruction, or somewhere else.

#include <rt/irq.h>

void rt_trap_skip(struct rt_trap *trap)
{
    trap->pc = trap->next_pc;
    trap->next_pc += 4u;
}

void rt_trap_leave(struct rt_trap *trap, void (*function)(void))
{
    trap->pc = (uintptr_t)function;
    trap->next_pc = trap->pc + 4u;
}
