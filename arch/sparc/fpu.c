// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The floating-point unit, given to a context when it first uses it.
//
// EF is off in every context but the owner's, so nobody else sees or changes the registers.

#include <arch/trap.h>
#include <septum/event.h>

/// fpu.S: store %fsr, which answers whether an exception was pending; then %f0 … %f31; load both.
bool fpu_status(uint32_t *fsr);
void fpu_store(uint32_t *fp);
void fpu_load(const uint32_t *fsr, const uint32_t *fp);

static void take_away(struct hal_context *owner)
{
    owner->fp_pending = fpu_status(&owner->fsr);
    fpu_store(owner->fp);
    owner->psr &= ~(uint32_t)PSR_EF;
}

bool fpu_claim(struct hal_context *context, struct hal_fault *fault)
{
    struct hal_cpu *cpu = hal_cpu_this();
    struct hal_context *owner = cpu->fp_owner;

    if (!context->fp_allowed) {
        return false;
    }
    if (owner != NULL) {
        take_away(owner);
    }
    fpu_load(&context->fsr, context->fp);
    context->psr |= PSR_EF;
    cpu->fp_owner = context;
    if (context->fp_pending) {
        context->fp_pending = false;
        fault->event = SEP_EVENT_FP_ERROR;
        fault->code = TT_FP_EXCEPTION;
        fault->detail = context->fsr;
        return false;
    }
    return true;
}

// An exception that waits stays one: it comes when the context next uses the unit.
uint32_t fpu_release(struct hal_context *context)
{
    struct hal_cpu *cpu = hal_cpu_this();

    if (cpu->fp_owner == context) {
        take_away(context);
        cpu->fp_owner = NULL;
    }
    return context->fsr;
}

uint32_t fpu_exception(void)
{
    uint32_t fsr = 0;

    if (hal_cpu_this()->fp_owner != NULL) {
        (void)fpu_status(&fsr);
    }
    return fsr;
}
