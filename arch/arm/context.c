// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a vCPU in memory: start, virtual exceptions, fault records.

#include <hal/context.h>

#include <arch/memory.h>
#include <arch/space.h>
#include <arch/trap.h>
#include <hal/space.h>
#include <septum/arch/arm.h>
#include <septum/event.h>

#define STACK_ALIGN 16u
#define INSTRUCTION 4u
#define TRAP_TABLE_ALIGN 2048u
// Entries of the trap table by where the exception was taken from, and the one of interrupts.
#define FROM_EL1T 0x000u
#define FROM_EL1H 0x200u
#define FROM_EL0 0x400u
#define FROM_EL0_32 0x600u
#define ENTRY_IRQ 0x80u

#define MPIDR_ONES 0x80000000u

void hal_context_init(struct hal_context *context, const struct hal_context_setup *setup)
{
    struct hal_cpu *cpu = hal_cpu_this();
    struct vm *vm = context->vm; // for good: vm_build()
    uint64_t top = setup->stack_base.value + setup->stack_size;

    if (cpu->context == context) {
        if (vm != NULL) {
            vm_leave(vm);
        }
        cpu->context = NULL;
    }
    if (cpu->fp_owner == context) {
        cpu->fp_owner = NULL;
    }
    *context = (struct hal_context){
        .pc = setup->entry.value & ~(uint64_t)(INSTRUCTION - 1u),
        .pstate = PSTATE_EL1H | PSTATE_DAIF,
        .sp_el1 = top & ~(uint64_t)(STACK_ALIGN - 1u),
        .vbar = MEMORY_VECTORS,
        .sctlr = SCTLR_PARTITION,
        .cpacr = CPACR_FP,
        .hcr = HCR_PARTITION,
        .cptr = CPTR_PARTITION | CPTR_FP,
        .vmpidr = MPIDR_ONES | setup->arguments[1],
        .hypercall = CLASS_HVC << ESR_CLASS_SHIFT | ESR_IL | SEP_ARM_HYPERCALL,
        .beyond = newer_has() || vm != NULL ? 1u : 0u,
        .fp_allowed = setup->fp,
    };
    __builtin_memcpy(context->x, setup->arguments, sizeof(setup->arguments));
    if (vm != NULL) {
        context->hcr = HCR_UNMODIFIED;
        context->sctlr = SCTLR_EL1_ONES;
        context->vbar = 0;
        context->cpacr = 0;
        context->fp_allowed = true;
        context->hypercall = 0;
        context->vm = vm;
        vm_reset(vm);
    }
}

void context_leave(struct hal_context *context)
{
    if (newer_has()) {
        newer_store(context);
    }
    if (context->vm != NULL) {
        vm_leave(context->vm);
    }
}

void context_enter(struct hal_context *context)
{
    if (newer_has()) {
        newer_load(context);
    }
    if (context->vm != NULL) {
        vm_enter(context->vm);
    }
}

bool hal_context_trap_table(struct hal_context *context, hal_guest_t base)
{
    if (base.value % TRAP_TABLE_ALIGN != 0u) {
        return false;
    }
    context->trap_base = base.value;
    return true;
}

static uint64_t entry_from(uint64_t pstate)
{
    switch (pstate & PSTATE_MODE) {
    case PSTATE_EL1H:
        return FROM_EL1H;
    case PSTATE_EL1T:
        return FROM_EL1T;
    case PSTATE_EL0:
        return FROM_EL0;
    default:
        return FROM_EL0_32;
    }
}

// Enters the guest's trap table as the processor would.
static bool enter(struct hal_context *context, uint64_t entry, uint32_t code, uint64_t syndrome,
                  struct hal_fault *fault)
{
    uint64_t pstate = context_read(context, pstate, spsr_el2);
    uint64_t pc = context_read(context, pc, elr_el2);
    uint64_t sp;

    if (context->trap_base == 0u) {
        *fault = (struct hal_fault){.event = SEP_EVENT_UNEXPECTED_TRAP, .code = code, .pc = pc};
        return false;
    }
    sp = context_read(context, sp_el1, sp_el1);
    if (sp % STACK_ALIGN != 0u) { // the first access of the handler would fault, again and again
        *fault = (struct hal_fault){
            .event = SEP_EVENT_STACK, .code = CLASS_SP, .pc = pc, .address = sp, .granule = 1};
        return false;
    }
    context_write(context, elr, elr_el1, pc);
    context_write(context, spsr, spsr_el1, pstate);
    context_write(context, esr, esr_el1, syndrome);
    context_write(context, pstate, spsr_el2, PSTATE_EL1H | PSTATE_DAIF);
    context_write(context, pc, elr_el2, context->trap_base + entry_from(pstate) + entry);
    return true;
}

bool hal_context_interrupt(struct hal_context *context, uint32_t irq, struct hal_fault *fault)
{
    if (context->vm != NULL) {
        vm_interrupt(context, irq);
        return true;
    }
    if ((context->hcr & HCR_VI) != 0u) {
        context_write(context, hcr, hcr_el2, context->hcr & ~(uint64_t)HCR_VI);
    }
    return enter(context, ENTRY_IRQ, SEP_ARM_IRQ_CODE, irq, fault);
}

bool hal_context_fault(struct hal_context *context, const struct hal_fault *cause,
                       struct hal_fault *fault)
{
    uint64_t syndrome;

    // Of a call that was refused: as if it had trapped to the guest.
    if (cause->detail == 0u) {
        syndrome = CLASS_HVC << ESR_CLASS_SHIFT | ESR_IL | (cause->code & 0xffffu);
    } else {
        syndrome = cause->code << ESR_CLASS_SHIFT | (cause->detail & (ESR_IL | ESR_ISS));
    }
    if (context->vm != NULL) {
        // As the partition calls the address; the record has what that means behind its own translation.
        vm_exception(context, syndrome, SYSREG_READ(far_el2));
        return true;
    }
    if (!enter(context, 0, cause->code, syndrome, fault)) {
        return false;
    }
    context_write(context, far, far_el1, cause->granule != 0u ? cause->address : 0u);
    return true;
}

// A state that a guest may be in, of what it may have written itself: its levels, condition codes and
// masks. False: another.
static bool guest_state(uint64_t *pstate)
{
    uint64_t mode = *pstate & PSTATE_MODE;

    *pstate &= PSTATE_CONDITION | PSTATE_DAIF | PSTATE_MODE;
    return mode == PSTATE_EL1H || mode == PSTATE_EL1T || mode == PSTATE_EL0;
}

bool context_undo(struct hal_context *context)
{
    uint64_t pstate = SYSREG_READ(spsr_el1);

    if (!guest_state(&pstate)) {
        return false;
    }
    context_write(context, pstate, spsr_el2, pstate);
    context_write(context, pc, elr_el2, SYSREG_READ(elr_el1));
    return true;
}

bool context_return(struct hal_context *context, struct hal_fault *fault)
{
    if (!context_undo(context)) {
        *fault = (struct hal_fault){.event = SEP_EVENT_ILLEGAL_INSTRUCTION,
                                    .code = CLASS_STATE,
                                    .detail = CLASS_STATE << ESR_CLASS_SHIFT,
                                    .pc = SYSREG_READ(elr_el2) - INSTRUCTION};
        return false;
    }
    kernel_trap_returned();
    return true;
}

#define REGISTERS 33u
_Static_assert(REGISTERS <= HAL_REGISTERS_MAX, "pstate, sp, x0 … x30");

// In this order: pstate, sp_el1, x0 … x30.
uint32_t hal_context_registers(struct hal_context *context, sep_word_t *registers)
{
    uint32_t n = 0;

    registers[n++] = context_read(context, pstate, spsr_el2);
    registers[n++] = context_read(context, sp_el1, sp_el1);
    for (uint32_t i = 0; i < sizeof(context->x) / sizeof(context->x[0]); i++) {
        registers[n++] = context->x[i];
    }
    return n;
}
