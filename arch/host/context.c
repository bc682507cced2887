// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
// Registers of simulated vCPUs, and what the hypervisor delivers to them.

#include <arch/host.h>

#include <string.h>

#include <hal/context.h>
#include <septum/event.h>

/// Bytes of a simulated trap table entry; the table is aligned to a granule.
#define TRAP_ENTRY 16u
#define TRAP_FAULT 32u
#define TRAP_TABLE_ALIGN 4096u

void hal_context_init(struct hal_context *context, const struct hal_context_setup *setup)
{
    struct host_context_log log = context->log;

    log.starts++;
    *context = (struct hal_context){
        .pc = setup->entry.value,
        .stack_pointer = setup->stack_base.value + setup->stack_size,
        .fp = setup->fp,
        .machine = context->machine,
        .log = log,
    };
    memcpy(context->arguments, setup->arguments, sizeof(context->arguments));
}

bool hal_context_trap_table(struct hal_context *context, hal_guest_t base)
{
    if (base.value % TRAP_TABLE_ALIGN != 0u) {
        return false;
    }
    context->trap_table = base.value;
    return true;
}

/// Enters the guest's trap table, or says why that is not possible.
static bool trap_enter(struct hal_context *context, uint32_t entry, struct hal_fault *fault)
{
    if (context->trap_table == 0u || context->log.refuse) {
        *fault = (struct hal_fault){
            .event = context->log.refuse ? SEP_EVENT_STACK : SEP_EVENT_UNEXPECTED_TRAP,
            .code = entry,
            .pc = context->pc,
            .address = context->stack_pointer,
            .granule = context->log.refuse ? 1u : 0u,
        };
        return false;
    }
    context->saved_pc = context->pc;
    context->pc = context->trap_table + (uintptr_t)entry * TRAP_ENTRY;
    context->irq_enabled = false;
    context->trapped++;
    context->log.space = host.cpu[host_cpu].space;
    return true;
}

bool hal_context_interrupt(struct hal_context *context, uint32_t irq, struct hal_fault *fault)
{
    // An unmodified operating system has a controller that takes them, and vectors for faults.
    if (context->machine == NULL && !trap_enter(context, irq, fault)) {
        return false;
    }
    context->log.irq[context->log.deliveries % HOST_DELIVERIES] = irq;
    context->log.deliveries++;
    context->log.per_irq[irq]++;
    return true;
}

bool hal_context_fault(struct hal_context *context, const struct hal_fault *cause,
                       struct hal_fault *fault)
{
    if (context->machine == NULL && !trap_enter(context, TRAP_FAULT + cause->event, fault)) {
        return false;
    }
    context->log.fault = *cause;
    context->log.faults++;
    return true;
}

uint32_t hal_context_registers(struct hal_context *context, sep_word_t *registers)
{
    registers[0] = context->pc;
    registers[1] = context->stack_pointer;
    registers[2] = context->trap_table;
    registers[3] = context->saved_pc;
    registers[4] = context->irq_enabled ? 1u : 0u;
    return 5;
}
