// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Virtual interrupts and propagated faults of a bare partition, as C functions.
//
// At first all virtual interrupts are masked and delivery is disabled. Handlers run on the stack of
// what they interrupt, with delivery disabled, and use no floating point.

#ifndef SEPTUM_RT_IRQ_H
#define SEPTUM_RT_IRQ_H

#include <septum/septum.h>

typedef void (*rt_irq_handler_t)(uint32_t irq);

/// Sets the handler of a virtual interrupt and unmasks it; a null handler masks it. When the handler
/// of a device interrupt returns, the runtime unmasks its line again.
/// @param irq 0 … SEP_IRQ_COUNT - 1
/// @return SEP_OK, SEP_INVALID_PARAM
sep_status_t rt_irq_handler(uint32_t irq, rt_irq_handler_t handler);

/// Lets the calling vCPU take virtual interrupts, or not.
void rt_irq_on(void);
void rt_irq_off(void);

/// A synchronous fault that the description propagates to the partition.
struct rt_trap {
    uint32_t code;     ///< the architecture's own cause
    uintptr_t pc;      ///< instruction that faulted; the handler's return continues here
    uintptr_t next_pc; ///< and then here
};

typedef void (*rt_trap_handler_t)(struct rt_trap *trap);

/// Sets the handler of propagated faults. Without one, a fault is printed and halts the partition.
/// If the handler returns, the partition continues at trap->pc, which it may change. A handler must
/// return: until then the vCPU is in it, also if it enables interrupts or jumps away, and the next fault
/// that would be propagated halts the partition.
void rt_trap_handler(rt_trap_handler_t handler);

/// Makes a trap's return skip the instruction that faulted.
void rt_trap_skip(struct rt_trap *trap);

/// Makes a trap's return abandon what faulted: a function begins on the stack of it, with delivery of
/// interrupts as it was there. The function does not return; longjmp() is a way out of it.
void rt_trap_leave(struct rt_trap *trap, void (*function)(void));

#endif
