// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Exceptions of unmodified operating systems: power calls, registers that they have not or not alone, accesses to
// virtual devices.

#include <arch/vm.h>

#include <arch/gic.h>
#include <arch/sysreg.h>
#include <arch/trap.h>
#include <hal/guest.h>
#include <septum/event.h>
#include <septum/info.h>
#include <vm/vpsci.h>
#include <vm/vsysreg.h>

#define INSTRUCTION 4u
#define CLASS(esr) (((esr) >> ESR_CLASS_SHIFT) & CLASS_MASK)
#define CLASS_OF(class) ((uint64_t)(class) << ESR_CLASS_SHIFT)
#define STATUS_EXTERNAL 0x10u

static void skip(void)
{
    SYSREG_WRITE(elr_el2, SYSREG_READ(elr_el2) + INSTRUCTION);
}

static bool was_level1(uint64_t pstate)
{
    return (pstate & PSTATE_AARCH32) == 0u && (pstate & PSTATE_MODE) != PSTATE_EL0;
}

void vm_exception(struct hal_context *context, uint64_t syndrome, uint64_t address)
{
    struct vsysreg_exception exception = {
        .pc = context_read(context, pc, elr_el2),
        .pstate = context_read(context, pstate, spsr_el2),
        .vbar = context_read(context, vbar, vbar_el1),
        .sctlr = context_read(context, sctlr, sctlr_el1),
    };
    uint64_t class = CLASS(syndrome);

    // The same exception has another class when its own level took it.
    if (was_level1(exception.pstate) &&
        (class == CLASS_FETCH || class == CLASS_DATA ||
         (class >= CLASS_DEBUG_FIRST && class < CLASS_DEBUG_LAST))) {
        syndrome |= CLASS_OF(1u);
    }
    // Of an abort the partition knows no second stage: nothing answered at that address.
    if ((class & ~1ull) == CLASS_FETCH || (class & ~1ull) == CLASS_DATA) {
        syndrome = (syndrome & (CLASS_OF(CLASS_MASK) | ESR_IL | ESR_WRITE)) | STATUS_EXTERNAL;
        context_write(context, far, far_el1, address);
    }
    vsysreg_enter(&exception);
    context_write(context, elr, elr_el1, exception.pc);
    context_write(context, spsr, spsr_el1, exception.pstate);
    context_write(context, esr, esr_el1, syndrome);
    context_write(context, pstate, spsr_el2, exception.new_pstate);
    context_write(context, pc, elr_el2, exception.entry);
}

static void undefined(struct hal_context *context)
{
    vm_exception(context, VSYSREG_ESR_UNDEFINED, 0);
}

// ------------------------------------------------------------------------------------- system registers

#define ESR_TARGET (31u << 5)
#define ESR_SGI ((uint32_t)CLASS_SYSREG << ESR_CLASS_SHIFT | ESR_IL | VSYSREG_ICC_SGI1R)

static uint64_t written_value(const struct hal_context *context, uint32_t esr)
{
    return VSYSREG_TARGET(esr) < 31u ? context->x[VSYSREG_TARGET(esr)] : 0u;
}

static void answer(struct hal_context *context, uint32_t esr, uint64_t value)
{
    if (VSYSREG_IS_READ(esr) && VSYSREG_TARGET(esr) < 31u) {
        context->x[VSYSREG_TARGET(esr)] = value;
    }
    skip();
}

__attribute__((noinline)) static void system_register(struct vm *vm, struct hal_context *context,
                                                      uint32_t esr)
{
    uint64_t written = written_value(context, esr);

    switch (vsysreg_kind(esr)) {
    case VSYSREG_SGI:
        vm_sgi(vm, written);
        skip();
        break;
    case VSYSREG_END:
        vm_open(vm);
        vgic_deactivate(&vm->vgic, &vm->cpu, (uint32_t)written);
        vm_close(vm);
        skip();
        break;
    case VSYSREG_ZERO:
        answer(context, esr, 0);
        break;
    case VSYSREG_SYSTEM:
        answer(context, esr, VSYSREG_SRE);
        break;
    case VSYSREG_ID:
        answer(context, esr, sysreg_identification(esr, !gic_memory));
        break;
    default:
        undefined(context);
        break;
    }
}

// ------------------------------------------------------------------------------------------ power calls

static void end_partition(void)
{
    (void)kernel_hypercall_table[SEP_HC_partition_halt](SEP_SELF, 0, 0, 0, 0);
}

static void power_call(struct hal_context *context)
{
    const struct vpsci_call call = {.function = context->x[0],
                                    .argument = {context->x[1], context->x[2], context->x[3]}};
    struct vpsci_answer result = vpsci_call(&call);

    context->x[0] = (uint64_t)result.value;
    if (result.action == VPSCI_SHUTDOWN) {
        end_partition();
    } else if (result.action == VPSCI_RESET && kernel_hypercall_table[SEP_HC_partition_reset](
                                                   SEP_SELF, SEP_MODE_COLD, 0, 0, 0) != SEP_OK) {
        end_partition(); // the description allows it no reset
    }
}

// ------------------------------------------------------------------------------------------- exceptions

static bool is_debug(uint32_t class)
{
    return class >= CLASS_DEBUG_FIRST && class <= CLASS_DEBUG_LAST;
}

// Where an aborted access went to behind the partition's own translation. The processor says it but of missing rights,
// where it has to be asked for (the translation may have changed since: then the partition's own address has to do).
static uint64_t meant(uint32_t esr, uint64_t address)
{
    uint64_t answer;

    if ((esr & ESR_STATUS & ~3u) != ESR_STATUS_PERMISSION || (esr & VMMIO_ISS_WALK) != 0u) {
        return vmmio_address(SYSREG_READ(hpfar_el2), address);
    }
    answer = GUEST_ASK(s1e1r, address);
    return (answer & 1u) != 0u ? address : (answer & TABLE_ADDRESS) | (address & VMMIO_PAGE_OFFSET);
}

static void fault(uint32_t esr)
{
    struct hal_fault what;
    uint32_t class = CLASS(esr);

    fault_describe(esr, SYSREG_READ(far_el2), SYSREG_READ(elr_el2), &what);
    if ((class == CLASS_DATA || class == CLASS_FETCH) && what.event == SEP_EVENT_MEM_PROTECTION &&
        what.granule != 0u) {
        what.address = meant(esr, what.address);
    }
    kernel_fault(&what);
}

// All but the two that are frequent.
__attribute__((noinline)) static void other(struct hal_context *context, uint32_t esr)
{
    uint32_t class = CLASS(esr);

    switch (class) {
    case CLASS_FP:
        if (!fpu_claim(context)) {
            fault(esr);
        }
        break;
    // HVC #0 and SMC #0 are all that the calling convention has; hypercalls are those of partitions that know the
    // hypervisor. The address of an HVC has passed already.
    case CLASS_HVC:
        if ((esr & ESR_IMMEDIATE) != 0u) {
            SYSREG_WRITE(elr_el2, SYSREG_READ(elr_el2) - INSTRUCTION);
            undefined(context);
            break;
        }
        power_call(context);
        break;
    case CLASS_SMC:
        if ((esr & ESR_IMMEDIATE) != 0u) {
            undefined(context);
            break;
        }
        skip();
        power_call(context);
        break;
    case CLASS_UNKNOWN:
    case CLASS_AUTHENTICATION:
    case CLASS_BULK:
    case CLASS_SVE:
    case CLASS_SME:
        undefined(context);
        break;
    default:
        if (is_debug(class)) {
            vm_exception(context, esr, SYSREG_READ(far_el2));
        } else {
            fault(esr);
        }
        break;
    }
}

void vm_trap(struct hal_context *context, uint32_t esr)
{
    if ((esr & ~ESR_TARGET) == ESR_SGI &&
        vm_sgi_directly(context->vm, written_value(context, esr))) {
        skip();
    } else if (CLASS(esr) == CLASS_SYSREG) {
        system_register(context->vm, context, esr);
    } else {
        other(context, esr);
    }
}
