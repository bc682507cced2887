// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// A simulated vCPU's registers, and what happened to it, for tests to look at.

#ifndef ARCH_CONTEXT_H
#define ARCH_CONTEXT_H

#define HOST_DELIVERIES 16u

struct hal_space;

/// What survives hal_context_init(): the test's side.
struct host_context_log {
    uint32_t starts;               ///< calls of hal_context_init()
    uint32_t deliveries;           ///< virtual interrupts
    uint32_t faults;               ///< propagated faults
    uint32_t stopped;              ///< how often its vCPU lost the processor to nobody
    uint32_t awaited;              ///< how often a virtual interrupt was said to wait
    uint32_t irq[HOST_DELIVERIES]; ///< the latest deliveries, delivery n at n % HOST_DELIVERIES
    uint32_t per_irq[32];          ///< deliveries of each
    const struct hal_space *space; ///< current at the latest delivery
    struct hal_fault fault;        ///< latest propagated
    bool refuse;                   ///< set by a test: the guest's stack takes nothing more
};

struct hal_context {
    uintptr_t pc;
    uintptr_t arguments[3];
    uintptr_t stack_pointer;
    uintptr_t trap_table;
    uintptr_t saved_pc; ///< of what a virtual interrupt interrupted
    uint32_t trapped;   ///< virtual interrupts and faults taken since the start
    int32_t status;     ///< answer of the latest hypercall
    bool irq_enabled;
    bool fp;
    const struct hal_space *machine; ///< of an unmodified operating system
    struct host_context_log log;
};

static inline bool hal_context_irq_enabled(const struct hal_context *context)
{
    return context->irq_enabled || context->machine != NULL;
}

static inline void hal_context_irq_switch(struct hal_context *context, enum hal_irq_switch to)
{
    if (to == HAL_IRQ_AWAITED) {
        context->log.awaited++;
    } else if (to == HAL_IRQ_STOPPED) {
        context->log.stopped++;
    } else {
        context->irq_enabled = to == HAL_IRQ_ON;
    }
}

#endif
