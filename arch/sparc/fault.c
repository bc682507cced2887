// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// What a partition's trap means.

#include <arch/memory.h>
#include <arch/trap.h>
#include <septum/arch/sparc.h>
#include <septum/event.h>

/// Trap types with a meaning of their own; all others are SEP_EVENT_UNEXPECTED_TRAP.
static const uint8_t events[] = {
    [0x02] = SEP_EVENT_ILLEGAL_INSTRUCTION,
    [0x03] = SEP_EVENT_PRIVILEGED_INSTRUCTION,
    [TT_FP_DISABLED] = SEP_EVENT_FP_DISABLED,
    [TT_ALIGNMENT] = SEP_EVENT_MEM_ALIGNMENT,
    [TT_FP_EXCEPTION] = SEP_EVENT_FP_ERROR,
    [0x0a] = SEP_EVENT_NUMERIC_ERROR,       // tag overflow
    [0x20] = SEP_EVENT_BUS_ERROR,           // register file
    [0x21] = SEP_EVENT_BUS_ERROR,           // instruction fetch
    [0x24] = SEP_EVENT_ILLEGAL_INSTRUCTION, // coprocessor
    [0x25] = SEP_EVENT_ILLEGAL_INSTRUCTION, // flush
    [0x28] = SEP_EVENT_ILLEGAL_INSTRUCTION, // coprocessor
    [0x2a] = SEP_EVENT_NUMERIC_ERROR,       // division by zero
    [0x2b] = SEP_EVENT_BUS_ERROR,           // store
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

// Faults with registers of the SRMMU. Reading the status clears it. The address register is exact
// to a page; of a fetch the hardware keeps none, but there it is the pc; of a bus error QEMU keeps
// the physical address.
static inline void describe_access(uint32_t tt, uintptr_t pc, struct hal_fault *fault)
{
    uintptr_t address = srmmu_register(SRMMU_FAULT_ADDRESS);
    uint32_t status = srmmu_register(SRMMU_FAULT_STATUS);
    uint32_t granule = SRMMU_PAGE;
    uint32_t event = SEP_EVENT_MEM_PROTECTION;

    if (tt != TT_DATA_ACCESS) {
        granule = 1;
        if (tt == TT_INSTRUCTION_ACCESS) {
            address = pc;
            granule = 4;
        } else {
            event = SEP_EVENT_BUS_ERROR;
        }
    }
    if (FAULT_TYPE(status) >= FAULT_TYPE_TRANSLATION) {
        event = SEP_EVENT_BUS_ERROR;
    }
    *fault = (struct hal_fault){.event = event,
                                .code = tt,
                                .detail = status,
                                .granule = granule,
                                .pc = pc,
                                .address = address};
}

// All others. Of a misaligned access the hardware keeps no address.
static void describe(uint32_t tt, const struct hal_context *context, struct hal_fault *fault)
{
    uint32_t event = tt < sizeof(events) ? events[tt] : 0u;

    *fault = (struct hal_fault){.event = event != 0u ? event : SEP_EVENT_UNEXPECTED_TRAP,
                                .code = tt,
                                .detail = tt == TT_FP_EXCEPTION ? fpu_exception() : 0u,
                                .pc = context->pc};
}

// Traps that may be services. False: a fault, described.
__attribute__((noinline)) static bool serve(uint32_t tt, struct hal_context *context,
                                            struct hal_fault *fault)
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
    case TT_INSTRUCTION_ACCESS:
    case TT_DATA_ERROR:
        describe_access(tt, context->pc, fault);
        return false;
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

    if (tt == TT_DATA_ACCESS) {
        describe_access(tt, context->pc, &fault);
    } else if (serve(tt, context, &fault)) {
        return;
    }
    kernel_fault(&fault);
}

_Noreturn void fault_panic(uint32_t tt, struct hal_context *context)
{
    struct hal_fault fault = {
        .event = SEP_EVENT_INTERNAL_ERROR,
        .code = tt,
        .pc = context->pc,
        .context = context,
        .address = srmmu_register(SRMMU_FAULT_ADDRESS),
        .detail = srmmu_register(SRMMU_FAULT_STATUS),
    };

    // A status of zero: no access was refused, and there is no address.
    if (fault.detail != 0u) {
        fault.granule = SRMMU_PAGE;
    }
    kernel_panic_fault(&fault);
}
