// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// The floating-point unit, given to a context when it first uses it.
//
// It traps in every context but the owner's, so nobody else sees or changes the registers.

#include <arch/trap.h>

/// fpu.S
void fpu_store(uint64_t *fpsr);
void fpu_load(const uint64_t *fpsr);

bool fpu_claim(struct hal_context *context)
{
    struct hal_cpu *cpu = hal_cpu_this();
    struct hal_context *owner = cpu->fp_owner;

    if (!context->fp_allowed) {
        return false;
    }
    context_write(context, cptr, cptr_el2, CPTR_PARTITION);
    __asm__ volatile("isb" : : : "memory");
    if (owner != NULL) {
        fpu_store(&owner->fpsr);
        owner->cptr = CPTR_PARTITION | CPTR_FP;
    }
    fpu_load(&context->fpsr);
    cpu->fp_owner = context;
    return true;
}
