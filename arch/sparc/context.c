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
    __builtin_memcpy(context->base.out, setup->arguments, sizeof(setup->arguments));
    context->base.out[SP] = top & ~(uintptr_t)(STACK_ALIGN - 1u);
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
static uint32_t stack_pointer(struct hal_context *context, uint32_t n)
{
    return context_frames(context)->word[16u * n + SP];
}

// Why window n cannot go to its place on the guest's stack, or come from there.
static bool stack_fault(struct hal_context *context, uint32_t n, uint32_t code,
                        struct hal_fault *fault)
{
    *fault = (struct hal_fault){.event = SEP_EVENT_STACK,
                                .code = code,
                                .pc = context->pc,
                                .address = stack_pointer(context, n),
                                .granule = 1};
    return false;
}

// The frame in window n, the oldest one, goes to its place.
__attribute__((noinline)) static bool spill(struct hal_context *context, uint32_t n,
                                            struct hal_fault *fault)
{
    uint32_t sp = stack_pointer(context, n);

    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_write(hal_guest(sp), &context_frames(context)->window[n], WINDOW_BYTES)) {
        return stack_fault(context, n, TT_WINDOW_OVERFLOW, fault);
    }
    context->wim = one_less(context->wim);
    return true;
}

bool context_spill(struct hal_context *context, struct hal_fault *fault)
{
    return spill(context, frames(context) - 1u, fault);
}

__attribute__((noinline)) bool context_fill(struct hal_context *context, struct hal_fault *fault)
{
    uint32_t n = frames(context);
    uint32_t sp = stack_pointer(context, n);

    // What a read that fails leaves behind is in no frame.
    if (sp % STACK_ALIGN != 0u ||
        !hal_guest_read(&context_frames(context)->window[n], hal_guest(sp), WINDOW_BYTES)) {
        return stack_fault(context, n, TT_WINDOW_UNDERFLOW, fault);
    }
    context->wim = one_more(context->wim);
    return true;
}

bool context_flush(struct hal_context *context, struct hal_fault *fault)
{
    for (uint32_t n = frames(context) - 1u; n != 0u; n--) {
        if (!spill(context, n, fault)) {
            return false;
        }
    }
    return true;
}

bool context_return(struct hal_context *context, struct hal_fault *fault)
{
    const struct sparc_window *window = &context_frames(context)->window[0];
    uint32_t psr = window->local[0];
    uint32_t pc = window->local[1];
    uint32_t npc = window->local[2];

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
    context->moved += WINDOW_BYTES;
    context->pc = pc;
    context->npc = npc;
    context->psr = (context->psr & ~(uint32_t)PSR_ICC) | (psr & PSR_ICC);
    context->virtual_psr = (psr & (PSR_PIL | PSR_PS)) | PSR_S | PSR_ET;
    kernel_trap_returned();
    return true;
}

// No trap table, or traps are off.
__attribute__((noinline)) static bool unexpected(const struct hal_context *context, uint32_t code,
                                                 struct hal_fault *fault)
{
    *fault =
        (struct hal_fault){.event = SEP_EVENT_UNEXPECTED_TRAP, .code = code, .pc = context->pc};
    return false;
}

// Enters the guest's trap table as the processor would, in a window that is always valid. There is room
// for it in front: that is used up only while interrupts and traps are off, until the windows are loaded.
static inline __attribute__((always_inline)) bool enter(struct hal_context *context, uint32_t code,
                                                        uint32_t detail, uint32_t address,
                                                        struct hal_fault *fault)
{
    uint32_t virtual_psr;
    uint32_t pc;
    struct sparc_frames *frames;
    uint32_t *local;

    context_sync(context);
    virtual_psr = context->virtual_psr;
    if (context->trap_base == 0u || !HAL_ANY(virtual_psr, PSR_ET)) {
        return unexpected(context, code, fault);
    }
    if (context->wim == WIM_FULL && !spill(context, WINDOWS_USED - 1u, fault)) {
        return false;
    }
    context->moved -= WINDOW_BYTES;
    context->wim = one_more(context->wim);
    frames = context_frames(context);
    for (uint32_t i = 0; i < sizeof(frames->fresh) / sizeof(frames->fresh[0]); i++) {
        frames->fresh[i] = 0;
    }
    virtual_psr &= ~(uint32_t)PSR_ET; // PSR_S is always there
    local = frames->window[0].local;
    local[0] = virtual_psr | (context->psr & PSR_ICC);
    local[1] = context->pc;
    local[2] = context->npc;
    // What a handler would read from the SRMMU.
    local[4] = detail;
    local[5] = address;
    context->virtual_psr = virtual_psr | PSR_PS;
    pc = context->trap_base + (code & 0xffu) * TRAP_BYTES;
    context->pc = pc;
    context->npc = pc + NPC_STEP;
    return true;
}

bool hal_context_fault(struct hal_context *context, const struct hal_fault *cause,
                       struct hal_fault *fault)
{
    return enter(context, cause->code, cause->detail, cause->address, fault);
}

bool hal_context_interrupt(struct hal_context *context, uint32_t irq, struct hal_fault *fault)
{
    return enter(context, SEP_SPARC_IRQ_TRAP + irq, 0, 0, fault);
}

_Static_assert(CONTEXT_REGISTERS < HAL_REGISTERS_MAX, "pc … %i7, and %fsr");

uint32_t context_registers_fp(struct hal_context *context, sep_word_t *registers)
{
    registers[CONTEXT_REGISTERS] = fpu_release(context);
    return CONTEXT_REGISTERS + 1u;
}
