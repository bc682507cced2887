// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a vCPU in memory: start, virtual traps, fault records.

#include <hal/context.h>
#include <hal/guest.h>

#include <arch/trap.h>
#include <septum/arch/sparc.h>
#include <septum/event.h>

#define SP 6u // %o6 of a window, %i6 of the one below
#define NPC_STEP 4u
#define TRAP_TABLE_ALIGN 4096u
#define TRAP_BYTES 16u
#define STACK_ALIGN 8u

// hal_context.wim: frames + 1 bits up, eight bits round.
#define WIM_ONE_FRAME 4u
#define WIM_FULL 1u

_Static_assert(sizeof(struct sparc_window) == WINDOW_BYTES, "save area of the calling convention");

static void set_stack(struct hal_context *context, uintptr_t base, uintptr_t size)
{
    if (size < WINDOW_BYTES) {
        // No stack pointer is inside: the only one that passes the bound is odd.
        context->stack_base = 1;
        context->stack_limit = 0;
        return;
    }
    context->stack_base = base;
    context->stack_limit = size - WINDOW_BYTES;
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

static uint32_t frames(const struct hal_context *context)
{
    uint32_t count = 0;

    if (context->wim == WIM_FULL) {
        return WINDOWS_USED;
    }
    for (uint32_t wim = context->wim; wim > 2u; wim >>= 1) {
        count++;
    }
    return count;
}

static void set_frames(struct hal_context *context, uint32_t count)
{
    context->wim = count == WINDOWS_USED ? WIM_FULL : 2u << count;
}

// Stack pointer of the frame in window n.
static uint32_t stack_pointer(const struct hal_context *context, uint32_t n)
{
    return n == 0u ? context->out[SP] : context->window[n - 1u].in[SP];
}

static bool stack_fault(const struct hal_context *context, uint32_t code, uint32_t sp,
                        struct hal_fault *fault)
{
    *fault = (struct hal_fault){
        .event = SEP_EVENT_STACK, .code = code, .pc = context->pc, .address = sp, .granule = 1};
    return false;
}

// Window n to its place on the guest's stack.
static bool store_window(struct hal_context *context, uint32_t n, struct hal_fault *fault)
{
    uint32_t sp = stack_pointer(context, n);

    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_write(hal_guest(sp), &context->window[n], WINDOW_BYTES)) {
        return stack_fault(context, TT_WINDOW_OVERFLOW, sp, fault);
    }
    return true;
}

bool context_spill(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t count = frames(context);

    if (!store_window(context, count - 1u, fault)) {
        return false;
    }
    set_frames(context, count - 1u);
    return true;
}

bool context_fill(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t count = frames(context);
    uint32_t sp = stack_pointer(context, count);

    // What a read that fails leaves behind is in no frame.
    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_read(&context->window[count], hal_guest(sp), WINDOW_BYTES)) {
        return stack_fault(context, TT_WINDOW_UNDERFLOW, sp, fault);
    }
    set_frames(context, count + 1u);
    return true;
}

bool context_flush(struct hal_context *context, struct hal_fault *fault)
{
    while (frames(context) > 1u) {
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
    uint32_t count;

    if (((pc | npc) & (NPC_STEP - 1u)) != 0u) {
        *fault = (struct hal_fault){
            .event = SEP_EVENT_MEM_ALIGNMENT, .code = TT_ALIGNMENT, .pc = context->pc};
        return false;
    }
    if (frames(context) == 1u && !context_fill(context, fault)) {
        return false;
    }
    count = frames(context) - 1u;
    __builtin_memcpy(context->out, context->window[0].in, sizeof(context->out));
    for (uint32_t i = 0; i < count; i++) {
        context->window[i] = context->window[i + 1u];
    }
    set_frames(context, count);
    context->pc = pc;
    context->npc = npc;
    context->psr = (context->psr & ~(uint32_t)PSR_ICC) | (psr & PSR_ICC);
    context->virtual_psr = (psr & (PSR_PIL | PSR_PS)) | PSR_S | PSR_ET;
    return true;
}

// Enters the guest's trap table as the processor would, in a window that is always valid.
static bool enter(struct hal_context *context, uint32_t tt, struct hal_fault *fault)
{
    uint32_t count;

    context_sync(context);
    if (context->trap_base == 0u || (context->virtual_psr & PSR_ET) == 0u) {
        *fault =
            (struct hal_fault){.event = SEP_EVENT_UNEXPECTED_TRAP, .code = tt, .pc = context->pc};
        return false;
    }
    if (frames(context) == WINDOWS_USED && !context_spill(context, fault)) {
        return false;
    }
    count = frames(context);
    for (uint32_t i = count; i > 0u; i--) {
        context->window[i] = context->window[i - 1u];
    }
    __builtin_memcpy(context->window[0].in, context->out, sizeof(context->out));
    __builtin_memset(context->window[0].local, 0, sizeof(context->window[0].local));
    __builtin_memset(context->out, 0, sizeof(context->out));
    context->virtual_psr = (context->virtual_psr & ~(uint32_t)PSR_ET) | PSR_S;
    context->window[0].local[0] = context->virtual_psr | (context->psr & PSR_ICC);
    context->window[0].local[1] = context->pc;
    context->window[0].local[2] = context->npc;
    set_frames(context, count + 1u);
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
void hal_context_registers(struct hal_context *context, struct hal_registers *registers)
{
    uintptr_t *to = registers->value;
    const struct sparc_window *window = &context->window[0];

    context_sync(context);
    *to++ = context->pc;
    *to++ = context->npc;
    *to++ = context->psr;
    *to++ = context->wim;
    *to++ = context->y;
    __builtin_memcpy(to, &context->global[1], sizeof(uint32_t) * 7u);
    __builtin_memcpy(to + 7, context->out, sizeof(context->out));
    __builtin_memcpy(to + 15, window->local, sizeof(window->local));
    to[23] = window->in[6];
    to[24] = window->in[7];
    registers->count = REGISTERS;
}
