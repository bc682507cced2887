// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Exceptions of partitions: services, and faults that become events. Exceptions of the hypervisor.

#include <hal/context.h>

#include <arch/sysreg.h>
#include <arch/memory.h>
#include <arch/trap.h>
#include <septum/arch/arm.h>
#include <septum/event.h>

#define INSTRUCTION 4u
#define VECTORS_BYTES 2048u
#define VECTOR_KIND 0x180u
#define VECTOR_IRQ 0x080u

#define CLASS(esr) (((uint32_t)(esr) >> ESR_CLASS_SHIFT) & CLASS_MASK)

// By class; 0: unexpected. An abort's status may say more.
static const uint8_t events[CLASS_MASK + 1u] = {
    [CLASS_UNKNOWN] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_FP] = SEP_EVENT_FP_DISABLED,
    [CLASS_AUTHENTICATION] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_BULK] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_STATE] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_SMC] = SEP_EVENT_PRIVILEGED_INSTRUCTION,
    [CLASS_SYSREG] = SEP_EVENT_PRIVILEGED_INSTRUCTION,
    [CLASS_SVE] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_SME] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [CLASS_FETCH] = SEP_EVENT_MEM_PROTECTION,
    [CLASS_PC] = SEP_EVENT_MEM_ALIGNMENT,
    [CLASS_DATA] = SEP_EVENT_MEM_PROTECTION,
    [CLASS_SP] = SEP_EVENT_STACK,
    [CLASS_FP_ERROR] = SEP_EVENT_FP_ERROR,
};

static bool is_abort(uint32_t class)
{
    return class == CLASS_FETCH || class == CLASS_DATA;
}

static uint32_t event_of(uint32_t class, uint32_t esr)
{
    uint32_t status = esr & ESR_STATUS;

    if (is_abort(class) && status == ESR_STATUS_EXTERNAL) {
        return SEP_EVENT_BUS_ERROR;
    }
    if (is_abort(class) && status == ESR_STATUS_ALIGNMENT) {
        return SEP_EVENT_MEM_ALIGNMENT;
    }
    return events[class] != 0u ? events[class] : (uint32_t)SEP_EVENT_UNEXPECTED_TRAP;
}

// What a syndrome and an address say. Aborts that the partition's own level took have another class
// than those of the hypervisor's tables: to the reader they are the same.
void fault_describe(uint64_t esr, uint64_t far, uint64_t pc, struct hal_fault *fault)
{
    uint32_t class = CLASS(esr);

    if (class == CLASS_FETCH_SAME || class == CLASS_DATA_SAME) {
        class --;
    }
    *fault = (struct hal_fault){
        .event = event_of(class, (uint32_t)esr), .code = class, .detail = (uint32_t)esr, .pc = pc};
    if (class == CLASS_PC || (is_abort(class) && (esr & ESR_NOT_VALID) == 0u)) {
        fault->address = far;
        fault->granule = 1;
    }
}

// The processor has taken an exception to the partition's own level, whose vectors nobody maps: as if it
// had come here. False: it was none, but a jump to that place.
static bool vector(struct hal_context *context, struct hal_fault *fault)
{
    uint64_t at = SYSREG_READ(far_el2);
    uint64_t esr = SYSREG_READ(esr_el1);
    uint64_t pc = SYSREG_READ(elr_el1);

    if (at - MEMORY_VECTORS >= VECTORS_BYTES ||
        (SYSREG_READ(spsr_el2) & PSTATE_MODE) != PSTATE_EL1H || !context_undo(context)) {
        return false;
    }
    if ((at & VECTOR_KIND) == VECTOR_IRQ) { // it takes interrupts again: HAL_IRQ_AWAITED
        context_write(context, hcr, hcr_el2, context->hcr & ~(uint64_t)HCR_VI);
        hal_cpu_attention(hal_cpu_this());
        return true;
    }
    if (CLASS(esr) == CLASS_SVC) { // the address saved is the next one's
        pc -= INSTRUCTION;
        context_write(context, pc, elr_el2, pc);
    }
    fault_describe(esr, SYSREG_READ(far_el1), pc, fault);
    kernel_fault(fault);
    return true;
}

static void skip(struct hal_context *context)
{
    context_write(context, pc, elr_el2, SYSREG_READ(elr_el2) + INSTRUCTION);
}

// Back to the call's own address, so that a handler finds it.
static void step_back(struct hal_context *context)
{
    context_write(context, pc, elr_el2, SYSREG_READ(elr_el2) - INSTRUCTION);
}

// Exceptions that are services. False: a fault, described.
static bool serve(struct hal_context *context, uint32_t esr, struct hal_fault *fault)
{
    switch (CLASS(esr)) {
    case CLASS_WAIT:
        skip(context);
        (void)kernel_hypercall_table[SEP_HC_idle_self](0, 0, 0, 0, 0);
        return true;
    case CLASS_HVC:
        if ((esr & 0xffffu) == SEP_ARM_RETURN) {
            return context_return(context, fault);
        }
        step_back(context);
        break;
    case CLASS_FP:
        if (fpu_claim(context)) {
            return true;
        }
        break;
    case CLASS_SYSREG:
        if (sysreg_done(context, esr)) {
            skip(context);
            return true;
        }
        break;
    case CLASS_FETCH:
        if (vector(context, fault)) {
            return true;
        }
        break;
    default:
        break;
    }
    fault_describe(esr, SYSREG_READ(far_el2), SYSREG_READ(elr_el2), fault);
    return false;
}

void fault_trap(void)
{
    struct hal_context *context = hal_cpu_this()->context;
    struct hal_fault fault;

    if (!serve(context, (uint32_t)SYSREG_READ(esr_el2), &fault)) {
        kernel_fault(&fault);
    }
}

void fault_serror(void)
{
    struct hal_fault fault = {.event = SEP_EVENT_BUS_ERROR,
                              .code = CLASS_SERROR,
                              .detail = (uint32_t)SYSREG_READ(esr_el2),
                              .pc = SYSREG_READ(elr_el2)};

    kernel_fault(&fault);
}

_Noreturn void fault_panic(struct hal_context *context)
{
    struct hal_fault fault;

    fault_describe(SYSREG_READ(esr_el2), SYSREG_READ(far_el2), SYSREG_READ(elr_el2), &fault);
    fault.event = SEP_EVENT_INTERNAL_ERROR;
    context->pstate = SYSREG_READ(spsr_el2);
    fault.context = context;
    kernel_panic_fault(&fault);
}
