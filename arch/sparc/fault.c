// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a partition's trap means.

#include <arch/memory.h>
#include <arch/trap.h>
#include <septum/arch/sparc.h>
#include <septum/event.h>

/// Trap types with a meaning; all others are SEP_EVENT_UNEXPECTED_TRAP.
static const uint8_t events[] = {
    [TT_INSTRUCTION_ACCESS] = SEP_EVENT_MEM_PROTECTION,
    [0x02] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [0x03] = SEP_EVENT_PRIVILEGED_INSTRUCTION,
    [TT_FP_DISABLED] = SEP_EVENT_FP_DISABLED,
    [TT_ALIGNMENT] = SEP_EVENT_MEM_ALIGNMENT,
    [TT_FP_EXCEPTION] = SEP_EVENT_FP_ERROR,
    [TT_DATA_ACCESS] = SEP_EVENT_MEM_PROTECTION,
    [0x0a] = SEP_EVENT_NUMERIC_ERROR,       // tag overflow
    [0x20] = SEP_EVENT_BUS_ERROR,           // register file
    [0x21] = SEP_EVENT_BUS_ERROR,           // instruction fetch
    [0x24] = SEP_EVENT_ILLEGAL_INSTRUCTION, // coprocessor
    [0x25] = SEP_EVENT_ILLEGAL_INSTRUCTION, // flush
    [0x28] = SEP_EVENT_ILLEGAL_INSTRUCTION, // coprocessor
    [TT_DATA_ERROR] = SEP_EVENT_BUS_ERROR,
    [0x2a] = SEP_EVENT_NUMERIC_ERROR, // division by zero
    [0x2b] = SEP_EVENT_BUS_ERROR,     // store
};

// SRMMU fault status: fault type in bits 4:2, 4 and up is no question of rights.
#define FAULT_TYPE(status) (((status) >> 2) & 7u)
#define FAULT_TYPE_TRANSLATION 4u

static uint32_t srmmu_register(uint32_t number)
{
    uint32_t value;

    __asm__ volatile("lda [%1] %2, %0" : "=r"(value) : "r"(number), "i"(ASI_MMU));
    return value;
}

static uint32_t event_of(uint32_t tt)
{
    uint32_t event = tt < sizeof(events) ? events[tt] : 0u;

    return event != 0u ? event : SEP_EVENT_UNEXPECTED_TRAP;
}

// Faults with registers of the SRMMU. Reading the status clears it. The address register is exact
// to a page; of a fetch the hardware keeps none, but there it is the pc; of a bus error QEMU keeps
// the physical address.
static void describe_access(struct hal_fault *fault)
{
    fault->address = srmmu_register(SRMMU_FAULT_ADDRESS);
    fault->detail = srmmu_register(SRMMU_FAULT_STATUS);
    fault->granule = SRMMU_PAGE;
    if (fault->code == TT_INSTRUCTION_ACCESS) {
        fault->address = fault->pc;
        fault->granule = 4;
    } else if (fault->code == TT_DATA_ERROR) {
        fault->granule = 1;
    }
    if (FAULT_TYPE(fault->detail) >= FAULT_TYPE_TRANSLATION) {
        fault->event = SEP_EVENT_BUS_ERROR;
    }
}

static void describe(uint32_t tt, const struct hal_context *context, struct hal_fault *fault)
{
    *fault = (struct hal_fault){.event = event_of(tt), .code = tt, .pc = context->pc};
    switch (tt) {
    case TT_INSTRUCTION_ACCESS:
    case TT_DATA_ACCESS:
    case TT_DATA_ERROR:
        describe_access(fault);
        break;
    case TT_FP_EXCEPTION:
        fault->detail = fpu_exception();
        break;
    default:
        // Of a misaligned access the hardware keeps no address.
        break;
    }
}

// Traps that are services. False: a fault, described.
static bool serve(uint32_t tt, struct hal_context *context, struct hal_fault *fault)
{
    switch (tt) {
    case TT_WINDOW_OVERFLOW:
        return context_spill(context, fault);
    case TT_WINDOW_UNDERFLOW:
        return context_fill(context, fault);
    case TT_TA + SEP_SPARC_RETT:
        return context_return(context, fault);
    case TT_TA + TA_FLUSH_WINDOWS:
        if (!context_flush(context, fault)) {
            return false;
        }
        context_skip(context);
        return true;
    case TT_FP_DISABLED:
        describe(tt, context, fault);
        return fpu_claim(context, fault);
    default:
        describe(tt, context, fault);
        return false;
    }
}

void fault_trap(uint32_t tt)
{
    struct hal_context *context = hal_cpu_this()->context;
    struct hal_fault fault;

    if (!serve(tt, context, &fault)) {
        kernel_fault(&fault);
    }
}

_Noreturn void fault_panic(uint32_t tt, uintptr_t pc)
{
    struct hal_fault fault = {
        .event = SEP_EVENT_INTERNAL_ERROR,
        .code = tt,
        .pc = pc,
        .address = srmmu_register(SRMMU_FAULT_ADDRESS),
        .detail = srmmu_register(SRMMU_FAULT_STATUS),
    };

    // A status of zero: no access was refused, and there is no address.
    if (fault.detail != 0u) {
        fault.granule = SRMMU_PAGE;
    }
    kernel_panic_fault(&fault);
}
