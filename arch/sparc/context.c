// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a vCPU in memory: start, virtual traps, fault records.

#include <hal/context.h>
#include <hal/guest.h>

#include <arch/trap.h>
#include <septum/arch/sparc.h>
#include <septum/event.h>
#include <septum/log.h>

#define SP 6u // %o6 of a window, %i6 of the one below
#define NPC_STEP 4u
#define TRAP_TABLE_ALIGN 4096u
#define TRAP_BYTES 16u
#define STACK_ALIGN 8u

// hal_context.wim: frames + 1 bits up, eight bits round.
#define WIM_NO_FRAME 2u
#define WIM_ONE_FRAME 4u
#define WIM_FULL 1u

// Pairs of registers in hal_context: of a window, and the first of the outs.
#define PAIRS_WINDOW 8u
#define PAIRS_OUT 4u
#define PAIRS_OUTS 4u

_Static_assert(sizeof(struct sparc_window) == WINDOW_BYTES, "save area of the calling convention");

// No stack pointer is inside an area that is too small: the only one that passes the bound is odd.
static void set_stack(struct hal_context *context, uintptr_t base, uintptr_t size)
{
    context->stack_base = 1;
    if (size >= WINDOW_BYTES) {
        context->stack_base = base;
        context->stack_limit = size - WINDOW_BYTES;
    }
}

void hal_context_init(struct hal_context *context, const struct hal_context_setup *setup)
{
    struct hal_cpu *cpu = hal_cpu_this();
    uintptr_t top = setup->stack_base.value + setup->stack_size;

    if (cpu->context == context) {
        context_sync(context);
        cpu->context = NULL;
    }
    if (cpu->fp_owner == context) {
        // What the unit has not finished could trap in the next owner's first load.
        (void)fpu_exception();
        cpu->fp_owner = NULL;
    }
    __builtin_memset(context, 0, sizeof(*context));
    context->psr = PSR_S;
    context->pc = setup->entry.value & ~(NPC_STEP - 1u);
    context->npc = context->pc + NPC_STEP;
    context->wim = WIM_ONE_FRAME;
    context->virtual_psr = PSR_S | PSR_ET | PSR_PIL;
    context->fp_allowed = setup->fp;
    context->events = setup->events;
    context->event = (SEP_TRACE_EVENT_USER << 16) | setup->arguments[1];
    __builtin_memcpy(context->out, setup->arguments, sizeof(setup->arguments));
    context->out[SP] = top & ~(uintptr_t)(STACK_ALIGN - 1u);
    set_stack(context, setup->stack_base.value, setup->stack_size);
}

bool hal_context_trap_table(struct hal_context *context, hal_guest_t base)
{
    if (base.value % TRAP_TABLE_ALIGN != 0u) {
        return false;
    }
    context->trap_base = base.value;
    return true;
}

// hal_context.wim with a frame more, and with one less.
static uint32_t one_more(uint32_t wim)
{
    return ((wim << 1) | (wim >> (WINDOWS - 1))) & 0xffu;
}

static uint32_t one_less(uint32_t wim)
{
    return ((wim >> 1) | (wim << (WINDOWS - 1))) & 0xffu;
}

static uint32_t frames(const struct hal_context *context)
{
    uint32_t count = 0;

    for (uint32_t wim = context->wim; wim != WIM_NO_FRAME; wim = one_less(wim)) {
        count++;
    }
    return count;
}

// Stack pointer of the frame in window n: in the ins of the window before, or in the outs.
static uint32_t stack_pointer(const struct hal_context *context, uint32_t n)
{
    return context->word[2u * (PAIRS_OUT + PAIRS_WINDOW * n) + SP];
}

// Why window n cannot go to its place on the guest's stack, or come from there.
static bool stack_fault(const struct hal_context *context, uint32_t n, uint32_t code,
                        struct hal_fault *fault)
{
    *fault = (struct hal_fault){.event = SEP_EVENT_STACK,
                                .code = code,
                                .pc = context->pc,
                                .address = stack_pointer(context, n),
                                .granule = 1};
    return false;
}

bool context_spill(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t n = frames(context) - 1u;
    uint32_t sp = stack_pointer(context, n);

    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_write(hal_guest(sp), &context->window[n], WINDOW_BYTES)) {
        return stack_fault(context, n, TT_WINDOW_OVERFLOW, fault);
    }
    context->wim = one_less(context->wim);
    return true;
}

bool context_fill(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t n = frames(context);
    uint32_t sp = stack_pointer(context, n);

    // What a read that fails leaves behind is in no frame.
    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_read(&context->window[n], hal_guest(sp), WINDOW_BYTES)) {
        return stack_fault(context, n, TT_WINDOW_UNDERFLOW, fault);
    }
    context->wim = one_more(context->wim);
    return true;
}

bool context_flush(struct hal_context *context, struct hal_fault *fault)
{
    while (context->wim != WIM_ONE_FRAME) {
        if (!context_spill(context, fault)) {
            return false;
        }
    }
    return true;
}

bool context_return(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t psr = context->window[0].local[0];
    uint32_t pc = context->window[0].local[1];
    uint32_t npc = context->window[0].local[2];
    uint32_t end;

    if (((pc | npc) & (NPC_STEP - 1u)) != 0u) {
        *fault = (struct hal_fault){
            .event = SEP_EVENT_MEM_ALIGNMENT, .code = TT_ALIGNMENT, .pc = context->pc};
        return false;
    }
    if (context->wim == WIM_ONE_FRAME && !context_fill(context, fault)) {
        return false;
    }
    // The ins of the window become the outs, and each window the one before.
    context->wim = one_less(context->wim);
    end = PAIRS_OUT + PAIRS_OUTS + PAIRS_WINDOW * frames(context);
    for (uint32_t i = PAIRS_OUT; i < end; i++) {
        context->pair[i] = context->pair[i + PAIRS_WINDOW];
    }
    context->pc = pc;
    context->npc = npc;
    context->psr = (context->psr & ~(uint32_t)PSR_ICC) | (psr & PSR_ICC);
    context->virtual_psr = (psr & (PSR_PIL | PSR_PS)) | PSR_S | PSR_ET;
    kernel_trap_returned();
    return true;
}

// Enters the guest's trap table as the processor would, in a window that is always valid.
static bool enter(struct hal_context *context, uint32_t tt, struct hal_fault *fault)
{
    context_sync(context);
    if (context->trap_base == 0u || (context->virtual_psr & PSR_ET) == 0u) {
        *fault =
            (struct hal_fault){.event = SEP_EVENT_UNEXPECTED_TRAP, .code = tt, .pc = context->pc};
        return false;
    }
    if (context->wim == WIM_FULL && !context_spill(context, fault)) {
        return false;
    }
    context_open_window(context, context->wim);
    context->wim = one_more(context->wim);
    context->virtual_psr = (context->virtual_psr & ~(uint32_t)PSR_ET) | PSR_S;
    context->window[0].local[0] = context->virtual_psr | (context->psr & PSR_ICC);
    context->window[0].local[1] = context->pc;
    context->window[0].local[2] = context->npc;
    context->virtual_psr |= PSR_PS;
    context->pc = context->trap_base + tt * TRAP_BYTES;
    context->npc = context->pc + NPC_STEP;
    return true;
}

bool hal_context_interrupt(struct hal_context *context, uint32_t irq, struct hal_fault *fault)
{
    return enter(context, SEP_SPARC_IRQ_TRAP + irq, fault);
}

bool hal_context_fault(struct hal_context *context, const struct hal_fault *cause,
                       struct hal_fault *fault)
{
    if (!enter(context, cause->code & 0xffu, fault)) {
        return false;
    }
    // What a handler would read from the SRMMU.
    context->window[0].local[4] = cause->detail;
    context->window[0].local[5] = cause->granule != 0u ? cause->address : 0u;
    return true;
}

#define REGISTERS (5u + 7u + 8u + 8u + 2u)
_Static_assert(REGISTERS <= HAL_REGISTERS_MAX, "pc … %i7");

// In this order: pc npc psr wim y, g1 … g7, o0 … o7, l0 … l7, i6 i7; wim is the relative one.
uint32_t hal_context_registers(struct hal_context *context, uint64_t *registers)
{
    context_sync(context);
    context_registers(context, registers);
    return REGISTERS;
}
