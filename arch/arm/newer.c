// SPDX-License-Identifier: Apache-2.0
// Copyright (c) 2026 The Septum authors
//
// Registers of a partition that only newer processors have, and that the hypervisor cannot make trap. No partition is
// told of them, but it may keep values there: they are its own.
//
// The virtual DISR_EL1 goes with the RAS extension, TPIDR2_EL0 with SME (it traps where the processor has fine-grained
// traps, too). Source: DDI 0487, D19.7 and D19.2.

#include <arch/trap.h>

#define PFR0_RAS_SHIFT 28
#define PFR1_SME_SHIFT 24

static bool has_ras(void)
{
    return (SYSREG_READ(id_aa64pfr0_el1) >> PFR0_RAS_SHIFT & 0xfu) != 0u;
}

static bool has_sme(void)
{
    return (SYSREG_READ(id_aa64pfr1_el1) >> PFR1_SME_SHIFT & 0xfu) != 0u;
}

// Named by their encodings: VDISR_EL2 is S3_4_C12_C1_1, TPIDR2_EL0 is S3_3_C13_C0_5.
bool newer_has(void)
{
    return has_ras() || has_sme();
}

void newer_store(struct hal_context *context)
{
    if (has_ras()) {
        context->vdisr = SYSREG_READ(S3_4_C12_C1_1);
    }
    if (has_sme()) {
        context->tpidr2 = SYSREG_READ(S3_3_C13_C0_5);
    }
}

void newer_load(const struct hal_context *context)
{
    if (has_ras()) {
        SYSREG_WRITE(S3_4_C12_C1_1, context->vdisr);
    }
    if (has_sme()) {
        SYSREG_WRITE(S3_3_C13_C0_5, context->tpidr2);
    }
}
